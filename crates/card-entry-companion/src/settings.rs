//! What the page sets of the form, on its way to the frame.
//!
//! Made by the page, kept by [`crate::entry`], sent with `init` and `update`. Handed on unread: the frame checks every
//! part. From Rust it is made of the protocol's `Settings`, from JavaScript of an object that passed the guard.

use card_entry_protocol::appearance::Theme;
use card_entry_protocol::query::read_locale;
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

    /// The locale they set; none for `auto`.
    #[must_use]
    pub fn locale(&self) -> Option<String> {
        read_locale(js::text(&self.0, "locale").as_deref())
    }

    /// The theme they set; none for `auto`.
    #[must_use]
    pub fn theme(&self) -> Option<Theme> {
        match js::text(&js::get(&self.0, "appearance"), "theme").as_deref() {
            Some("light") => Some(Theme::Light),
            Some("dark") => Some(Theme::Dark),
            _ => None,
        }
    }

    /// The value that is sent: with what the page is like in the place of every `auto`. What is wrong is left as it is,
    /// for the frame to say so.
    #[must_use]
    pub fn resolved(&self, locale: Option<&str>, theme: Theme) -> JsValue {
        let sent = js::copy(&self.0);
        if let Some(locale) = locale
            && is_auto(&js::get(&sent, "locale"))
        {
            js::put(&sent, "locale", locale);
        }
        let appearance = js::get(&sent, "appearance");
        if appearance.is_undefined() || appearance.is_null() || appearance.is_object() {
            let appearance = js::copy(&appearance);
            if is_auto(&js::get(&appearance, "theme")) {
                js::put(&appearance, "theme", theme.as_str());
            }
            js::put(&sent, "appearance", appearance);
        }
        sent
    }
}

impl From<&Settings> for HostSettings {
    fn from(settings: &Settings) -> Self {
        Self(js::write(&settings.to_tree()))
    }
}

/// Whether a setting is left to the page.
fn is_auto(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null() || value == "auto"
}
