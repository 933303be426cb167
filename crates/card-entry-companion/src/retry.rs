//! How often and how long the companion retries before it reports a failure.
//!
//! Called by [`crate::entry`] and the adapters. Pure: time and randomness are passed in.

use crate::wallet::WalletError;

/// Tries of one call, all with the same idempotency key.
pub const REQUEST_ATTEMPTS: u32 = 3;
/// After this time a save is not tried again: the wallet is read instead, and the person is informed.
pub const SAVE_RETRY_TIMEOUT_MS: f64 = 20_000.0;
/// Reads of the wallet after an indeterminate answer: a card saved by a webhook can appear late.
pub const CHECK_ATTEMPTS: u32 = 5;
/// The time between two of these reads.
pub const CHECK_INTERVAL_MS: u32 = 1_000;
/// After this time no more reads are made: the person has a result within a minute.
pub const CHECK_TIMEOUT_MS: f64 = 40_000.0;
/// The longest `Retry-After` that is waited for; after a longer one the person is asked to try later.
pub const MAX_RETRY_AFTER_SECONDS: u32 = 60;
/// Answers 429 of one save that are waited for.
pub const MAX_RATE_LIMIT_WAITS: u32 = 3;
/// The wait after a 429 without `Retry-After`.
const DEFAULT_RETRY_AFTER_SECONDS: u32 = 5;
/// If the frame has sent nothing after this time, a load failure is reported.
pub const FRAME_LOAD_TIMEOUT_MS: u32 = 10_000;

/// The pause in milliseconds after `attempts_made` tries: 400, then 1200, …, each plus up to as much again, so that
/// many pages do not repeat their calls at the same moment. `random` is from 0 to 1.
///
/// ```
/// use card_entry_companion::retry::backoff_ms;
///
/// assert_eq!(backoff_ms(1, 0.0), 400);
/// assert_eq!(backoff_ms(2, 0.5), 1800);
/// ```
#[must_use]
pub fn backoff_ms(attempts_made: u32, random: f64) -> u32 {
    let base = 400_u32.saturating_mul(3_u32.saturating_pow(attempts_made.saturating_sub(1).min(4)));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to base
    let jitter = (f64::from(base) * random.clamp(0.0, 1.0)) as u32;
    base.saturating_add(jitter)
}

/// The error for a status that asks for a pause, `None` for other statuses. `retry_after` is the header in seconds.
/// With 429 the server did nothing. With `Retry-After`, 409 means that the same request is in progress, and 503 that it
/// may be: the same call gets its answer later. Without the header, 409 and 503 are refusals.
///
/// ```
/// use card_entry_companion::retry::retry_after_error;
/// use card_entry_companion::wallet::WalletError;
///
/// assert_eq!(retry_after_error(429, None), Some(WalletError::RateLimited(5)));
/// assert_eq!(retry_after_error(409, Some(2)), Some(WalletError::RetryAfter(2)));
/// assert_eq!(retry_after_error(409, None), None);
/// ```
#[must_use]
pub fn retry_after_error(status: u16, retry_after: Option<u32>) -> Option<WalletError> {
    let seconds = retry_after.map(|seconds| seconds.max(1));
    match status {
        429 => Some(WalletError::RateLimited(
            seconds.unwrap_or(DEFAULT_RETRY_AFTER_SECONDS),
        )),
        409 | 503 => seconds.map(WalletError::RetryAfter),
        _ => None,
    }
}

/// The pause in milliseconds before the same call is repeated: the `Retry-After` of the error, else [`backoff_ms`].
#[must_use]
pub fn retry_delay_ms(error: &WalletError, attempts_made: u32, random: f64) -> u32 {
    match error {
        WalletError::RetryAfter(seconds) => {
            seconds.min(&MAX_RETRY_AFTER_SECONDS).saturating_mul(1000)
        }
        _ => backoff_ms(attempts_made, random),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pauses_grow() {
        assert_eq!((backoff_ms(1, 0.0), backoff_ms(2, 0.0)), (400, 1200));
        assert_eq!(backoff_ms(1, 1.0), 800);
    }

    #[test]
    fn a_429_is_a_rate_limit_and_a_retry_after_is_a_request_in_progress() {
        use WalletError::{RateLimited, RetryAfter};
        for (status, retry_after, pause) in [
            (429, None, Some(RateLimited(DEFAULT_RETRY_AFTER_SECONDS))),
            (429, Some(0), Some(RateLimited(1))),
            (503, Some(30), Some(RetryAfter(30))),
            (503, None, None),
            (409, Some(2), Some(RetryAfter(2))),
            (409, None, None),
            (500, Some(30), None),
            (401, Some(30), None),
        ] {
            let asked = retry_after_error(status, retry_after);
            assert_eq!(asked, pause, "{status} {retry_after:?}");
        }
    }

    #[test]
    fn the_delay_is_the_retry_after_or_a_backoff() {
        assert_eq!(retry_delay_ms(&WalletError::RetryAfter(2), 1, 0.5), 2_000);
        assert_eq!(
            retry_delay_ms(&WalletError::RetryAfter(u32::MAX), 1, 0.5),
            60_000
        );
        assert_eq!(retry_delay_ms(&WalletError::Indeterminate, 2, 0.0), 1_200);
    }

    proptest! {
        #[test]
        fn pauses_stay_short(attempts_made: u32, random: f64) {
            prop_assert!((400..=64_800).contains(&backoff_ms(attempts_made, random)));
        }
    }
}
