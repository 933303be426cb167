//! What the page sets of the form, on its way to the frame.
//!
//! Made by the page, kept by [`crate::entry`], sent with `init` and `update`. Handed on unread: the frame checks every
//! part. From Rust it is made of the protocol's `Settings`, from JavaScript of an object that passed the guard.

use wasm_bindgen::JsValue;

use crate::guard::value::{SETTINGS, check};
use crate::js;

/// Settings in the form they are sent in.
#[derive(Debug, Clone)]
pub struct HostSettings(JsValue);

impl Default for HostSettings {
    /// Nothing set.
    fn default() -> Self {
        Self(js::object())
    }
}

impl HostSettings {
    /// Takes a page's object. `None` for anything but a small plain object without a card number.
    #[must_use]
    pub fn read(value: &JsValue) -> Option<Self> {
        check(value, SETTINGS).ok().map(|()| Self(value.clone()))
    }

    /// The locale they set.
    #[must_use]
    pub fn locale(&self) -> Option<String> {
        js::text(&self.0, "locale")
    }

    /// The value that is sent.
    #[must_use]
    pub fn as_value(&self) -> &JsValue {
        &self.0
    }
}

#[cfg(feature = "leptos")]
impl From<&card_entry_protocol::settings::Settings> for HostSettings {
    fn from(settings: &card_entry_protocol::settings::Settings) -> Self {
        let to = serde_wasm_bindgen::Serializer::json_compatible();
        serde::Serialize::serialize(settings, &to).map_or_else(|_| Self::default(), Self)
    }
}
