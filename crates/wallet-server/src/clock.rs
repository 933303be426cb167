//! Time as the wallet keeps it: Unix seconds in the database, RFC 3339 in UTC on the wire.
//!
//! Called by the store and the routes. It never panics on a time out of range.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Seconds since 1970, UTC.
pub type Seconds = i64;

/// One minute.
pub const MINUTE: Seconds = 60;
/// One hour.
pub const HOUR: Seconds = 3600;
/// One day.
pub const DAY: Seconds = 24 * HOUR;

/// Now.
#[must_use]
pub fn now() -> Seconds {
    OffsetDateTime::now_utc().unix_timestamp()
}

/// Writes a moment as `2026-11-20T11:29:42Z`.
#[must_use]
pub fn rfc3339(at: Seconds) -> String {
    OffsetDateTime::from_unix_timestamp(at)
        .ok()
        .and_then(|t| t.format(&Rfc3339).ok())
        .unwrap_or_default()
}

/// Reads an RFC 3339 moment with any offset.
#[must_use]
pub fn parse(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn moments_are_written_as_the_vendor_writes_them() {
        assert_eq!(rfc3339(1_732_102_182), "2024-11-20T11:29:42Z");
        assert_eq!(rfc3339(i64::MAX), "");
    }

    #[test]
    fn people_read_their_own_offset() {
        let at = parse("2026-11-24T10:00:00-08:00").unwrap();
        assert_eq!(at.hour(), 10);
        assert_eq!(
            at.unix_timestamp(),
            parse("2026-11-24T18:00:00Z").unwrap().unix_timestamp()
        );
        assert!(parse("tomorrow").is_none());
    }
}
