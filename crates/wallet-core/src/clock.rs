//! Times: Unix seconds in the database, RFC 3339 in UTC on the wire.
//!
//! Called by the store and the routes. It must never panic on a time out of range.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A Unix time, or a duration, in seconds.
pub type Seconds = i64;

/// The seconds of a minute.
/// One minute, in seconds.
pub const MINUTE: Seconds = 60;
/// The seconds of an hour.
/// One hour, in seconds.
pub const HOUR: Seconds = 3600;
/// The seconds of a day.
/// One day, in seconds.
pub const DAY: Seconds = 24 * HOUR;

/// The current Unix time in seconds.
#[must_use]
pub fn now() -> Seconds {
    OffsetDateTime::now_utc().unix_timestamp()
}

/// Formats a Unix time as `2026-11-20T11:29:42Z`. The text is empty for a time out of range.
#[must_use]
pub fn rfc3339(at: Seconds) -> String {
    OffsetDateTime::from_unix_timestamp(at)
        .ok()
        .and_then(|t| t.format(&Rfc3339).ok())
        .unwrap_or_default()
}

/// Parses an RFC 3339 time with any offset.
#[must_use]
pub fn parse(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn times_are_formatted_as_the_vendor_does() {
        assert_eq!(rfc3339(1_732_102_182), "2024-11-20T11:29:42Z");
        assert_eq!(rfc3339(i64::MAX), "");
    }

    #[test]
    fn a_parsed_time_keeps_its_offset() {
        let at = parse("2026-11-24T10:00:00-08:00").unwrap();
        assert_eq!(at.hour(), 10);
        assert_eq!(
            at.unix_timestamp(),
            parse("2026-11-24T18:00:00Z").unwrap().unix_timestamp()
        );
        assert!(parse("tomorrow").is_none());
    }
}
