//! When a failed job is tried again, and when it is given up: exponential back-off with full jitter. Without jitter, all
//! jobs that failed in one outage would come back to the gateway together.
//!
//! Called when a job failed. Pure: the randomness is passed in.

use crate::clock::{HOUR, Seconds};

/// No retry comes earlier. The gateway's client has tried three times by then.
const MIN_RETRY_DELAY: Seconds = 2;

/// The greatest delay before the first retry. It doubles with every failure.
const FIRST_MAX_RETRY_DELAY: Seconds = 3;

/// No retry comes later, so that a gateway that is back is used within an hour.
const MAX_RETRY_DELAY: Seconds = HOUR;

/// A job that failed so often is dead. With these delays that is after three days on average.
pub(super) const MAX_ATTEMPTS: u32 = 150;

/// The delay before the next try of a job that failed `attempts` times before: any whole number of seconds from
/// `MIN_RETRY_DELAY` to a maximum that doubles from `FIRST_MAX_RETRY_DELAY` to `MAX_RETRY_DELAY`, each as likely as another.
/// `random` is any number.
pub(super) fn retry_delay(attempts: u32, random: u64) -> Seconds {
    let doubled = FIRST_MAX_RETRY_DELAY << attempts.min(20);
    let range = doubled.min(MAX_RETRY_DELAY) - MIN_RETRY_DELAY + 1;
    let share = random % range.unsigned_abs();
    MIN_RETRY_DELAY + Seconds::try_from(share).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;
    use proptest::prelude::*;

    #[test]
    fn the_maximum_doubles_up_to_an_hour() {
        let greatest = |attempts| (0..3600).map(|random| retry_delay(attempts, random)).max();
        let maxima = [0, 1, 2, 10, 11, 150, u32::MAX].map(greatest);
        assert_eq!(maxima, [3, 6, 12, 3072, 3600, 3600, 3600].map(Some));
    }

    #[test]
    fn a_job_dies_after_three_days_on_average() {
        let mean = |attempts| {
            let delays = (0..3599).map(|random| retry_delay(attempts, random));
            delays.sum::<Seconds>() / 3599
        };
        let life: Seconds = (0..MAX_ATTEMPTS - 1).map(mean).sum();
        assert!((DAY * 27 / 10..DAY * 33 / 10).contains(&life), "{life} s");
    }

    proptest! {
        #[test]
        fn every_delay_is_in_its_bounds(attempts: u32, random: u64) {
            let delay = retry_delay(attempts, random);
            let ceiling = 3i64.saturating_mul(1 << attempts.min(30)).min(3600);
            prop_assert!((2..=ceiling).contains(&delay), "{delay}");
        }

        #[test]
        fn every_delay_in_the_bounds_occurs(attempts in 0u32..200, pick: u64) {
            let ceiling = (3i64 << attempts.min(20)).min(3600);
            let wanted = 2 + i64::try_from(pick % (ceiling as u64 - 1)).unwrap_or_default();
            let random = (wanted - 2).unsigned_abs();
            prop_assert_eq!(retry_delay(attempts, random), wanted);
        }
    }
}
