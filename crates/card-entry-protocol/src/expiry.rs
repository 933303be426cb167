//! When a card expires, and whether that is within 60 days.
//!
//! The companion's wallet view calls it for its badges. It must never read a clock: the caller passes today's date.

use serde::{Deserialize, Serialize};

/// A date in the person's own time zone (Gregorian calendar).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarDate {
    /// The year, four digits, e.g. 2026.
    pub year: u16,
    /// The month, from 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl CalendarDate {
    /// Days since 1 March 0000 (proleptic Gregorian), for differences of dates.
    fn number(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month > 2 {
            (year, month - 3)
        } else {
            (year - 1, month + 9)
        };
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + i64::from(self.day)
    }
}

/// The expiry month of a card, a whole number from 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(inline, extend("minimum" = 1, "maximum" = 12)))]
#[serde(try_from = "u16", into = "u16")]
pub struct ExpMonth(u8);

/// The expiry year of a card, a whole number of four digits, e.g. 2030.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema), schemars(inline, extend("minimum" = 1000, "maximum" = 9999)))]
#[serde(try_from = "u16", into = "u16")]
pub struct ExpYear(u16);

impl TryFrom<u16> for ExpMonth {
    type Error = &'static str;
    fn try_from(month: u16) -> Result<Self, Self::Error> {
        match u8::try_from(month) {
            Ok(month @ 1..=12) => Ok(Self(month)),
            _ => Err("not a month"),
        }
    }
}

impl From<ExpMonth> for u16 {
    fn from(month: ExpMonth) -> Self {
        Self::from(month.0)
    }
}

impl TryFrom<u16> for ExpYear {
    type Error = &'static str;
    fn try_from(year: u16) -> Result<Self, Self::Error> {
        if (1000..=9999).contains(&year) {
            Ok(Self(year))
        } else {
            Err("not a year of four digits")
        }
    }
}

impl From<ExpYear> for u16 {
    fn from(year: ExpYear) -> Self {
        year.0
    }
}

/// Whether a card has expired, or will within 60 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpiryState {
    /// The card is valid for more than 60 days.
    Valid,
    /// The card expires within 60 days.
    Soon,
    /// The last day of the expiry month has passed.
    Expired,
}

/// Compares the expiry of a card with today's date. A card is valid through the last day of its expiry month.
///
/// ```
/// use card_entry_protocol::expiry::{CalendarDate, ExpMonth, ExpYear, ExpiryState, expiry_state};
///
/// let (month, year) = (ExpMonth::try_from(12)?, ExpYear::try_from(2026)?);
/// let today = CalendarDate { year: 2026, month: 12, day: 31 };
/// assert_eq!(expiry_state(month, year, today), ExpiryState::Soon);
/// # Ok::<(), &'static str>(())
/// ```
#[must_use]
pub fn expiry_state(month: ExpMonth, year: ExpYear, today: CalendarDate) -> ExpiryState {
    let first_expired = match month.0 {
        12 => CalendarDate {
            year: year.0.saturating_add(1),
            month: 1,
            day: 1,
        },
        month => CalendarDate {
            year: year.0,
            month: month + 1,
            day: 1,
        },
    };
    match first_expired.number() - today.number() {
        ..=0 => ExpiryState::Expired,
        1..=60 => ExpiryState::Soon,
        _ => ExpiryState::Valid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(year: u16, month: u8, day: u8) -> ExpiryState {
        let (exp_month, exp_year) = (
            ExpMonth::try_from(12).unwrap(),
            ExpYear::try_from(2026).unwrap(),
        );
        expiry_state(exp_month, exp_year, CalendarDate { year, month, day })
    }

    #[test]
    fn a_card_is_valid_through_the_last_day_of_its_month() {
        assert_eq!(on(2026, 12, 31), ExpiryState::Soon);
        assert_eq!(on(2027, 1, 1), ExpiryState::Expired);
        assert_eq!(on(2026, 11, 2), ExpiryState::Soon);
        assert_eq!(on(2026, 11, 1), ExpiryState::Valid);
    }

    #[test]
    fn refuses_impossible_months_and_years() {
        for month in [0u16, 13, 255, 256, 1000] {
            assert!(ExpMonth::try_from(month).is_err(), "{month}");
        }
        for year in [0u16, 26, 999, 10_000] {
            assert!(ExpYear::try_from(year).is_err(), "{year}");
        }
        for json in ["0", "13", "1.5", "\"1\"", "null", "-1", "1e999"] {
            assert!(serde_json::from_str::<ExpMonth>(json).is_err(), "{json}");
        }
    }
}
