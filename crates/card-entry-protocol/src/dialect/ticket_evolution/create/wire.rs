//! The body as it is on the wire. Its numbers are secrets while serde is still reading.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{CardNumber, VerificationCode};
use crate::dialect::lenient;
use crate::dialect::ticket_evolution::{ErrorBody, Id};
use crate::member::{ReadError, read_json};
use crate::message::ConsentProof;

/// `POST …/credit_cards`.
#[derive(Debug, Deserialize)]
pub struct CreateCards {
    /// Always an array.
    pub credit_cards: Vec<NewCard>,
    /// What the person agreed to; ours, the vendor has no such member.
    #[serde(default)]
    pub consent: Option<ConsentProof>,
}

/// A card as it was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewCard {
    pub(super) label: Option<String>,
    pub(super) name: Option<String>,
    pub(super) number: Sent<CardNumber>,
    pub(super) nonce: Option<String>,
    #[serde(deserialize_with = "lenient::text_or_none")]
    pub(super) expiration_month: Option<String>,
    #[serde(deserialize_with = "lenient::text_or_none")]
    pub(super) expiration_year: Option<String>,
    pub(super) verification_code: Sent<VerificationCode>,
    pub(super) address_id: Option<Id>,
    pub(super) phone_number_id: Option<Id>,
    pub(super) ip_address: Option<String>,
}

/// What an answer may repeat of a card that was sent: everything but the card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardEcho {
    /// The label, unless it held a card number.
    pub label: Option<String>,
    /// The name, unless it held a card number.
    pub name: Option<String>,
    /// The month, as it was sent.
    pub expiration_month: Option<String>,
    /// The year, as it was sent.
    pub expiration_year: Option<String>,
    /// The address.
    pub address_id: Option<Id>,
    /// The telephone number.
    pub phone_number_id: Option<Id>,
}

impl CreateCards {
    /// Reads a body. Overwriting the body itself afterwards is the caller's, who got it from the network.
    ///
    /// # Errors
    /// It is no JSON, or a member is wrong, which is named. The reason never repeats what was sent in it.
    pub fn read(body: &[u8]) -> Result<Self, ErrorBody> {
        read_json(body).map_err(|error| {
            ErrorBody::new(match error {
                ReadError::Syntax => "The request isn’t valid JSON.".to_owned(),
                ReadError::Member(member) => member.sentence(),
            })
        })
    }
}

/// A secret member: what is of no use is forgotten at once, only that it was there is known.
#[derive(Debug, Default)]
pub(super) enum Sent<T> {
    /// It was left out, or null, or empty.
    #[default]
    Nothing,
    /// It is of its form.
    Good(T),
    /// It is not.
    Bad,
}

/// What is read from text.
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

/// Takes whatever comes: a refusal by serde would put the value into its words.
struct SecretVisitor<T>(PhantomData<T>);

macro_rules! bad {
    ($($visit:ident($kind:ty)),+ $(,)?) => {
        $(fn $visit<E: serde::de::Error>(self, _: $kind) -> Result<Sent<T>, E> {
            Ok(Sent::Bad)
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
            T::from_text(text).map_or(Sent::Bad, Sent::Good)
        })
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Sent<T>, E> {
        Ok(Sent::Nothing)
    }

    bad!(
        visit_bool(bool),
        visit_i64(i64),
        visit_u64(u64),
        visit_f64(f64)
    );

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Sent<T>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Sent::Bad)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Sent<T>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Sent::Bad)
    }
}
