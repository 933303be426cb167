//! `<card-entry>` for plain pages: connects the class in `element.js` with [`crate::entry`].
//!
//! Feature `element`; called by JavaScript only. It uses the light DOM: the form is an iframe of another origin
//! already,
//! and a shadow root would separate it from the labels, styles and focus order of the page.
//! It must never read the token from an attribute.
//!
//! ```html
//! <card-entry frame="https://cards.example/stripe_hosted_forms/card_entry"
//!   stripe-publishable-key="pk_test_…" wallet="mytime" wallet-url="https://www.mytime.com"
//!   company-id="40426"></card-entry>
//! <script type="module">
//!   import init from "/card-entry/card_entry_companion.js";
//!   await init();
//!   document.querySelector("card-entry").token = "…";
//! </script>
//! ```

use std::rc::Rc;

use card_entry_protocol::message::FieldName;
use card_entry_protocol::secret::{PublishableKey, StripeAccount};
use card_entry_protocol::tree::ToTree;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::address::{BaseUrl, FrameAddress};
use crate::attribute::hint;
use crate::entry::CardEntry;
use crate::event::EntryEvent;
use crate::js::{object, put, text, write};
use crate::settings::HostSettings;
use crate::submission::{NotSubmitted, SubmitOutcome};
use crate::token::WalletToken;
use crate::wallet::WalletApi;

/// A third of the size of the standard allocator for Wasm; a form makes few and small allocations. Here and not in the
/// library, because a Rust page has an allocator of its own.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[wasm_bindgen(module = "/src/element.js")]
extern "C" {
    /// Gives `mount` to the class, which was defined when `element.js` was imported.
    fn define(mount: &Closure<dyn Fn(Element, JsValue) -> Result<MountedElement, JsValue>>);
}

#[wasm_bindgen(module = "/src/element/fallback.js")]
extern "C" {
    /// Dispatches a custom event that bubbles and crosses shadow roots.
    fn emit(element: &Element, name: &str, detail: &JsValue);
}

/// Enables `<card-entry>` to mount. wasm-bindgen calls it when the module is ready; a second call does nothing.
#[wasm_bindgen(start)]
pub fn start() {
    let mount = Closure::new(|host, options| mount(&host, &options));
    define(&mount);
    mount.forget(); // the class lives as long as the page
}

/// A mounted form, held by its element and freed when the element leaves the page.
#[wasm_bindgen]
pub struct MountedElement {
    entry: CardEntry,
    api: Rc<dyn WalletApi>,
}

#[wasm_bindgen]
impl MountedElement {
    /// Sets the token of the session, or removes it with null. A save that waited for a sign-in continues.
    pub fn token(&self, token: &JsValue) {
        let read = read_token(token);
        if read.is_none() && !token.is_null() {
            self.entry.ignore("token", TOKEN_EXPECTED);
        }
        let signed_in = read.is_some();
        self.api.set_token(read);
        if signed_in {
            self.entry.signed_in();
        }
    }

    /// Replaces all settings. `null` means no settings.
    pub fn settings(&self, settings: &JsValue) {
        self.entry.update(HostSettings::read(settings));
    }

    /// Presses the button of the form. `resolve` gets `{submitted: true}` or `{submitted: false, reason, field}`.
    pub fn submit(&self, resolve: js_sys::Function) {
        self.entry.submit(move |outcome| {
            // A promise's own function takes anything.
            let _ = resolve.call1(&JsValue::NULL, &submit_result(outcome));
        });
    }

    /// Clears every field of the form.
    pub fn reset(&self) {
        self.entry.reset();
    }

    /// Moves the focus into the first field.
    pub fn focus(&self) {
        self.entry.focus();
    }
}

const TOKEN_EXPECTED: &str = "a text of 1 to 4096 visible characters, without spaces";

fn read_token(token: &JsValue) -> Option<WalletToken> {
    token.as_string().and_then(|text| WalletToken::parse(&text))
}

/// The name of a wrong attribute, and what it has to be.
type AttributeError = (&'static str, &'static str);

/// The text of an attribute; `None` if it is missing or empty.
fn attribute(options: &JsValue, name: &str) -> Option<String> {
    text(options, name).filter(|text| !text.is_empty())
}

/// Mounts the form with the options that `element.js` collected. Throws `{message, expected}` for a wrong attribute.
fn mount(host: &Element, options: &JsValue) -> Result<MountedElement, JsValue> {
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
    let target = host.clone();
    let entry = CardEntry::mount(host, Rc::clone(&api), address, settings, move |event| {
        dispatch(&target, event)
    });
    let entry = entry.map_err(|error| one("message", error.as_str()))?;
    if bad_token {
        entry.ignore("token", TOKEN_EXPECTED);
    }
    let known: Vec<String> = texts(options, "known");
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for name in texts(options, "names") {
        if let Some(hint) = hint(&name, &known) {
            entry.ignore(&name, &hint);
        }
    }
    Ok(MountedElement { entry, api })
}

