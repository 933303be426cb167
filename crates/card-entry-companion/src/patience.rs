//! How long and how often the companion tries before it says so.
//!
//! Called by [`crate::entry`] and the adapters. Pure: randomness and time are handed in.

use crate::wallet::WalletError;

/// Tries of one save, each with the same key.
pub const TRIES: u32 = 3;
/// No further try is begun after so many milliseconds: then it is looked up instead, and the person is told.
pub const PATIENCE: f64 = 20_000.0;
/// Reads of the wallet after an unclear answer, one second apart: a card saved by webhook can appear late.
pub const CHECKS: u32 = 5;
/// The time between two of those reads, milliseconds.
pub const CHECK_EVERY: u32 = 1_000;
/// Looking up ends after so many milliseconds, whatever the answers: within a minute the person knows.
pub const CHECK_PATIENCE: f64 = 40_000.0;
/// The longest pause a wallet may ask for that is waited for, seconds; after it the person is asked to come back.
pub const LONGEST_PAUSE: u32 = 60;
/// Pauses of one save.
pub const PAUSES: u32 = 3;
/// Seconds to wait when a 429 does not say how long.
const PAUSE: u32 = 5;
/// A frame that has not spoken after so many milliseconds is said not to load.
pub const SILENCE: u32 = 10_000;

/// The pause before try number `tries + 1`, milliseconds: 0.4 s, then 1.2 s, each plus up to as much again, so that many
/// pages do not come back at one moment. `dice` is from 0 to 1.
#[must_use]
pub fn backoff(tries: u32, dice: f64) -> u32 {
    let base = 400_u32.saturating_mul(3_u32.saturating_pow(tries.saturating_sub(1).min(4)));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to base
    let jitter = (f64::from(base) * dice.clamp(0.0, 1.0)) as u32;
    base.saturating_add(jitter)
}

/// How long a server asks to wait. With 429 it did nothing. With a time and 409 the same request is under way, with a
/// time and 503 it may be: asked again, it gets its answer. Without a time those two say no, and nothing.
#[must_use]
pub fn asked_pause(status: u16, retry_after: Option<u32>) -> Option<WalletError> {
    let seconds = retry_after.map(|seconds| seconds.max(1));
    match status {
        429 => Some(WalletError::TryLater(seconds.unwrap_or(PAUSE))),
        409 | 503 => seconds.map(WalletError::Wait),
        _ => None,
    }
}

/// The pause before the same call is made again, milliseconds: as long as was asked for, or a [`backoff`].
#[must_use]
pub fn pause_after(error: &WalletError, tries: u32, dice: f64) -> u32 {
    match error {
        WalletError::Wait(seconds) => seconds.min(&LONGEST_PAUSE).saturating_mul(1000),
        _ => backoff(tries, dice),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pauses_grow() {
        assert_eq!((backoff(1, 0.0), backoff(2, 0.0)), (400, 1200));
        assert_eq!(backoff(1, 1.0), 800);
    }

    #[test]
    fn who_is_too_busy_says_so_with_429_and_who_is_at_it_with_a_time() {
        use WalletError::{TryLater, Wait};
        for (status, retry_after, pause) in [
            (429, None, Some(TryLater(PAUSE))),
            (429, Some(0), Some(TryLater(1))),
            (503, Some(30), Some(Wait(30))),
            (503, None, None),
            (409, Some(2), Some(Wait(2))),
            (409, None, None),
            (500, Some(30), None),
            (401, Some(30), None),
        ] {
            let asked = asked_pause(status, retry_after);
            assert_eq!(asked, pause, "{status} {retry_after:?}");
        }
    }

    #[test]
    fn a_pause_is_as_long_as_was_asked_for() {
        assert_eq!(pause_after(&WalletError::Wait(2), 1, 0.5), 2_000);
        assert_eq!(pause_after(&WalletError::Wait(u32::MAX), 1, 0.5), 60_000);
        assert_eq!(pause_after(&WalletError::Unclear, 2, 0.0), 1_200);
    }

    proptest! {
        #[test]
        fn pauses_stay_short(tries: u32, dice: f64) {
            prop_assert!((400..=64_800).contains(&backoff(tries, dice)));
        }
    }
}
