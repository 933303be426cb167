//! The expiry month of a card. A card is valid through the last day of that month.
//!
//! Called where a card is saved and where a deletion block needs one. It must never read the clock: the time is passed in.

use time::OffsetDateTime;

/// A month of a year. Its order is that of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearMonth {
    year: i32,
    month: u8,
}

impl YearMonth {
    /// The expiry month of a card, from the gateway's numbers.
    #[must_use]
    pub fn of_card(month: u16, year: u16) -> Self {
        Self {
            year: i32::from(year),
            month: u8::try_from(month).unwrap_or(12).clamp(1, 12),
        }
    }

    /// The month of a time, in the offset of that time.
    #[must_use]
    pub fn of(moment: OffsetDateTime) -> Self {
        Self {
            year: moment.year(),
            month: moment.month().into(),
        }
    }

    /// The month that is `months` later.
    #[must_use]
    pub fn plus(self, months: u8) -> Self {
        let all = i32::from(self.month) - 1 + i32::from(months);
        Self {
            year: self.year.saturating_add(all / 12),
            month: u8::try_from(all % 12 + 1).unwrap_or(12),
        }
    }
}

/// Writes the month as `03/2027`.
impl core::fmt::Display for YearMonth {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:02}/{:04}", self.month, self.year)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::clock::parse;

    #[test]
    fn adding_months_changes_the_year() {
        let november = YearMonth::of_card(11, 2026);
        assert_eq!(november.plus(0), november);
        assert_eq!(november.plus(1).to_string(), "12/2026");
        assert_eq!(november.plus(2).to_string(), "01/2027");
        assert_eq!(november.plus(26).to_string(), "01/2029");
        assert!(november < november.plus(1) && november.plus(2) > YearMonth::of_card(12, 2026));
    }

    #[test]
    fn the_month_of_a_time_is_that_of_its_own_offset() {
        let late = parse("2026-12-01T00:30:00+02:00").unwrap();
        assert_eq!(YearMonth::of(late), YearMonth::of_card(12, 2026));
        let same = parse("2026-11-30T22:30:00Z").unwrap();
        assert_eq!(YearMonth::of(same), YearMonth::of_card(11, 2026));
    }
}
