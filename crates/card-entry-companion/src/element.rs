//! `<card-entry>` for plain pages: the bridge between the class in `element.js` and [`crate::entry`].
//!
//! Feature `element`; called by JavaScript only. Light DOM: the frame is an iframe of another origin and needs no second
//! wall, while a shadow root would cut the page's labels, styles and focus order off from it.
//! It must never read the token from an attribute.

use std::rc::Rc;

use card_entry_protocol::message::FieldName;
use card_entry_protocol::secret::{PublishableKey, StripeAccount};
use card_entry_protocol::tree::ToTree;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::address::{FrameAddress, Place};
use crate::attribute::hint;
use crate::entry::CardEntry;
use crate::event::Event;
use crate::js::{object, put, text, write};
use crate::settings::HostSettings;
use crate::submission::{NotSubmitted, Submission};
use crate::token::Token;
use crate::wallet::WalletApi;

/// A third of the size of the standard allocator for Wasm; a form makes few and small allocations. A Rust page has its
/// own, which is why this is not the library's.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[wasm_bindgen(module = "/src/element.js")]
extern "C" {
    /// Gives the class, which importing defined, what it mounts with.
    fn define(mount: &Closure<dyn Fn(Element, JsValue) -> Result<Mounted, JsValue>>);
}

#[wasm_bindgen(module = "/src/element/fallback.js")]
extern "C" {
    /// Dispatches an event that bubbles, and leaves the shadow root it is in.
    fn emit(element: &Element, name: &str, detail: &JsValue);
}

/// Lets `<card-entry>` mount: called once the module is ready.
#[wasm_bindgen(start)]
pub fn start() {
    let mount = Closure::new(|host, options| mount(&host, &options));
    define(&mount);
    mount.forget(); // the class lives as long as the page
}

/// A mounted entry, held by its element and freed when it leaves the page.
#[wasm_bindgen]
pub struct Mounted {
    entry: CardEntry,
    api: Rc<dyn WalletApi>,
}

#[wasm_bindgen]
impl Mounted {
    /// Takes the token of a sign-in, or null; what waited for it goes on.
    pub fn token(&self, token: &JsValue) {
        let read = read_token(token);
        if read.is_none() && !token.is_null() {
            self.entry.ignore("token", TOKEN);
        }
        let signed_in = read.is_some();
        self.api.set_token(read);
        if signed_in {
            self.entry.signed_in();
        }
    }

    /// Takes settings, the whole of them.
    pub fn settings(&self, settings: &JsValue) {
        self.entry.update(HostSettings::read(settings));
    }

    /// Presses the form's button; `resolve` gets what became of it.
    pub fn submit(&self, resolve: js_sys::Function) {
        self.entry.submit(move |submission| {
            // A promise's own function takes anything.
            let _ = resolve.call1(&JsValue::NULL, &answer(submission));
        });
    }

    /// Empties the form.
    pub fn reset(&self) {
        self.entry.reset();
    }

    /// Puts the focus into the first field.
    pub fn focus(&self) {
        self.entry.focus();
    }
}

const TOKEN: &str = "a text of 1 to 4096 visible characters, without spaces";

fn read_token(token: &JsValue) -> Option<Token> {
    token.as_string().and_then(|text| Token::parse(&text))
}

/// A wrong attribute, and what would be right.
type Wrong = (&'static str, &'static str);

/// An attribute's text, if it has one.
fn attribute(options: &JsValue, name: &str) -> Option<String> {
    text(options, name).filter(|text| !text.is_empty())
}

/// Mounts with the options `element.js` read from its attributes and properties; throws what is wrong.
fn mount(host: &Element, options: &JsValue) -> Result<Mounted, JsValue> {
    let (address, api) = read(options).map_err(|(name, expected)| {
        let wrong = one("message", name);
        put(&wrong, "expected", expected);
        wrong
    })?;
    let token = js_sys::Reflect::get(options, &"token".into())?;
    let read = read_token(&token);
    let bad_token = read.is_none() && !token.is_null();
    api.set_token(read);
    let settings = HostSettings::read(&js_sys::Reflect::get(options, &"settings".into())?);
    let telling = host.clone();
    let entry = CardEntry::mount(host, Rc::clone(&api), address, settings, move |event| {
        tell(&telling, event)
    });
    let entry = entry.map_err(|error| one("message", error.as_str()))?;
    if bad_token {
        entry.ignore("token", TOKEN);
    }
    let known: Vec<String> = texts(options, "known");
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for name in texts(options, "names") {
        if let Some(hint) = hint(&name, &known) {
            entry.ignore(&name, &hint);
        }
    }
    Ok(Mounted { entry, api })
}

fn texts(options: &JsValue, name: &str) -> Vec<String> {
    let list = js_sys::Reflect::get(options, &name.into()).unwrap_or_default();
    let list = js_sys::Array::from(&list);
    list.iter().filter_map(|text| text.as_string()).collect()
}

