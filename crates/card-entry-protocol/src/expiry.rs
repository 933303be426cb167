//! When a card expires, and whether that is soon.
//!
//! Called by the wallet on screen for its badges. It has no clock: today is handed in.

use serde::{Deserialize, Serialize};

/// A day of the calendar, as the reader's clock shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarDate {
    /// Four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl CalendarDate {
    /// Days since 1 March 0000 (proleptic Gregorian), good for differences.
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

/// A month from 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct ExpMonth(u8);

/// A year of four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// How near a card's end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpiryState {
    /// More than 60 days left.
    Valid,
    /// 60 days or less left.
    Soon,
    /// The last day of its month has passed.
    Expired,
}

/// Judges an expiry on a day: a card is good through the last day of its month.
#[must_use]
pub fn expiry_state(month: ExpMonth, year: ExpYear, today: CalendarDate) -> ExpiryState {
    let first_bad = match month.0 {
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
    match first_bad.number() - today.number() {
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
    fn a_card_is_good_through_its_last_day() {
        assert_eq!(on(2026, 12, 31), ExpiryState::Soon);
        assert_eq!(on(2027, 1, 1), ExpiryState::Expired);
        assert_eq!(on(2026, 11, 2), ExpiryState::Soon);
        assert_eq!(on(2026, 11, 1), ExpiryState::Valid);
    }

    #[test]
    fn impossible_months_and_years_are_refused() {
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
