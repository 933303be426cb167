//! One request to a wallet API: no cookies, no redirects, 15 seconds, 64 kB.
//!
//! Called by the adapters. It must never send the token anywhere but to the address it was given, and never hand on an
//! answer the guard did not pass.

use card_entry_protocol::tree::Tree;
use gloo_timers::callback::Timeout;
use js_sys::{JSON, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, RequestCache, RequestCredentials,
    RequestInit, RequestMode, RequestRedirect, Response,
};

use crate::guard::value;
use crate::js;
use crate::patience::asked_pause;
use crate::wallet::WalletError;
use crate::words::Locale;

/// Milliseconds from the first byte sent to the last byte read.
const TIME: u32 = 15_000;
/// Bytes of an answer: a wallet of 200 cards fits.
const LONGEST: usize = 64 * 1024;

pub(super) struct Call<'a> {
    /// The method.
    pub method: &'static str,
    /// The absolute address.
    pub url: &'a str,
    /// The language a sentence for the person is asked for in.
    pub locale: Locale,
    /// Headers beside `accept`, `accept-language` and `content-type`.
    pub headers: &'a [(&'a str, &'a str)],
    /// A body, sent as JSON.
    pub body: Option<Tree>,
}

/// An answer that came whole, in time and in bounds.
pub(super) struct Reply {
    /// The status.
    pub status: u16,
    /// Seconds of `retry-after`, when it was sent.
    pub retry_after: Option<u32>,
    /// The language of its sentence, when it is one of ours.
    pub language: Option<Locale>,
    /// The JSON; null when there was none, or none the guard would pass.
    pub json: Tree,
}

impl Reply {
    /// How long to wait, when the server asks for that.
    pub fn pause(&self) -> Option<WalletError> {
        asked_pause(self.status, self.retry_after)
    }
}

/// Sends and reads.
///
/// # Errors
/// [`WalletError::Unclear`] for everything after which nobody knows what the server did.
pub(super) async fn send(call: Call<'_>) -> Result<Reply, WalletError> {
    exchange(call).await.ok_or(WalletError::Unclear)
}

async fn exchange(call: Call<'_>) -> Option<Reply> {
    let abort = AbortController::new().ok()?;
    let init = RequestInit::new();
    init.set_method(call.method);
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&abort.signal()));
    let headers = Headers::new().ok()?;
    headers.set("accept", "application/json").ok()?;
    // A header that needs no preflight, as `content-language` is one that any page may read.
    headers.set("accept-language", call.locale.as_str()).ok()?;
    for (name, value) in call.headers {
        headers.set(name, value).ok()?;
    }
    if let Some(body) = &call.body {
        headers.set("content-type", "application/json").ok()?;
        init.set_body(&JSON::stringify(&js::write(body)).ok()?.into());
    }
    init.set_headers(headers.as_ref());

    let stop = abort.clone();
    let _timer = Timeout::new(TIME, move || stop.abort());
    let sent = web_sys::window()?.fetch_with_str_and_init(call.url, &init);
    let response: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    let retry_after = response.headers().get("retry-after").ok().flatten();
    let language = response.headers().get("content-language").ok().flatten();
    let Some(bytes) = read(&response).await else {
        abort.abort();
        return None;
    };
    Some(Reply {
        status: response.status(),
        language: language.and_then(|tag| Locale::parse(&tag)),
        retry_after: retry_after.and_then(|text| text.trim().parse().ok()),
        json: parse(bytes).unwrap_or_default(),
    })
}

/// The whole body, or nothing once it is too long.
async fn read(response: &Response) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else {
        return Some(bytes);
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into().ok()?;
    loop {
        let step = JsFuture::from(reader.read()).await.ok()?;
        if Reflect::get(&step, &"done".into()).ok()?.is_truthy() {
            return Some(bytes);
        }
        let chunk = Reflect::get(&step, &"value".into()).ok()?;
        let chunk: Uint8Array = chunk.dyn_into().ok()?;
        if bytes.len() + chunk.length() as usize > LONGEST {
            return None;
        }
        bytes.extend(chunk.to_vec());
    }
}

fn parse(bytes: Vec<u8>) -> Option<Tree> {
    let text = String::from_utf8(bytes).ok()?;
    value::read_answer(&JSON::parse(&text).ok()?).ok()
}
