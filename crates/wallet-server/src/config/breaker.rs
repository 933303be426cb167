//! When an account takes no new cards for a while: the section `[breaker]`, and `[accounts.breaker]` for one of its own.

use serde::Deserialize;

use super::{ConfigError, wrong};
use crate::clock::{MINUTE, Seconds};

/// The section, as the file spells it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BreakerSettings {
    /// How far back refusals are counted, in minutes; 10 unless told.
    pub window_minutes: Option<u16>,
    /// The fewest tries that mean anything; 20 unless told, 0 turns the breaker off.
    pub minimum: Option<u32>,
    /// Of how many in a hundred refused; 70 unless told.
    pub percent: Option<u8>,
    /// How long it lasts, in minutes; 15 unless told.
    pub pause_minutes: Option<u16>,
    /// Refusals after which an intent is cancelled; 3 unless told, 0: never.
    pub refusals_per_intent: Option<u32>,
}

/// The section, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaker {
    /// How far back refusals are counted, in seconds.
    pub window: Seconds,
    /// The fewest tries that mean anything; none: the breaker is off.
    pub minimum: Option<u32>,
    /// Of how many in a hundred refused.
    pub percent: u8,
    /// How long it lasts, in seconds.
    pub pause: Seconds,
    /// Refusals after which an intent is cancelled; none: never. A person has found another card by the third, or asks
    /// their bank.
    pub refusals_per_intent: Option<u32>,
}

impl Breaker {
    /// Whether so many refusals of so many tries are too many.
    #[must_use]
    pub fn trips(&self, all: u32, refused: u32) -> bool {
        let share = u64::from(all) * u64::from(self.percent);
        self.minimum.is_some_and(|minimum| all >= minimum) && u64::from(refused) * 100 >= share
    }

    pub(super) fn check(setting: &str, given: BreakerSettings) -> Result<Self, ConfigError> {
        let percent = given.percent.unwrap_or(70);
        if !(1..=100).contains(&percent) {
            return Err(wrong(
                format!("{setting}.percent"),
                "give a share from 1 to 100; minimum = 0 turns the breaker off",
            ));
        }
        let minutes =
            |given: Option<u16>, usual: u16| Seconds::from(given.unwrap_or(usual).max(1)) * MINUTE;
        Ok(Self {
            window: minutes(given.window_minutes, 10),
            minimum: Some(given.minimum.unwrap_or(20)).filter(|minimum| *minimum > 0),
            percent,
            pause: minutes(given.pause_minutes, 15),
            refusals_per_intent: Some(given.refusals_per_intent.unwrap_or(3))
                .filter(|most| *most > 0),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn it_needs_a_minimum_and_a_share() {
        let usual = Breaker::check("breaker", BreakerSettings::default()).unwrap();
        assert!(!usual.trips(19, 19));
        assert!(!usual.trips(20, 13));
        assert!(usual.trips(20, 14));
        assert!(usual.trips(u32::MAX, u32::MAX));
        let off = BreakerSettings {
            minimum: Some(0),
            ..BreakerSettings::default()
        };
        assert!(!Breaker::check("breaker", off).unwrap().trips(1_000, 1_000));
    }
}
