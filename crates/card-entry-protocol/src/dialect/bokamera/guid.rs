//! A GUID, the id of a company in BokaMera's API.
//!
//! It must never accept another form than .NET's "D".

use core::fmt;

use serde::{Deserialize, Serialize};

/// A GUID in .NET's form "D", 8-4-4-4-12 hexadecimal digits; read in any case, written in lower case.
/// See <https://learn.microsoft.com/dotnet/api/system.guid.tostring>.
///
/// ```
/// use card_entry_protocol::dialect::bokamera::Guid;
///
/// let company = Guid::parse("DEA5B9B5-9B5C-4D5E-8B5A-0123456789AB").expect("a GUID");
/// assert_eq!(company.to_string(), "dea5b9b5-9b5c-4d5e-8b5a-0123456789ab");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Guid(u128);

const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];

impl Guid {
    /// Reads a GUID in form "D"; `None` for every other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut groups = text.split('-');
        for digits in GROUPS {
            let group = groups.next()?;
            if group.len() != digits || !group.bytes().all(|b| b.is_ascii_hexdigit()) {
                return None;
            }
        }
        let end = groups.next().is_none();
        let digits: String = text.split('-').collect();
        end.then(|| u128::from_str_radix(&digits, 16).ok().map(Self))?
    }

    /// Whether all digits are zero, which is .NET's value for a GUID that was left out.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = format!("{:032x}", self.0);
        for at in [20, 16, 12, 8] {
            digits.insert(at, '-');
        }
        f.write_str(&digits)
    }
}

impl fmt::Debug for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Guid {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a GUID")
    }
}

impl From<Guid> for String {
    fn from(guid: Guid) -> Self {
        guid.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn refuses_other_forms() {
        for text in [
            "",
            "00000000000000000000000000000000",
            "{00000000-0000-0000-0000-000000000000}",
            "00000000-0000-0000-0000-00000000000",
            "00000000-0000-0000-0000-0000000000000",
            "00000000-0000-0000-0000-000000000000-",
            "+0000000-0000-0000-0000-000000000000",
            "0000000é-000-0000-0000-000000000000",
        ] {
            assert_eq!(Guid::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_guid_reads_as_it_is_written(number: u128) {
            let text = Guid(number).to_string();
            prop_assert_eq!(text.len(), 36);
            prop_assert_eq!(Guid::parse(&text), Some(Guid(number)));
            prop_assert_eq!(Guid::parse(&text.to_uppercase()), Some(Guid(number)));
        }

        #[test]
        fn never_panics(text in "[0-9a-f\\-]{0,40}", other in ".{0,40}") {
            let _ = (Guid::parse(&text), Guid::parse(&other));
        }
    }
}