fn texts(options: &JsValue, name: &str) -> Vec<String> {
    let list = js_sys::Reflect::get(options, &name.into()).unwrap_or_default();
    let list = js_sys::Array::from(&list);
    list.iter().filter_map(|text| text.as_string()).collect()
}

/// Parses the attributes. A wrong value is an error: the form is not mounted.
fn read(options: &JsValue) -> Result<(FrameAddress, Rc<dyn WalletApi>), AttributeError> {
    let text = |name| attribute(options, name);
    let frame = text("frame").and_then(|text| BaseUrl::parse(&text));
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

/// The adapter named by the `wallet` attribute, among those of this build; without the attribute, the first.
fn adapter(options: &JsValue) -> Result<Rc<dyn WalletApi>, AttributeError> {
    let text = |name| attribute(options, name);
    let wallet_url = || {
        let url = text("walletUrl").and_then(|text| BaseUrl::parse(&text));
        url.ok_or(("wallet-url", "the wallet's address, without a query"))
    };
    let wanted = text("wallet");
    let is_wanted = |name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    #[cfg(feature = "mytime")]
    if is_wanted("mytime") {
        const NUMBER: &str = "a whole number";
        let wallet_url = wallet_url()?;
        let company = text("companyId").and_then(|text| text.parse().ok());
        let api = crate::wallet_api::mytime::MyTime::new(
            &wallet_url,
            company.ok_or(("company-id", NUMBER))?,
        );
        return Ok(match text("locationId") {
            Some(location) => {
                let location = location.parse().map_err(|_| ("location-id", NUMBER))?;
                Rc::new(api.at_location(location))
            }
            None => Rc::new(api),
        });
    }
    #[cfg(feature = "mikrocloud")]
    if is_wanted("mikrocloud") {
        let api = crate::wallet_api::mikrocloud::MikroCloud::new(&wallet_url()?);
        return Ok(Rc::new(api));
    }
    Err((
        "wallet",
        "the name of a wallet system this module was built with",
    ))
}

/// Dispatches an event on the element, as listed in docs/embedding.md.
fn dispatch(host: &Element, event: EntryEvent) {
    let none = object;
    let field = |field: FieldName| one("field", field.as_str());
    let (name, detail) = match event {
        EntryEvent::State(_) => return,
        EntryEvent::Ready => ("card-entry-ready", none()),
        EntryEvent::Change(change) => ("card-entry-change", write(&change.to_tree())),
        EntryEvent::Height(height) => ("card-entry-height", one("height", height)),
        EntryEvent::Challenge(open) => ("card-entry-challenge", one("open", open)),
        EntryEvent::Saved(request, _) => {
            let detail = one("id", request.id.as_str());
            put(&detail, "card", write(&request.card.to_tree()));
            put(&detail, "setup", write(&request.setup.to_tree()));
            put(&detail, "consent", write(&request.consent.to_tree()));
            ("card-entry-saved", detail)
        }
        EntryEvent::Error(error, retryable) => {
            let detail = write(&error.to_tree());
            put(&detail, "retryable", retryable);
            ("card-entry-error", detail)
        }
        EntryEvent::Unusable(code, message) => {
            let detail = one("code", code);
            put(&detail, "message", message);
            ("card-entry-unusable", detail)
        }
        EntryEvent::SignIn => ("card-entry-sign-in", none()),
        EntryEvent::Focus(name) => ("card-entry-focus", field(name)),
        EntryEvent::Blur(name) => ("card-entry-blur", field(name)),
        EntryEvent::Escape(name) => ("card-entry-escape", field(name)),
        EntryEvent::NetworksChange(networks) => {
            let detail = object();
            put(&detail, "networks", write(&networks.to_tree()));
            ("card-entry-networkschange", detail)
        }
        EntryEvent::NotSubmitted(not) => ("card-entry-not-submitted", reason(not)),
        EntryEvent::Log(log) => ("card-entry-log", write(&log.to_tree())),
    };
    emit(host, name, &detail);
}

/// The value with which the promise of `submit()` resolves.
fn submit_result(outcome: SubmitOutcome) -> JsValue {
    match outcome {
        SubmitOutcome::Started => one("submitted", true),
        SubmitOutcome::NotSubmitted(not) => {
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
