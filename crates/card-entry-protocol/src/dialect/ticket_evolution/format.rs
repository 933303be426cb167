//! The vendor's own formats: ids, months and years in quotes, and the names of brands.
//!
//! An id must never be larger than a browser's numbers are exact.

use serde::{Deserialize, Serialize};

use crate::card::Brand;
use crate::expiry::{ExpMonth, ExpYear};
use crate::tree::{FromTree, ToTree, Tree};

/// An id: a whole number from 1 to 2^53 - 1, in which a browser's numbers are exact. It is read from a number or from digits
/// in quotes, because the vendor writes both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemas",
    derive(schemars::JsonSchema),
    schemars(inline, with = "u64", extend("minimum" = 1, "maximum" = 9_007_199_254_740_991_u64))
)]
#[serde(try_from = "Either", into = "u64")]
pub struct Id(u64);

#[derive(Deserialize)]
#[serde(untagged, expecting = "not an id (a whole number from 1)")]
enum Either {
    Number(u64),
    Text(String),
}

impl Id {
    /// Above it, a browser's numbers have gaps.
    const MAX: u64 = (1 << 53) - 1;

    /// Checks a number; `None` when it is 0 or too large.
    #[must_use]
    pub fn new(number: u64) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    /// Reads an id from ASCII digits; `None` for every other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if digits {
            Self::new(text.parse().ok()?)
        } else {
            None
        }
    }

    /// The id as a number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

impl core::fmt::Display for Id {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        core::fmt::Display::fmt(&self.0, f)
    }
}

impl TryFrom<Either> for Id {
    type Error = &'static str;
    fn try_from(either: Either) -> Result<Self, Self::Error> {
        match either {
            Either::Number(number) => Self::new(number),
            Either::Text(text) => Self::parse(&text),
        }
        .ok_or("not an id (a whole number from 1)")
    }
}

impl From<Id> for u64 {
    fn from(id: Id) -> Self {
        id.0
    }
}

impl FromTree for Id {
    fn from_tree(tree: &Tree) -> Option<Self> {
        match tree {
            Tree::Text(text) => Self::parse(text),
            // A cast to an integer saturates at its bounds, and the bounds are not ids.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Tree::Number(number) if number % 1.0 == 0.0 => Self::new(*number as u64),
            _ => None,
        }
    }
}

impl ToTree for Id {
    fn to_tree(&self) -> Tree {
        #[allow(clippy::cast_precision_loss)] // below 2^53
        Tree::Number(self.0 as f64)
    }
}

macro_rules! text_format {
    ($(#[$doc:meta])* $name:ident($inner:ty), $error:literal, |$text:ident| $parse:expr, |$value:ident| $write:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(inline))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub $inner);

        impl $name {
            /// Reads the value from text; `None` when it has another form.
            #[must_use]
            pub fn parse($text: &str) -> Option<Self> {
                $parse.map(Self)
            }

            /// The value in the vendor's format.
            #[must_use]
            pub fn to_text(&self) -> String {
                let $value = &self.0;
                $write
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
                value.to_text()
            }
        }

        impl FromTree for $name {
            fn from_tree(tree: &Tree) -> Option<Self> {
                Self::parse(tree.as_text()?)
            }
        }

        impl ToTree for $name {
            fn to_tree(&self) -> Tree {
                Tree::Text(self.to_text())
            }
        }
    };
}

fn digits(text: &str) -> Option<u16> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

fn month(text: &str) -> Option<ExpMonth> {
    let short = text.len() <= 2;
    if short {
        digits(text)?.try_into().ok()
    } else {
        None
    }
}

/// Reads a year of two or four digits. Two digits are a year of this century, because no card is valid for longer.
fn year(text: &str) -> Option<ExpYear> {
    match text.len() {
        2 => (2000 + digits(text)?).try_into().ok(),
        4 => digits(text)?.try_into().ok(),
        _ => None,
    }
}

text_format!(
    /// A month in quotes with two digits, `"04"`. One digit is read, too.
    Month(ExpMonth), "not a month", |text| month(text), |month| format!("{:02}", u16::from(*month))
);

text_format!(
    /// A year in a response: its last two digits in quotes, `"21"`. Four digits are read, too.
    ShortYear(ExpYear), "not a year", |text| year(text), |year| format!("{:02}", u16::from(*year) % 100)
);

text_format!(
    /// A year in a request: four digits in quotes, `"2021"`. Two digits are read, too, because the responses have them.
    LongYear(ExpYear), "not a year", |text| year(text), |year| u16::from(*year).to_string()
);

text_format!(
    /// An id in quotes, as clients have it, and telephone numbers in lists and associations.
    TextId(Id), "not an id", |text| Id::parse(text), |id| id.to_string()
);

text_format!(
    /// A brand as the vendor writes it, e.g. "Visa" or "AMEX".
    CardCompany(Brand), "not a brand", |text| Brand::parse(text), |brand| match brand {
        Brand::Amex => "AMEX".to_owned(),
        brand => brand.title().to_owned(),
    }
);
