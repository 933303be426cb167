//! The circuit breaker: `[breaker]` for all accounts, `[accounts.breaker]` for one.
//!
//! When most cards of an account are declined within a window, the account accepts no new cards for a while. That stops
//! card testing. Used by the wallet. It must never count an attempt that the bank did not answer.

use serde::Deserialize;

use super::error::invalid;
use super::range::number;
use super::{ConfigError, deprecated_name};
use crate::clock::{MINUTE, Seconds};

/// The raw section `[breaker]`, as the TOML file has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BreakerSettings {
    /// The window in which attempts are counted, in minutes. Default 10.
    pub window_minutes: Option<u16>,
    /// The minimum number of attempts in the window. Default 20; 0 turns the breaker off.
    pub minimum: Option<u32>,
    /// The share of declined attempts, in percent, from which the breaker trips. Default 70.
    pub percent: Option<u8>,
    /// The time without new cards, in minutes. Default 15.
    pub pause_minutes: Option<u16>,
    /// The number of declines after which an intent is canceled. Default 3; 0 means never.
    pub declines_per_intent: Option<u32>,
    /// The old name of `declines_per_intent`.
    #[serde(rename = "refusals_per_intent")]
    pub deprecated_declines: Option<u32>,
}

/// The checked form of the section `[breaker]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaker {
    /// The window in which attempts are counted, in seconds.
    pub window: Seconds,
    /// The minimum number of attempts in the window. `None` means that the breaker is off.
    pub minimum: Option<u32>,
    /// The share of declined attempts, in percent, from which the breaker trips.
    pub percent: u8,
    /// The time without new cards, in seconds.
    pub pause: Seconds,
    /// The number of declines after which an intent is canceled. `None` means never. After three declines most people
    /// use another card or call their bank.
    pub declines_per_intent: Option<u32>,
}

impl Breaker {
    /// Whether the breaker trips: `declined` of `attempts` in the window were declined.
    #[must_use]
    pub fn trips(&self, attempts: u32, declined: u32) -> bool {
        let share = u64::from(attempts) * u64::from(self.percent);
        self.minimum.is_some_and(|minimum| attempts >= minimum)
            && u64::from(declined) * 100 >= share
    }

    pub(super) fn check(setting: &str, given: BreakerSettings) -> Result<Self, ConfigError> {
        let percent = given.percent.unwrap_or(70);
        if !(1..=100).contains(&percent) {
            return Err(invalid(
                format!("{setting}.percent"),
                "give a share from 1 to 100; minimum = 0 turns the breaker off",
            ));
        }
        let declines_per_intent = deprecated_name::value_of(
            (
                &format!("{setting}.declines_per_intent"),
                given.declines_per_intent,
            ),
            (
                &format!("{setting}.refusals_per_intent"),
                given.deprecated_declines,
            ),
        )?;
        // Longer than a day, the account would look broken to everybody and to its operator.
        let minutes = |field: &str, given: Option<u16>, usual: u16| {
            let name = format!("{setting}.{field}");
            let unit = "minutes; minimum = 0 turns the breaker off";
            let minutes = number(&name, given.unwrap_or(usual), 1..=1440, unit)?;
            Ok(Seconds::from(minutes) * MINUTE)
        };
        Ok(Self {
            window: minutes("window_minutes", given.window_minutes, 10)?,
            minimum: Some(given.minimum.unwrap_or(20)).filter(|minimum| *minimum > 0),
            percent,
            pause: minutes("pause_minutes", given.pause_minutes, 15)?,
            declines_per_intent: Some(declines_per_intent.unwrap_or(3)).filter(|max| *max > 0),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn it_trips_from_a_minimum_and_a_share_of_declines() {
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

    #[test]
    fn the_old_name_of_declines_per_intent_is_accepted_alone() {
        let check = |new, old| {
            let given = BreakerSettings {
                declines_per_intent: new,
                deprecated_declines: old,
                ..BreakerSettings::default()
            };
            Breaker::check("accounts[0].breaker", given)
        };
        assert_eq!(check(None, None).unwrap().declines_per_intent, Some(3));
        assert_eq!(check(Some(5), None).unwrap().declines_per_intent, Some(5));
        assert_eq!(check(None, Some(5)).unwrap().declines_per_intent, Some(5));
        assert_eq!(check(None, Some(0)).unwrap().declines_per_intent, None);
        let both = check(Some(5), Some(5)).unwrap_err();
        assert_eq!(both.setting, "accounts[0].breaker.declines_per_intent");
    }
}
