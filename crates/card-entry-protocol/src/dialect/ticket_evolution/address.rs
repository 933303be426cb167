//! Billing addresses. A card is stored with an address of its client.
//!
//! An error response must never repeat a card number, see [`NewAddress::clear_card_numbers`].

use serde::{Deserialize, Serialize};

use super::{AlwaysNull, Id};
use crate::card::Country;
use crate::dialect::fields::{FieldErrors, clear_card_number};
use crate::dialect::lenient;
use crate::tree::{FromTree, Tree, records};

/// An address, in a card and in a list, with the vendor's members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct Address {
    /// Whether the address is a post-office box.
    #[serde(default)]
    pub po_box: bool,
    /// The kind of address, e.g. "home" or "work".
    #[serde(default)]
    pub label: Option<String>,
    /// The country, two capital letters (ISO 3166-1 alpha-2).
    #[serde(default)]
    pub country_code: Option<String>,
    /// The second line of the address.
    #[serde(default)]
    pub extended_address: Option<String>,
    /// Always null: our server does not look addresses up on a map.
    #[serde(default)]
    pub longitude: AlwaysNull,
    /// The state or region of the address.
    #[serde(default)]
    pub region: Option<String>,
    /// Whether this is the client's primary address.
    #[serde(default)]
    pub primary: bool,
    /// Always null, as the longitude.
    #[serde(default)]
    pub latitude: AlwaysNull,
    /// The city or town of the address.
    #[serde(default)]
    pub locality: Option<String>,
    /// The name of the person at the address.
    #[serde(default)]
    pub name: Option<String>,
    /// The postal code of the address.
    #[serde(default)]
    pub postal_code: Option<String>,
    /// The id of the address.
    pub id: Id,
    /// The first line of the address.
    #[serde(default)]
    pub street_address: Option<String>,
}

/// An item of `POST /clients/{id}/addresses`, with the vendor's members.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(extend("x-required-in-requests" = ["street_address", "locality", "postal_code", "country_code"]))
)]
#[serde(default)]
pub struct NewAddress {
    /// The kind of address, e.g. "home" or "work".
    pub label: Option<String>,
    /// The name of the person at the address.
    pub name: Option<String>,
    /// The first line of the address; required.
    pub street_address: String,
    /// The second line of the address.
    pub extended_address: Option<String>,
    /// The city or town; required.
    pub locality: String,
    /// The state or region of the address.
    pub region: Option<String>,
    /// The postal code of the address; required.
    #[serde(deserialize_with = "lenient::text")]
    pub postal_code: String,
    /// The country, two capital letters (ISO 3166-1 alpha-2); required.
    pub country_code: String,
    /// Whether it becomes the client's primary address in place of another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary: Option<bool>,
}

impl NewAddress {
    /// The errors by field; empty when the address is valid.
    #[must_use]
    pub fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for (field, text) in [
            ("street_address", &self.street_address),
            ("locality", &self.locality),
            ("postal_code", &self.postal_code),
            ("country_code", &self.country_code),
        ] {
            if text.trim().is_empty() {
                errors.add(field, "can't be blank");
            }
        }
        if !self.country_code.is_empty() && Country::parse(&self.country_code).is_none() {
            errors.add("country_code", "must be two capital letters");
        }
        for (field, text) in [
            ("label", self.label.as_deref()),
            ("name", self.name.as_deref()),
            ("street_address", Some(self.street_address.as_str())),
            ("extended_address", self.extended_address.as_deref()),
            ("locality", Some(self.locality.as_str())),
            ("region", self.region.as_deref()),
            ("postal_code", Some(self.postal_code.as_str())),
        ] {
            errors.check_text(field, text.unwrap_or_default(), 255);
        }
        errors
    }

    /// Empties every text that contains a card number, because an error response repeats the item.
    pub fn clear_card_numbers(&mut self) {
        for text in [
            &mut self.street_address,
            &mut self.locality,
            &mut self.postal_code,
            &mut self.country_code,
        ] {
            clear_card_number(text);
        }
        for text in [
            &mut self.label,
            &mut self.name,
            &mut self.extended_address,
            &mut self.region,
        ] {
            text.iter_mut().for_each(clear_card_number);
        }
    }
}

impl FromTree for Address {
    fn from_tree(tree: &Tree) -> Option<Self> {
        Some(Self {
            po_box: tree.get("po_box").is_true(),
            label: tree.read("label")?,
            country_code: tree.read("country_code")?,
            extended_address: tree.read("extended_address")?,
            longitude: AlwaysNull,
            region: tree.read("region")?,
            primary: tree.get("primary").is_true(),
            latitude: AlwaysNull,
            locality: tree.read("locality")?,
            name: tree.read("name")?,
            postal_code: tree.read("postal_code")?,
            id: tree.read("id")?,
            street_address: tree.read("street_address")?,
        })
    }
}

records! {
    NewAddress {
        all "label" label,
        all "name" name,
        all "street_address" street_address,
        all "extended_address" extended_address,
        all "locality" locality,
        all "region" region,
        all "postal_code" postal_code,
        all "country_code" country_code,
        some "primary" primary,
    }
}
