//! The macros for strings that are checked once, and two small text functions for pages.
//!
//! The modules of this crate use the macros. Pages use [`split_once`] and [`contains`] in place of the standard library's.
//! A newtype must never contain a text that its check refused.

/// Declares a string newtype that can be created through its check only, with the conversions that serde needs.
macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident, $error:literal, $check:expr) => {
        #[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(inline))]
        $(#[$doc])*
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the text and copies it; `None` when it has another form.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let check: fn(&str) -> bool = $check;
                check(text).then(|| Self(text.to_owned()))
            }

            /// The text, exactly as it was parsed.
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

/// Declares a [`checked_text`] that is not secret: its `Debug` and `Display` print the text.
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

/// No brand and no funding type is longer. A longer unknown word is refused.
const MAX_WORD_BYTES: usize = 40;

/// Whether an unknown word may be stored: short, plain, and with too few digits for a card number.
pub(crate) fn is_plain_word(text: &str) -> bool {
    (1..=MAX_WORD_BYTES).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b" _-.".contains(&b))
        && text.bytes().filter(u8::is_ascii_digit).count() < 8
}

/// Declares an enum of words to which a vendor may add: known words are variants, an unknown word is stored as it is.
macro_rules! open_words {
    ($(#[$doc:meta])* $name:ident, $error:literal, { $($(#[$vdoc:meta])* $variant:ident = $word:literal $(| $alias:literal)*),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(
            feature = "schemas",
            derive(schemars::JsonSchema),
            schemars(inline, extend("examples" = [$($word),+]))
        )]
        #[serde(try_from = "String", into = "String")]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
            /// A word that this version does not know, stored as it is.
            Other(String),
        }

        impl $name {
            /// Reads a known word or alias in any case, or stores an unknown word. `None` when the text is empty, longer
            /// than 40 bytes, contains other characters than letters, digits, spaces and `_-.`, or has 8 digits or more.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                $(if text.eq_ignore_ascii_case($word) $(|| text.eq_ignore_ascii_case($alias))* {
                    return Some(Self::$variant);
                })+
                $crate::text::is_plain_word(text).then(|| Self::Other(text.to_owned()))
            }

            /// The word, in the spelling of the first alias.
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

/// Splits a text at the first occurrence of a separator, as `str::split_once` does. The standard library's search for a text
/// in a text would add its two-way searcher and the messages of its panics, 6 kB of Wasm.
///
/// ```
/// use card_entry_protocol::text::split_once;
///
/// assert_eq!(split_once("https://book.example", "://"), Some(("https", "book.example")));
/// assert_eq!(split_once("book.example", "://"), None);
/// ```
#[must_use]
pub fn split_once<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let found = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(mark));
    let at = (0..text.len()).find(found)?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// Whether a text contains another, as `str::contains` does, without the standard library's searcher.
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
        fn splits_as_the_standard_library_does(text in "[a:/é]{0,12}", mark in "[a:/é]{1,3}") {
            prop_assert_eq!(split_once(&text, &mark), text.split_once(mark.as_str()));
            prop_assert_eq!(contains(&text, &mark), text.contains(mark.as_str()));
        }
    }
}
