//! The section `[accounts.mytime]`: the locations of a MyTime company.
//!
//! Used by MyTime's public company route. It must never hold a secret: its content is public.

use serde::Deserialize;

/// The raw section `[accounts.mytime]`, as the TOML file has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MyTimeSettings {
    /// Where people can visit the company.
    pub locations: Vec<LocationSettings>,
}

/// One location of a company: an inline table of `locations`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocationSettings {
    /// The number of the location.
    pub id: i64,
    /// The name that people read.
    pub name: String,
}

/// The checked form of the section `[accounts.mytime]`.
#[derive(Debug, Clone)]
pub struct MyTimeConfig {
    /// Where people can visit the company.
    pub locations: Vec<LocationSettings>,
}

impl MyTimeConfig {
    pub(super) fn check(given: Option<MyTimeSettings>) -> Self {
        Self {
            locations: given.unwrap_or_default().locations,
        }
    }
}
