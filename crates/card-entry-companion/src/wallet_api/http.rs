//! One request to a wallet API: no cookies, no redirects, at most 15 seconds and 64 kB.
//!
//! Called by the adapters. It must never send the token to any address but the given one, and never return a body that
//! the guard rejected.

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
use crate::i18n::Locale;
use crate::js;
use crate::retry::retry_after_error;
use crate::wallet::WalletError;

/// The time from the first byte sent to the last byte read.
const REQUEST_TIMEOUT_MS: u32 = 15_000;
/// The largest body that is read; a wallet of 200 cards is smaller.
const MAX_RESPONSE_BYTES: usize = 64 * 1024;

pub(super) struct HttpRequest<'a> {
    pub method: &'static str,
    /// The absolute URL of the request.
    pub url: &'a str,
    /// The language in which messages for the person are requested.
    pub locale: Locale,
    /// Headers in addition to `accept`, `accept-language` and `content-type`.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body, sent as JSON.
    pub body: Option<Tree>,
}

/// A complete response, received in time and within the limits.
pub(super) struct HttpResponse {
    pub status: u16,
    /// The header `retry-after` in seconds.
    pub retry_after: Option<u32>,
    /// The header `content-language`, if it is one of our locales.
    pub language: Option<Locale>,
    /// The body. Null if there was none, it was no JSON, or the guard rejected it.
    pub json: Tree,
}

impl HttpResponse {
    /// The error if the status asks to repeat the call later.
    pub fn retry_error(&self) -> Option<WalletError> {
        retry_after_error(self.status, self.retry_after)
    }
}

/// Sends a request and reads the response.
///
/// # Errors
/// [`WalletError::Indeterminate`] whenever it is unknown what the server did.
pub(super) async fn send(request: HttpRequest<'_>) -> Result<HttpResponse, WalletError> {
    fetch(request).await.ok_or(WalletError::Indeterminate)
}

async fn fetch(request: HttpRequest<'_>) -> Option<HttpResponse> {
    let abort = AbortController::new().ok()?;
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_mode(RequestMode::Cors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&abort.signal()));
    let headers = Headers::new().ok()?;
    headers.set("accept", "application/json").ok()?;
    // This header needs no CORS preflight, and every page may read `content-language`.
    headers
        .set("accept-language", request.locale.as_str())
        .ok()?;
    for (name, value) in request.headers {
        headers.set(name, value).ok()?;
    }
    if let Some(body) = &request.body {
        headers.set("content-type", "application/json").ok()?;
        init.set_body(&JSON::stringify(&js::write(body)).ok()?.into());
    }
    init.set_headers(headers.as_ref());

    let stop = abort.clone();
    let _timer = Timeout::new(REQUEST_TIMEOUT_MS, move || stop.abort());
    let sent = web_sys::window()?.fetch_with_str_and_init(request.url, &init);
    let response: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    let retry_after = response.headers().get("retry-after").ok().flatten();
    let language = response.headers().get("content-language").ok().flatten();
    let Some(bytes) = read(&response).await else {
        abort.abort();
        return None;
    };
    Some(HttpResponse {
        status: response.status(),
        language: language.and_then(|tag| Locale::parse(&tag)),
        retry_after: retry_after.and_then(|text| text.trim().parse().ok()),
        json: parse(bytes).unwrap_or_default(),
    })
}

/// The complete body; `None` if it is too long.
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
        if bytes.len() + chunk.length() as usize > MAX_RESPONSE_BYTES {
            return None;
        }
        bytes.extend(chunk.to_vec());
    }
}

fn parse(bytes: Vec<u8>) -> Option<Tree> {
    let text = String::from_utf8(bytes).ok()?;
    value::read_response(&JSON::parse(&text).ok()?).ok()
}
