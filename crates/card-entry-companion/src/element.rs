//! `<card-entry>` for plain pages: the bridge between the class in `element.js` and [`crate::entry`].
//!
//! Feature `element`; called by JavaScript only. Light DOM: the frame is an iframe of another origin and needs no second
//! wall, while a shadow root would cut the page's labels, styles and focus order off from it.
//! It must never read the token from an attribute.

use std::rc::Rc;

use card_entry_protocol::secret::{PublishableKey, StripeAccount};
use card_entry_protocol::settings::Settings;
use js_sys::Reflect;
use serde::Serialize;
use serde_wasm_bindgen::{Serializer, from_value};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Element};

use crate::address::{FrameAddress, Place};
use crate::entry::CardEntry;
use crate::event::Event;
use crate::token::Token;
use crate::wallet::WalletApi;
use crate::wallet_api::mytime::MyTime;

#[wasm_bindgen(module = "/src/element.js")]
extern "C" {
    /// Defines the element, once; does nothing where there are no custom elements.
    fn define(mount: &Closure<dyn Fn(Element, JsValue) -> Result<Mounted, JsValue>>);
}

/// Defines `<card-entry>` as soon as the module is ready.
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
    api: Rc<MyTime>,
}

#[wasm_bindgen]
impl Mounted {
    /// Takes the token of a sign-in, or null; what waited for it goes on.
    pub fn token(&self, token: JsValue) {
        let token = token.as_string().and_then(|text| Token::parse(&text));
        let signed_in = token.is_some();
        self.api.set_token(token);
        if signed_in {
            self.entry.signed_in();
        }
    }

    /// Takes settings, the whole of them; wrong ones change nothing.
    pub fn settings(&self, settings: JsValue) {
        if let Ok(settings) = from_value(settings) {
            self.entry.update(settings);
        }
    }

    /// Presses the form's button.
    pub fn submit(&self) {
        self.entry.submit();
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
    let text = |name: &'static str| {
        get(options, name)?
            .as_string()
            .filter(|text| !text.is_empty())
    };
    let frame = text("frame")
        .and_then(|text| Place::parse(&text))
        .ok_or("frame")?;
    let key = text("key").and_then(|text| PublishableKey::parse(&text));
    let mut address = FrameAddress::new(frame, key.ok_or("stripe-publishable-key")?);
    address.locale = text("locale");
    address.account = text("account").and_then(|text| StripeAccount::parse(&text));
    address.for_future_usage = text("forFutureUsage").as_deref() != Some("false");

    if text("wallet").is_some_and(|dialect| dialect != "mytime") {
        return Err("wallet".into());
    }
    let place = text("walletUrl")
        .and_then(|text| Place::parse(&text))
        .ok_or("wallet-url")?;
    let number = |name| text(name).and_then(|text| text.parse().ok());
    let mut api = MyTime::new(&place, number("companyId").ok_or("company-id")?);
    if let Some(location) = number("locationId") {
        api = api.at(location);
    }
    api.set_token(text("token").and_then(|text| Token::parse(&text)));
    let api = Rc::new(api);

    let settings = get(options, "settings").filter(JsValue::is_object);
    let settings: Settings = match settings {
        Some(settings) => from_value(settings).map_err(|_| "settings")?,
        None => Settings::default(),
    };
    let telling = host.clone();
    let wallet: Rc<dyn WalletApi> = api.clone();
    let entry = CardEntry::mount(host, wallet, address, settings, move |event| {
        tell(&telling, event)
    });
    let entry = entry.map_err(|error| error.as_str())?;
    Ok(Mounted { entry, api })
}

fn get(options: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(options, &name.into()).ok()
}

/// Dispatches an event on the element, as docs/embedding.md lists them.
fn tell(host: &Element, event: Event) {
    let (name, detail) = match event {
        Event::State(_) => return,
        Event::Ready => ("card-entry-ready", fields(&[])),
        Event::Change(change) => ("card-entry-change", written(&change)),
        Event::Height(height) => ("card-entry-height", fields(&[("height", height.into())])),
        Event::Challenge(open) => ("card-entry-challenge", fields(&[("open", open.into())])),
        Event::Saved(request, _) => {
            let detail = [
                ("id", request.id.as_str().into()),
                ("card", written(&request.card)),
                ("setup", written(&request.setup)),
            ];
            ("card-entry-saved", fields(&detail))
        }
        Event::Error(error, retryable) => {
            let detail = written(&error);
            put(&detail, "retryable", &retryable.into());
            ("card-entry-error", detail)
        }
        Event::Unusable(code, message) => {
            let detail = [("code", code.into()), ("message", message.into())];
            ("card-entry-unusable", fields(&detail))
        }
        Event::SignIn => ("card-entry-sign-in", fields(&[])),
        Event::Log(log) => ("card-entry-log", written(&log)),
    };
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = host.dispatch_event(&event);
    }
}

fn written(value: &impl Serialize) -> JsValue {
    value
        .serialize(&Serializer::json_compatible())
        .unwrap_or(JsValue::NULL)
}

fn fields(values: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new().into();
    values
        .iter()
        .for_each(|(name, value)| put(&object, name, value));
    object
}

fn put(object: &JsValue, name: &str, value: &JsValue) {
    // Setting a fresh object's own property cannot fail.
    let _ = Reflect::set(object, &name.into(), value);
}
