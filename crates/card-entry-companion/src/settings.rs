//! What the page sets of the form, on its way to the frame.
//!
//! Made by the page, kept by [`crate::entry`], sent with `init` and `update`. Handed on unread: the frame checks every
//! part. From Rust it is made of the protocol's `Settings`, from JavaScript of an object that passed the guard.

use card_entry_protocol::settings::Settings;
use card_entry_protocol::tree::ToTree;
use wasm_bindgen::JsValue;

use crate::guard::value::{SETTINGS, read};
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
        read(value, SETTINGS)
            .ok()
            .map(|tree| Self(js::write(&tree)))
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

impl From<&Settings> for HostSettings {
    fn from(settings: &Settings) -> Self {
        Self(js::write(&settings.to_tree()))
    }
}
