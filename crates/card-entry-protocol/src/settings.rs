//! What a host may set of the form, over the port, with `init` or `update`.
//!
//! Read by the frame. No setting carries a URL, HTML, CSS text or code; texts are shown as text.

use serde::{Deserialize, Serialize};

use crate::appearance::Appearance;
use crate::card::{Brand, Funding};

/// Whether a field is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// As the form thinks best; today: hidden.
    #[default]
    Auto,
    /// Shown and asked for.
    Show,
    /// Not shown.
    Hide,
}

impl Shown {
    /// Whether the form shows it.
    #[must_use]
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Show)
    }
}

/// The fields beside number, expiry and security code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fields {
    /// The name on the card.
    pub name: Shown,
    /// The postal code.
    pub postal_code: Shown,
    /// The country.
    pub country: Shown,
}

/// The form's own button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Button {
    /// Its text; the locale's "Save card" when absent. Cut at 60 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Hidden, for hosts that send `submit` themselves.
    pub hidden: bool,
}

/// A sentence to agree to before saving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The sentence, as plain text. Cut at 600 characters.
    pub text: String,
    /// Whether a box must be ticked; else the sentence only stands there.
    #[serde(default)]
    pub required: bool,
}

/// Cards the site takes, said before Save.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Accept {
    /// Brands; empty means all.
    pub brands: Vec<Brand>,
    /// Fundings; empty means all.
    pub funding: Vec<Funding>,
}

/// Billing details known to the site, sent along with the card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// BCP 47; overrides the URL's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Theme and variables.
    pub appearance: Appearance,
    /// What the site knows of the person.
    pub billing_details: BillingDetails,
    /// Which further fields are shown.
    pub fields: Fields,
    /// The form's own button.
    pub button: Button,
    /// A sentence to agree to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// Cards the site takes.
    pub accept: Accept,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_set_is_every_default() {
        assert_eq!(
            serde_json::from_str::<Settings>("{}").unwrap(),
            Settings::default()
        );
        let full = r##"{"locale":"fr","appearance":{"theme":"dark","variables":{"accent":"#123456"}},
            "fields":{"name":"show"},"button":{"text":"Pay"},"consent":{"text":"Keep it?","required":true},
            "accept":{"brands":["visa"],"funding":["credit"]},"html":"<b>"}"##;
        let settings: Settings = serde_json::from_str(full).unwrap();
        assert!(settings.fields.name.is_shown() && !settings.fields.country.is_shown());
        assert_eq!(settings.accept.brands, [Brand::Visa]);
        let again: Settings =
            serde_json::from_str(&serde_json::to_string(&settings).unwrap()).unwrap();
        assert_eq!(again, settings);
    }
}
