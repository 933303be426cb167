//! Reads and writes a decimal in JSON, digit by digit, from the text of the number that serde_json provides.
//!
//! Builds for the browser do not contain it, because the browser reads the JSON there. It works with serde_json only, and
//! must never be used inside an untagged enum, which reads a number before it knows its type.

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::Decimal;

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        let decimal = if raw.get().starts_with('"') {
            let text: Option<String> = serde_json::from_str(raw.get()).ok();
            text.and_then(|text| Self::parse(&text))
        } else {
            Self::parse_number(raw.get())
        };
        decimal.ok_or_else(|| D::Error::custom("not a decimal amount"))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.quoted {
            return to.serialize_str(&self.text);
        }
        RawValue::from_string(self.text.clone())
            .map_err(|_| S::Error::custom("not a number"))?
            .serialize(to)
    }
}
