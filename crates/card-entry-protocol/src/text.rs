//! A string that was checked once: the macro behind every newtype of this crate.
//!
//! Called by the modules of this crate, and [`part`] and [`holds`] wherever a page looks for a text in a text. It must
//! never let a value through that its check refused.

/// Declares a string newtype whose only way in is its check, with the conversions serde needs.
macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident, $error:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the text; `None` when it is not of this form.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let check: fn(&str) -> bool = $check;
                check(text).then(|| Self(text.to_owned()))
            }

            /// The text, as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or($error)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

/// A [`checked_text`] that may be shown: its `Debug` and `Display` print the text.
macro_rules! public_text {
    ($(#[$doc:meta])* $name:ident, $error:literal, $check:expr) => {
        $crate::text::checked_text!($(#[$doc])* $name, $error, $check);

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

/// Words longer than this are cut off from being kept verbatim: no brand or funding is.
const MAX_WORD_BYTES: usize = 40;

/// Whether an unknown word may be kept: short, plain, and no place for a card number to hide.
pub(crate) fn is_plain_word(text: &str) -> bool {
    (1..=MAX_WORD_BYTES).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b" _-.".contains(&b))
        && text.bytes().filter(u8::is_ascii_digit).count() < 8
}

/// Declares a set of words that others may add to: known ones are variants, unknown ones are kept verbatim.
macro_rules! open_words {
    ($(#[$doc:meta])* $name:ident, $error:literal, { $($(#[$vdoc:meta])* $variant:ident = $word:literal $(| $alias:literal)*),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
            /// One that came after this was written, kept verbatim.
            Other(String),
        }

        impl $name {
            /// Reads a known word or alias in any case, or keeps a plain unknown one. `None`: too long, or no word.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                $(if text.eq_ignore_ascii_case($word) $(|| text.eq_ignore_ascii_case($alias))* {
                    return Some(Self::$variant);
                })+
                $crate::text::is_plain_word(text).then(|| Self::Other(text.to_owned()))
            }

            /// The word as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or($error)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }
    };
}

pub(crate) use {checked_text, open_words, public_text};

/// Whether every byte is an ASCII letter, digit or underscore, and there are between `min` and `max` of them.
pub(crate) fn is_word(text: &str, min: usize, max: usize) -> bool {
    (min..=max).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether `text` is `prefix` followed by a word of `min` to `max` characters.
pub(crate) fn is_prefixed_word(text: &str, prefix: &str, min: usize, max: usize) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|rest| is_word(rest, min, max))
}

/// Splits at the first mark. Not `str::split_once`: searching a text for a text brings the standard library's two-way
/// searcher and the sentences of its panics, 6 kB of Wasm.
#[must_use]
pub fn split_once<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let found = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(mark));
    let at = (0..text.len()).find(found)?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// Whether the text holds the mark.
#[must_use]
pub fn contains(text: &str, mark: &str) -> bool {
    split_once(text, mark).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_are_those_of_the_standard_library(text in "[a:/é]{0,12}", mark in "[a:/é]{1,3}") {
            prop_assert_eq!(split_once(&text, &mark), text.split_once(mark.as_str()));
            prop_assert_eq!(contains(&text, &mark), text.contains(mark.as_str()));
        }
    }
}
