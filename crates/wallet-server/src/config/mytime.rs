//! What only an account of MyTime needs: the section `[accounts.mytime]`.

use serde::Deserialize;

/// The section, as the file spells it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MyTimeSettings {
    /// Where the company can be visited.
    pub locations: Vec<Location>,
}

/// A place of a company.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// The section, checked.
#[derive(Debug, Clone)]
pub struct MyTime {
    /// Where the company can be visited.
    pub locations: Vec<Location>,
}

impl MyTime {
    /// Takes the section; none is an empty one.
    pub(super) fn check(given: Option<MyTimeSettings>) -> Self {
        Self {
            locations: given.unwrap_or_default().locations,
        }
    }
}