/// Reads the attributes: what stands there is right, or the form is not mounted.
fn read(options: &JsValue) -> Result<(FrameAddress, Rc<dyn WalletApi>), Wrong> {
    let text = |name| attribute(options, name);
    let frame = text("frame").and_then(|text| Place::parse(&text));
    let frame = frame.ok_or(("frame", "the frame's address, without a query"))?;
    let key = text("key").and_then(|text| PublishableKey::parse(&text));
    let key = key.ok_or(("stripe-publishable-key", "pk_test_… or pk_live_…"))?;
    let mut address = FrameAddress::new(frame, key);
    address.locale = text("locale");
    if let Some(account) = text("account") {
        let account = StripeAccount::parse(&account);
        address.account = Some(account.ok_or(("account", "acct_…"))?);
    }
    address.for_future_usage = match text("forFutureUsage").as_deref() {
        None | Some("true" | "1") => true,
        Some("false" | "0") => false,
        _ => return Err(("for-future-usage", "true or false")),
    };
    Ok((address, adapter(options)?))
}

/// The adapter of the `wallet` attribute, among those this module was built with; the first when it has none.
fn adapter(options: &JsValue) -> Result<Rc<dyn WalletApi>, Wrong> {
    let text = |name| attribute(options, name);
    let place = || {
        let place = text("walletUrl").and_then(|text| Place::parse(&text));
        place.ok_or(("wallet-url", "the wallet's address, without a query"))
    };
    let wanted = text("wallet");
    let is = |name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    #[cfg(feature = "mytime")]
    if is("mytime") {
        const NUMBER: &str = "a whole number";
        let place = place()?;
        let company = text("companyId").and_then(|text| text.parse().ok());
        let api =
            crate::wallet_api::mytime::MyTime::new(&place, company.ok_or(("company-id", NUMBER))?);
        return Ok(match text("locationId") {
            Some(location) => {
                let location = location.parse().map_err(|_| ("location-id", NUMBER))?;
                Rc::new(api.at(location))
            }
            None => Rc::new(api),
        });
    }
    #[cfg(feature = "mikrocloud")]
    if is("mikrocloud") {
        let api = crate::wallet_api::mikrocloud::MikroCloud::new(&place()?);
        return Ok(Rc::new(api));
    }
    Err((
        "wallet",
        "the name of a wallet system this module was built with",
    ))
}

/// Dispatches an event on the element, as docs/embedding.md lists them.
fn tell(host: &Element, event: Event) {
    let none = object;
    let field = |field: FieldName| one("field", field.as_str());
    let (name, detail) = match event {
        Event::State(_) => return,
        Event::Ready => ("card-entry-ready", none()),
        Event::Change(change) => ("card-entry-change", write(&change.to_tree())),
        Event::Height(height) => ("card-entry-height", one("height", height)),
        Event::Challenge(open) => ("card-entry-challenge", one("open", open)),
        Event::Saved(request, _) => {
            let detail = one("id", request.id.as_str());
            put(&detail, "card", write(&request.card.to_tree()));
            put(&detail, "setup", write(&request.setup.to_tree()));
            put(&detail, "consent", write(&request.consent.to_tree()));
            ("card-entry-saved", detail)
        }
        Event::Error(error, retryable) => {
            let detail = write(&error.to_tree());
            put(&detail, "retryable", retryable);
            ("card-entry-error", detail)
        }
        Event::Unusable(code, message) => {
            let detail = one("code", code);
            put(&detail, "message", message);
            ("card-entry-unusable", detail)
        }
        Event::SignIn => ("card-entry-sign-in", none()),
        Event::Focus(name) => ("card-entry-focus", field(name)),
        Event::Blur(name) => ("card-entry-blur", field(name)),
        Event::Escape(name) => ("card-entry-escape", field(name)),
        Event::Networks(networks) => {
            let detail = object();
            put(&detail, "networks", write(&networks.to_tree()));
            ("card-entry-networkschange", detail)
        }
        Event::NotSubmitted(not) => ("card-entry-not-submitted", reason(not)),
        Event::Log(log) => ("card-entry-log", write(&log.to_tree())),
    };
    emit(host, name, &detail);
}

/// What a promise of `submit()` resolves with.
fn answer(submission: Submission) -> JsValue {
    match submission {
        Submission::Begun => one("submitted", true),
        Submission::Not(not) => {
            let detail = reason(not);
            put(&detail, "submitted", false);
            detail
        }
    }
}

fn reason(not: NotSubmitted) -> JsValue {
    let detail = one("reason", not.reason);
    if let Some(field) = not.field {
        put(&detail, "field", field.as_str());
    }
    detail
}

fn one(name: &str, value: impl Into<JsValue>) -> JsValue {
    let detail = object();
    put(&detail, name, value);
    detail
}
