//! The body as it is on the wire. A card number is a secret while serde is still reading.
//!
//! An error of serde must never repeat a card number or a security code.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{CardNumber, VerificationCode};
use crate::dialect::lenient;
use crate::dialect::ticket_evolution::{ErrorBody, Id};
use crate::member::{JsonError, read_json};
use crate::message::ConsentProof;

/// The body of `POST …/credit_cards`.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CreateCards {
    /// The cards to store, 1 to 10.
    pub credit_cards: Vec<NewCard>,
    /// The record of the person's consent. Our own member: the vendor has none.
    #[serde(default)]
    pub consent: Option<ConsentProof>,
}

/// A card of the request, before its check.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(extend("x-required-in-requests" = ["name", "address_id", "phone_number_id"]))
)]
#[serde(default)]
pub struct NewCard {
    /// The person's own name for the card, up to 20 characters.
    pub(super) label: Option<String>,
    /// The cardholder name, up to 255 characters.
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) name: Option<String>,
    /// The card number, 13 to 19 digits. It is deprecated, and refused unless the operator accepts it; send a nonce.
    #[cfg_attr(feature = "schemas", schemars(with = "Option<String>"))]
    pub(super) number: Sent<CardNumber>,
    /// The nonce of Braintree's Hosted Fields, valid for one use. It takes the place of the number.
    pub(super) nonce: Option<String>,
    /// The month in which the card expires, e.g. `"12"`; required with a number.
    #[serde(deserialize_with = "lenient::text_or_none")]
    pub(super) expiration_month: Option<String>,
    /// The year in which the card expires, e.g. `"2031"`; required with a number.
    #[serde(deserialize_with = "lenient::text_or_none")]
    pub(super) expiration_year: Option<String>,
    /// The security code (CVC), three or four digits; with a number only.
    #[cfg_attr(feature = "schemas", schemars(with = "Option<String>"))]
    pub(super) verification_code: Sent<VerificationCode>,
    /// The id of an address of the client, the billing address.
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) address_id: Option<Id>,
    /// The id of a telephone number of the client.
    #[cfg_attr(feature = "schemas", schemars(required))]
    pub(super) phone_number_id: Option<Id>,
    /// The person's IPv4 address, for the fraud checks of the vault.
    pub(super) ip_address: Option<String>,
}

/// The members of a card that an error response may repeat: all but number, nonce and security code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct CardEcho {
    /// The label; `None` when it contained a card number.
    pub label: Option<String>,
    /// The cardholder name; `None` when it contained a card number.
    pub name: Option<String>,
    /// The month, as it was sent.
    pub expiration_month: Option<String>,
    /// The year, as it was sent.
    pub expiration_year: Option<String>,
    /// The id of the billing address.
    pub address_id: Option<Id>,
    /// The id of the telephone number.
    pub phone_number_id: Option<Id>,
}

impl CreateCards {
    /// Reads a body. The caller, who owns the bytes, has to overwrite them afterwards.
    ///
    /// # Errors
    /// The body is not JSON, or a member is missing or invalid. The sentence names the member and never repeats its value.
    pub fn read(body: &[u8]) -> Result<Self, ErrorBody> {
        read_json(body).map_err(|error| {
            ErrorBody::new(match error {
                JsonError::Syntax => "The request isn’t valid JSON.".to_owned(),
                JsonError::Member(member) => member.sentence(),
            })
        })
    }
}

/// A secret member of the request. An invalid value is dropped at once; only its presence is known.
#[derive(Debug, Default)]
pub(super) enum Sent<T> {
    /// The member was left out, or null, or empty.
    #[default]
    Nothing,
    Valid(T),
    Invalid,
}

pub(super) trait FromText: Sized {
    fn from_text(text: &str) -> Option<Self>;
}

impl FromText for CardNumber {
    fn from_text(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl FromText for VerificationCode {
    fn from_text(text: &str) -> Option<Self> {
        Self::parse(text)
    }
}

impl<'de, T: FromText> Deserialize<'de> for Sent<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(SecretVisitor(PhantomData))
    }
}

/// Accepts every value, because an error of serde would contain it.
struct SecretVisitor<T>(PhantomData<T>);

macro_rules! invalid {
    ($($visit:ident($kind:ty)),+ $(,)?) => {
        $(fn $visit<E: serde::de::Error>(self, _: $kind) -> Result<Sent<T>, E> {
            Ok(Sent::Invalid)
        })+
    };
}

impl<'de, T: FromText> Visitor<'de> for SecretVisitor<T> {
    type Value = Sent<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("digits in quotes")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Sent<T>, E> {
        Ok(if text.is_empty() {
            Sent::Nothing
        } else {
            T::from_text(text).map_or(Sent::Invalid, Sent::Valid)
        })
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Sent<T>, E> {
        Ok(Sent::Nothing)
    }

    invalid!(
        visit_bool(bool),
        visit_i64(i64),
        visit_u64(u64),
        visit_f64(f64)
    );

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Sent<T>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Sent::Invalid)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sent<T>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Sent::Invalid)
    }
}
