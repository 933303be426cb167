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
        let token = token.as_string().and_then(|text| Token::parse(&text));
        let signed_in = token.is_some();
        self.api.set_token(token);
        if signed_in {
            self.entry.signed_in();
        }
    }

    /// Takes settings, the whole of them; wrong ones change nothing.
    pub fn settings(&self, settings: &JsValue) {
        if let Some(settings) = HostSettings::read(settings) {
            self.entry.update(settings);
        }
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

/// Mounts with the options `element.js` read from its attributes and properties; throws the name of a wrong one.
fn mount(host: &Element, options: &JsValue) -> Result<Mounted, JsValue> {
    let text = |name| text(options, name).filter(|text| !text.is_empty());
    let frame = text("frame")
        .and_then(|text| Place::parse(&text))
        .ok_or("frame")?;
    let key = text("key").and_then(|text| PublishableKey::parse(&text));
    let mut address = FrameAddress::new(frame, key.ok_or("stripe-publishable-key")?);
    address.locale = text("locale");
    address.account = text("account").and_then(|text| StripeAccount::parse(&text));
    address.for_future_usage = text("forFutureUsage").as_deref() != Some("false");

    let api = adapter(options)?;
    api.set_token(text("token").and_then(|text| Token::parse(&text)));

    let settings = js_sys::Reflect::get(options, &"settings".into())?;
    let settings = if settings.is_object() {
        HostSettings::read(&settings).ok_or("settings")?
    } else {
        HostSettings::default()
    };
    let telling = host.clone();
    let entry = CardEntry::mount(host, Rc::clone(&api), address, settings, move |event| {
        tell(&telling, event)
    });
    let entry = entry.map_err(|error| error.as_str())?;
    Ok(Mounted { entry, api })
}

/// The adapter of the `wallet` attribute, among those this module was built with; the first when it has none.
fn adapter(options: &JsValue) -> Result<Rc<dyn WalletApi>, &'static str> {
    let text = |name| text(options, name).filter(|text| !text.is_empty());
    let place = || {
        let place = text("walletUrl").and_then(|text| Place::parse(&text));
        place.ok_or("wallet-url")
    };
    let wanted = text("wallet");
    let is = |name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    #[cfg(feature = "mytime")]
    if is("mytime") {
        let number = |name| text(name).and_then(|text| text.parse().ok());
        let place = place()?;
        let company = number("companyId").ok_or("company-id")?;
        let api = crate::wallet_api::mytime::MyTime::new(&place, company);
        return Ok(match number("locationId") {
            Some(location) => Rc::new(api.at(location)),
            None => Rc::new(api),
        });
    }
    #[cfg(feature = "mikrocloud")]
    if is("mikrocloud") {
        let api = crate::wallet_api::mikrocloud::MikroCloud::new(&place()?);
        return Ok(Rc::new(api));
    }
    Err("wallet")
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
