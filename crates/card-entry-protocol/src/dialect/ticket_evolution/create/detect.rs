//! Detects whether a body contains a card number, before the body is read. The response to such a body has a deprecation
//! header, even when the body is invalid.
//!
//! It must never store a digit.

use core::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::CardNumber;
use super::wire::Sent;

/// Whether any card of the body, in an array or not, has a value in `number`. The digits are not copied.
#[must_use]
pub fn sends_card_number(body: &[u8]) -> bool {
    serde_json::from_slice(body).is_ok_and(|SeesNumber(seen)| seen)
}

struct SeesNumber(bool);

impl<'de> Deserialize<'de> for SeesNumber {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(NumberDetector)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum CardMember {
    Number,
    CreditCards,
    #[serde(other)]
    Other,
}

struct NumberDetector;

macro_rules! nothing {
    ($($visit:ident($($kind:ty)?)),+ $(,)?) => {
        $(fn $visit<E: serde::de::Error>(self $(, _: $kind)?) -> Result<SeesNumber, E> {
            Ok(SeesNumber(false))
        })+
    };
}

impl<'de> Visitor<'de> for NumberDetector {
    type Value = SeesNumber;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    nothing!(
        visit_bool(bool),
        visit_i64(i64),
        visit_u64(u64),
        visit_f64(f64),
        visit_str(&str),
        visit_unit(),
    );

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<SeesNumber, A::Error> {
        let mut any = false;
        while let Some(SeesNumber(seen)) = seq.next_element()? {
            any |= seen;
        }
        Ok(SeesNumber(any))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SeesNumber, A::Error> {
        let mut any = false;
        while let Some(key) = map.next_key()? {
            any |= match key {
                CardMember::Number => !matches!(map.next_value()?, Sent::<CardNumber>::Nothing),
                CardMember::CreditCards => map.next_value::<SeesNumber>()?.0,
                CardMember::Other => {
                    map.next_value::<IgnoredAny>()?;
                    false
                }
            };
        }
        Ok(SeesNumber(any))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_a_number_in_every_place_of_a_card() {
        for (body, seen) in [
            (r#"{"credit_cards":[{"number":"4111111111111111"}]}"#, true),
            (r#"{"credit_cards":[{"nonce":"x"},{"number":4111}]}"#, true),
            (r#"{"credit_cards":[{"number":[1],"label":7}]}"#, true),
            (r#"{"credit_cards":{"number":"x","name":null}}"#, true),
            (r#"{"credit_cards":[{"number":null,"number":"4"}]}"#, true),
            (r#"[{"number":"4111111111111111"}]"#, true),
            (r#"{"credit_cards":[{"number":null},{"number":""}]}"#, false),
            (r#"{"credit_cards":[{"nonce":"number"}]}"#, false),
            (r#"{"other":{"number":"4111111111111111"}}"#, false),
            (r#""number""#, false),
            ("7", false),
            ("", false),
            ("{", false),
        ] {
            assert_eq!(sends_card_number(body.as_bytes()), seen, "{body}");
        }
        let deep = "[".repeat(100_000);
        assert!(!sends_card_number(deep.as_bytes()));
    }
}
