//! A time on the studio's clock, as RFC 3339 with offset: `2026-11-24T10:30:00-08:00`.
//!
//! Called by page and server. It must never be converted to another time zone: an appointment is at the studio's time.

use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StudioTime {
    text: String,
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
}

/// Parses `length` ASCII digits at `at`.
fn digits(text: &str, at: usize, length: usize) -> Option<u16> {
    let part = text.get(at..at.checked_add(length)?)?;
    part.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| part.parse().ok())?
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_offset(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['+', '-']) else {
        return text == "Z";
    };
    let small = |at, below| digits(rest, at, 2).is_some_and(|n| n < below);
    rest.len() == 5 && rest.get(2..3) == Some(":") && small(0, 24) && small(3, 60)
}

impl StudioTime {
    /// Parses the format above, with `Z` or an offset, in whole seconds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const MARKS: [(usize, &str); 5] = [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")];
        if !MARKS
            .iter()
            .all(|&(at, mark)| text.get(at..at + 1) == Some(mark))
        {
            return None;
        }
        let two = |at: usize| digits(text, at, 2).and_then(|n| u8::try_from(n).ok());
        let (year, month, day) = (digits(text, 0, 4)?, two(5)?, two(8)?);
        let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
        let date = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        let clock = hour < 24 && minute < 60 && second < 60;
        (date && clock && is_offset(text.get(19..)?)).then(|| Self {
            text: text.to_owned(),
            year,
            month,
            day,
            hour,
            minute,
        })
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub fn date(&self) -> &str {
        self.text.get(..10).unwrap_or_default()
    }

    /// `10:30`, in 24 hours.
    #[must_use]
    pub fn clock(&self) -> &str {
        self.text.get(11..16).unwrap_or_default()
    }

    /// Day of the month, from 1.
    #[must_use]
    pub fn day(&self) -> u8 {
        self.day
    }

    #[must_use]
    pub fn month0(&self) -> usize {
        usize::from(self.month.saturating_sub(1))
    }

    #[must_use]
    pub fn hour_and_minute(&self) -> (u8, u8) {
        (self.hour, self.minute)
    }

    /// Day of the week, 0 for Sunday, by Sakamoto's method (Gregorian calendar).
    #[must_use]
    pub fn weekday0(&self) -> usize {
        const SHIFT: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = u32::from(self.year) + 400 - u32::from(self.month < 3);
        let shift = SHIFT.get(self.month0()).copied().unwrap_or(0);
        let sum = year + year / 4 - year / 100 + year / 400 + shift + u32::from(self.day);
        usize::try_from(sum % 7).unwrap_or(0)
    }
}

impl core::fmt::Debug for StudioTime {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for StudioTime {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a time with its offset")
    }
}

impl From<StudioTime> for String {
    fn from(time: StudioTime) -> Self {
        time.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_in_the_studios_time() {
        let at = StudioTime::parse("2026-11-24T10:30:00-08:00").unwrap();
        assert_eq!((at.date(), at.clock()), ("2026-11-24", "10:30"));
        assert_eq!((at.day(), at.month0(), at.weekday0()), (24, 10, 2));
        assert_eq!(at.hour_and_minute(), (10, 30));
    }

    #[test]
    fn weekdays_match_the_calendar() {
        for (date, weekday) in [
            ("2000-01-01", 6),
            ("2024-02-29", 4),
            ("2026-11-21", 6),
            ("2027-01-01", 5),
            ("2100-03-01", 1),
            ("0000-01-01", 6),
        ] {
            let at = StudioTime::parse(&format!("{date}T00:00:00Z")).unwrap();
            assert_eq!(at.weekday0(), weekday, "{date}");
        }
    }

    #[test]
    fn malformed_times_are_refused() {
        for text in [
            "",
            "2026-11-24",
            "2026-11-24T10:30:00",
            "2026-11-24 10:30:00Z",
            "2026-02-29T10:30:00Z",
            "2026-13-01T10:30:00Z",
            "2026-00-01T10:30:00Z",
            "2026-11-31T10:30:00Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T10:60:00Z",
            "2026-11-24T10:30:60Z",
            "2026-11-24T10:30:00.5Z",
            "2026-11-24T10:30:00+8:00",
            "2026-11-24T10:30:00-08:00 ",
            "2026-11-24T10:30:00-08-00",
            "+026-11-24T10:30:00Z",
            "２０２６-11-24T10:30:00Z",
            "2026-11-24T10:30:00é",
            "é",
        ] {
            assert!(StudioTime::parse(text).is_none(), "{text}");
        }
    }
}
