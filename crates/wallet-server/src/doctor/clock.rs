//! The clock of this machine against the gateways', by the `Date` of their responses.
//!
//! Webhooks and signed requests are valid for some minutes, and sign-ins by this clock. A date has whole seconds, and the
//! response took its time: some seconds are no finding.

use time::PrimitiveDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

use super::report::DoctorReport;
use crate::clock::Seconds;

/// RFC 9110, 5.6.7: the only format that a sender may use.
const HTTP_DATE: &[BorrowedFormatItem<'static>] = format_description!(
    "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
);

/// From here on a clock is not synchronized.
const MAX_DIFFERENCE: Seconds = 30;

/// Webhooks whose time is so far away are refused.
const REFUSED_DIFFERENCE: Seconds = 300;

/// What the gateways' dates said so far.
#[derive(Debug, Default)]
pub(super) struct GatewayClock {
    /// The smallest distance, because a slow response makes it greater.
    ahead: Option<Seconds>,
}

/// A date as Unix seconds. `None`: it is not in the format of HTTP.
pub(super) fn parse_date(text: &str) -> Option<Seconds> {
    let date = PrimitiveDateTime::parse(text, HTTP_DATE).ok()?;
    Some(date.assume_utc().unix_timestamp())
}

impl GatewayClock {
    /// Takes note of one response.
    pub(super) fn observe(&mut self, ahead: Option<Seconds>) {
        let both = self.ahead.into_iter().chain(ahead);
        self.ahead = both.min_by_key(|difference| difference.abs());
    }

    pub(super) fn report(&self, report: &mut DoctorReport) {
        let Some(ahead) = self.ahead else {
            // No gateway answered, which is a finding of its own.
            return;
        };
        let side = if ahead > 0 { "ahead of" } else { "behind" };
        let distance = ahead.abs();
        let detail = format!("{distance} seconds {side} the gateway");
        let advice = "synchronize the clock (NTP): webhooks and signed requests are refused when it is five minutes off";
        if distance > REFUSED_DIFFERENCE {
            report.problem("clock", detail, advice);
        } else if distance > MAX_DIFFERENCE {
            report.warning("clock", detail, advice);
        } else {
            report.ok("clock", "agrees with the gateway's");
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::super::report::CheckStatus;
    use super::*;

    #[test]
    fn a_date_of_http_is_read() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(parse_date(date), Some(784_111_777));
        for wrong in ["", "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37"] {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_nearest_date_decides() {
        let status = |all: &[Option<Seconds>]| {
            let mut clock = GatewayClock::default();
            all.iter().for_each(|ahead| clock.observe(*ahead));
            let mut report = DoctorReport::default();
            clock.report(&mut report);
            report
                .checks
                .first()
                .map(|one| (one.status, one.detail.clone()))
        };
        assert_eq!(status(&[None]), None);
        assert_eq!(
            status(&[Some(400), Some(2), None]).unwrap().0,
            CheckStatus::Ok
        );
        let behind = (
            CheckStatus::Warning,
            "31 seconds behind the gateway".to_owned(),
        );
        assert_eq!(status(&[Some(-31)]), Some(behind));
        let ahead = (
            CheckStatus::Problem,
            "301 seconds ahead of the gateway".to_owned(),
        );
        assert_eq!(status(&[Some(301)]), Some(ahead));
    }
}
