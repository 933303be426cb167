//! The section `[accounts.mytime]`: the locations of a MyTime company.
//!
//! Used by MyTime's public company route. It must never hold a secret: its content is public.

use serde::Deserialize;

use super::ConfigError;
use super::error::invalid;

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
    pub(super) fn check(at: usize, given: Option<MyTimeSettings>) -> Result<Self, ConfigError> {
        let locations = given.unwrap_or_default().locations;
        for (number, location) in locations.iter().enumerate() {
            let name = |field: &str| format!("accounts[{at}].mytime.locations[{number}].{field}");
            let is_taken = locations
                .iter()
                .take(number)
                .any(|other| other.id == location.id);
            if location.id <= 0 || is_taken {
                let problem = "give each location a number of its own, 1 or more";
                return Err(invalid(name("id"), problem));
            }
            if location.name.trim().is_empty() {
                return Err(invalid(name("name"), "is missing; people read it"));
            }
        }
        Ok(Self { locations })
    }
}
