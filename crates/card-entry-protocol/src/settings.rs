//! What a host may set of the form, over the port, with `init` or `update`.
//!
//! Read by the frame, and by the companion before it sends them: one by one, by [`ParsedSettings`]. No setting carries a
//! URL, HTML, CSS text or code; texts are shown as text.

mod ignored;
mod parse;
mod reader;
mod redact;

pub use ignored::{IgnoredSetting, MAX_IGNORED_SETTINGS};
pub use parse::{ParsedSettings, UnreadableSettings};
pub use redact::redact;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::appearance::Appearance;
use crate::card::{Brand, Funding};
use crate::tree::Tree;

/// The longest text of the form's button; what is longer is cut.
pub const MAX_BUTTON_CHARS: usize = 60;

/// The longest consent; what is longer is cut.
pub const MAX_CONSENT_CHARS: usize = 600;

/// Whether a text has the form of a BCP 47 tag; `auto` has.
#[must_use]
pub fn is_locale(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    bytes.len() <= 35
        && bytes.iter().take(2).all(u8::is_ascii_alphabetic)
        && bytes.get(1).is_some()
        && ends(bytes.last())
        && bytes
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(b))
}

/// Whether a field is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldDisplay {
    /// As the form thinks best; today: hidden.
    #[default]
    Auto,
    /// Shown and asked for.
    Show,
    /// Not shown.
    Hide,
}

impl FieldDisplay {
    /// Whether the form shows it.
    #[must_use]
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Show)
    }
}

/// The fields beside number, expiry and security code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ExtraFields {
    /// The name on the card.
    pub name: FieldDisplay,
    /// The postal code.
    pub postal_code: FieldDisplay,
    /// The country.
    pub country: FieldDisplay,
}

/// The form's own button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Button {
    /// Its text; the locale's "Save card" when absent. Cut at 60 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Hidden, for hosts that send `submit` themselves.
    pub hidden: bool,
}

/// A sentence to agree to before saving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consent {
    /// The sentence, as plain text. Cut at 600 characters.
    pub text: String,
    /// Whether a box must be ticked; else the sentence only stands there.
    pub required: bool,
}

/// Cards the site takes, said before Save.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Accept {
    /// Brands; empty means all.
    pub brands: Vec<Brand>,
    /// Fundings; empty means all.
    pub funding: Vec<Funding>,
}

/// Billing details known to the site, sent along with the card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BillingDetails {
    /// The person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The person's e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The person's telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The postal code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// The country, two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// All of it; every part may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// BCP 47; overrides the URL's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Theme and variables.
    pub appearance: Appearance,
    /// What the site knows of the person.
    pub billing_details: BillingDetails,
    /// Which further fields are shown.
    pub fields: ExtraFields,
    /// The form's own button.
    pub button: Button,
    /// A sentence to agree to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// Cards the site takes.
    pub accept: Accept,
}

impl<'de> Deserialize<'de> for ParsedSettings {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Tree::deserialize(from).map(|tree| Self::parse(&tree))
    }
}

impl Serialize for ParsedSettings {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.settings.serialize(to)
    }
}

#[cfg(test)]
mod tests;
