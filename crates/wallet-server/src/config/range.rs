//! Numbers of the configuration: each has a range, and a number outside of it stops the start.
//!
//! Called by the checks of the sections. It must never replace an operator's number by another one.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::ConfigError;
use super::error::invalid;

/// A number in its range, with its unit for the sentence.
pub(super) fn number<T: PartialOrd + Display>(
    setting: &str,
    given: T,
    range: RangeInclusive<T>,
    unit: &str,
) -> Result<T, ConfigError> {
    if range.contains(&given) {
        return Ok(given);
    }
    let problem = format!(
        "{given} is out of range; give {} to {} {unit}",
        range.start(),
        range.end()
    );
    Err(invalid(setting, problem))
}

/// A number of milliseconds in its range.
pub(super) fn milliseconds(
    setting: &str,
    given: u64,
    range: RangeInclusive<u64>,
) -> Result<Duration, ConfigError> {
    number(setting, given, range, "milliseconds").map(Duration::from_millis)
}

/// A limit of 1 or more. Some programs take 0 for "no limit", and others for "nothing": it is refused here.
pub(super) fn limit(setting: &str, given: u32) -> Result<u32, ConfigError> {
    if given > 0 {
        return Ok(given);
    }
    let problem = "0 would refuse everything, and no value turns this limit off; give 1 or more (1000000 is almost no limit)";
    Err(invalid(setting, problem))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_number_out_of_its_range_is_refused_with_the_range() {
        let check = |given: u16| number("session_days", given, 1..=3650, "days");
        assert_eq!(check(1).unwrap(), 1);
        assert_eq!(check(3650).unwrap(), 3650);
        let sentence = check(3651).unwrap_err().to_string();
        assert_eq!(
            sentence,
            "session_days: 3651 is out of range; give 1 to 3650 days"
        );
        assert!(milliseconds("x_ms", u64::MAX, 100..=200).is_err());
    }

    #[test]
    fn a_limit_of_zero_is_refused() {
        assert_eq!(limit("cards_per_day", u32::MAX).unwrap(), u32::MAX);
        let sentence = limit("cards_per_day", 0).unwrap_err().to_string();
        assert!(
            sentence.contains("no value turns this limit off"),
            "{sentence}"
        );
    }
}
