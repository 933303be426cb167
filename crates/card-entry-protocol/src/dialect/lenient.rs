//! Reads whole numbers that callers send in quotes, and strings that callers send as numbers.
//!
//! Used by `deserialize_with` for members where the difference is harmless. It must never accept a fraction, because
//! languages format fractions differently.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};

/// A whole number, or its digits in quotes; `None` for null.
pub(super) struct Whole<N>(pub Option<N>);

/// A string, or a whole number in its place; `None` for null.
pub(super) struct Text(pub Option<String>);

impl<N> From<Whole<N>> for Option<N> {
    fn from(whole: Whole<N>) -> Self {
        whole.0
    }
}

impl From<Text> for Option<String> {
    fn from(text: Text) -> Self {
        text.0
    }
}

struct WholeVisitor<N>(PhantomData<N>);

impl<N: TryFrom<i64>> WholeVisitor<N> {
    fn read<E: Error>(self, number: Option<i64>, sent: Unexpected<'_>) -> Result<Whole<N>, E> {
        number
            .and_then(|number| N::try_from(number).ok())
            .map(|number| Whole(Some(number)))
            .ok_or_else(|| E::invalid_value(sent, &self))
    }
}

impl<N: TryFrom<i64>> Visitor<'_> for WholeVisitor<N> {
    type Value = Whole<N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Whole<N>, E> {
        self.read(i64::try_from(number).ok(), Unexpected::Unsigned(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Whole<N>, E> {
        self.read(Some(number), Unexpected::Signed(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Whole<N>, E> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        self.read(text.parse().ok().filter(|_| digits), Unexpected::Str(text))
    }

    fn visit_unit<E: Error>(self) -> Result<Whole<N>, E> {
        Ok(Whole(None))
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(Some(text.to_owned())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_unit<E: Error>(self) -> Result<Text, E> {
        Ok(Text(None))
    }
}

impl<'de, N: TryFrom<i64>> Deserialize<'de> for Whole<N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(WholeVisitor(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TextVisitor)
    }
}

/// Reads a required whole number.
pub(super) fn whole<'de, D: Deserializer<'de>, N: TryFrom<i64>>(from: D) -> Result<N, D::Error> {
    Whole::deserialize(from)?
        .0
        .ok_or_else(|| D::Error::invalid_type(Unexpected::Unit, &"a whole number"))
}

/// Reads a whole number or null.
pub(super) fn whole_or_none<'de, D: Deserializer<'de>, N: TryFrom<i64>>(
    from: D,
) -> Result<Option<N>, D::Error> {
    Whole::deserialize(from).map(Into::into)
}

/// Reads a required string.
pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Text::deserialize(from)?
        .0
        .ok_or_else(|| D::Error::invalid_type(Unexpected::Unit, &"a string"))
}

pub(super) fn text_or_none<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Text::deserialize(from).map(Into::into)
}
