//! The settings that a host page may set for the form, with `init` or `update`.
//!
//! [`ParsedSettings`] reads them one by one, in the frame and in the companion before it sends them. A setting must never be
//! a URL, HTML, CSS text or code; texts are shown as text.

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

/// The maximum length of the button's text. The rest of a longer text is not shown.
pub const MAX_BUTTON_CHARS: usize = 60;

/// The maximum length of the consent sentence. The rest of a longer text is not shown.
pub const MAX_CONSENT_CHARS: usize = 600;

/// Whether a text has the form of a BCP 47 tag, e.g. `fr-CA`. The value `auto` has it, too.
///
/// ```
/// use card_entry_protocol::settings::is_locale;
///
/// assert!(is_locale("fr-CA") && is_locale("auto"));
/// assert!(!is_locale("french!"));
/// ```
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

/// Whether the form shows an extra field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldDisplay {
    /// The form decides. It hides the field today.
    #[default]
    Auto,
    /// The form shows the field and requires it.
    Show,
    /// The form does not show the field.
    Hide,
}

impl FieldDisplay {
    /// Whether the form shows the field.
    #[must_use]
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Show)
    }
}

/// `settings.fields`: the fields beside card number, expiry date and security code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ExtraFields {
    /// The cardholder name field; `auto` when absent.
    pub name: FieldDisplay,
    /// The postal code field; `auto` when absent.
    pub postal_code: FieldDisplay,
    /// The country field; `auto` when absent.
    pub country: FieldDisplay,
}

/// `settings.button`: the form's own button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Button {
    /// The text, shown up to [`MAX_BUTTON_CHARS`]; the locale's "Save card" when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whether the button is hidden, for hosts that send `submit` themselves.
    pub hidden: bool,
}

/// `settings.consent`: a sentence that the person agrees to by saving the card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consent {
    /// The sentence in plain text, shown up to [`MAX_CONSENT_CHARS`].
    pub text: String,
    /// Whether the person has to tick a box; otherwise the form only shows the sentence.
    pub required: bool,
}

/// `settings.accept`: the cards that the host accepts. The form tells the person before the card is saved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Accept {
    /// The accepted brands, e.g. `visa`; empty means all.
    pub brands: Vec<Brand>,
    /// The accepted funding types, e.g. `credit`; empty means all.
    pub funding: Vec<Funding>,
}

/// `settings.billing_details`: what the host knows about the person. The form sends it to Stripe with the card.
/// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-billing_details>.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BillingDetails {
    /// The person's given and family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The person's e-mail address, for receipts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The person's telephone number, with the country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The postal code of the billing address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// The country of the billing address, two capital letters (ISO 3166-1 alpha-2), or empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// The host's settings. Each may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// The language of the form, a BCP 47 tag or `auto`. It overrides the URL's `locale`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The theme and the style variables.
    pub appearance: Appearance,
    /// What the host knows about the person.
    pub billing_details: BillingDetails,
    /// The fields beside card number, expiry date and security code.
    pub fields: ExtraFields,
    /// The text and display of the form's own button.
    pub button: Button,
    /// The sentence that the person agrees to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// The brands and funding types that the host accepts.
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
