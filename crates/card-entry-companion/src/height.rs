//! The height of the iframe: limited to a range, and changed ten times a second at most.
//!
//! Called by [`crate::frame`] for every height that the frame requests. Pure: the time is passed in. It must never let
//! a
//! frame push the rest of its page around.

/// The minimum height in CSS pixels: a button and a line of text.
pub const MIN_HEIGHT_PX: u32 = 80;
/// The maximum height in CSS pixels: the longest form, with every field, error and consent text, at 400 % zoom.
pub const MAX_HEIGHT_PX: u32 = 2000;
/// The minimum height in CSS pixels while a challenge of the bank is open. The largest window of 3-D Secure 2, except
/// full screen, is 500 x 600; common ones are 400 high.
/// See <https://docs.stripe.com/payments/3d-secure/authentication-flow>.
pub const CHALLENGE_HEIGHT_PX: u32 = 600;
/// The minimum width in CSS pixels while a challenge is open; never more than the window has.
pub const CHALLENGE_WIDTH_PX: u32 = 400;
/// The shortest time between two changes of the layout.
const MIN_LAYOUT_INTERVAL_MS: f64 = 100.0;

/// What to do with the iframe now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeightChange {
    /// Set this height, in CSS pixels.
    Apply(u32),
    /// Call [`HeightThrottle::poll`] again after this many milliseconds.
    Wait(u32),
    /// The iframe has the right height already.
    Unchanged,
}

/// Decides when the iframe changes its height.
///
/// ```
/// use card_entry_companion::height::{HeightChange, HeightThrottle};
///
/// let mut throttle = HeightThrottle::default();
/// assert_eq!(throttle.request(300, 0.0), HeightChange::Apply(300));
/// assert_eq!(throttle.request(320, 40.0), HeightChange::Wait(60));
/// assert_eq!(throttle.poll(100.0), HeightChange::Apply(320));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct HeightThrottle {
    applied: Option<u32>,
    applied_at: f64,
    wanted: u32,
    challenge: bool,
}

impl HeightThrottle {
    /// The frame requests a height in CSS pixels. `now` is in milliseconds, as `Date.now()`.
    pub fn request(&mut self, height: u32, now: f64) -> HeightChange {
        self.wanted = height.clamp(MIN_HEIGHT_PX, MAX_HEIGHT_PX);
        self.poll(now)
    }

    /// A challenge opened (`true`) or closed (`false`). `now` is in milliseconds.
    pub fn challenge(&mut self, open: bool, now: f64) -> HeightChange {
        self.challenge = open;
        self.poll(now)
    }

    /// What to do now. `now` is in milliseconds.
    pub fn poll(&mut self, now: f64) -> HeightChange {
        let mut goal = self.wanted.max(MIN_HEIGHT_PX);
        if self.challenge {
            goal = goal.max(CHALLENGE_HEIGHT_PX).max(self.applied.unwrap_or(0));
        }
        if self.applied == Some(goal) {
            return HeightChange::Unchanged;
        }
        let since = now - self.applied_at;
        if self.applied.is_some() && (0.0..MIN_LAYOUT_INTERVAL_MS).contains(&since) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 < x <= 100
            return HeightChange::Wait((MIN_LAYOUT_INTERVAL_MS - since).ceil() as u32);
        }
        self.applied = Some(goal);
        self.applied_at = now;
        HeightChange::Apply(goal)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn heights_are_clamped() {
        let mut throttle = HeightThrottle::default();
        assert_eq!(throttle.request(0, 0.0), HeightChange::Apply(MIN_HEIGHT_PX));
        assert_eq!(
            throttle.request(1_000_000_000, 1000.0),
            HeightChange::Apply(MAX_HEIGHT_PX)
        );
        assert_eq!(
            throttle.request(MAX_HEIGHT_PX, 2000.0),
            HeightChange::Unchanged
        );
    }

    #[test]
    fn a_challenge_enlarges_the_frame_and_never_shrinks_it() {
        let mut throttle = HeightThrottle::default();
        throttle.request(300, 0.0);
        assert_eq!(
            throttle.challenge(true, 200.0),
            HeightChange::Apply(CHALLENGE_HEIGHT_PX)
        );
        assert_eq!(throttle.request(900, 400.0), HeightChange::Apply(900));
        assert_eq!(throttle.request(100, 600.0), HeightChange::Unchanged);
        assert_eq!(throttle.challenge(false, 800.0), HeightChange::Apply(100));
    }

    #[test]
    fn the_last_height_wins_after_the_wait() {
        let mut throttle = HeightThrottle::default();
        throttle.request(300, 0.0);
        assert_eq!(throttle.request(310, 20.0), HeightChange::Wait(80));
        assert_eq!(throttle.request(320, 99.5), HeightChange::Wait(1));
        assert_eq!(throttle.poll(100.0), HeightChange::Apply(320));
    }

    #[test]
    fn a_clock_set_back_never_blocks() {
        let mut throttle = HeightThrottle::default();
        throttle.request(300, 10_000.0);
        assert_eq!(throttle.request(400, 5.0), HeightChange::Apply(400));
    }

    proptest! {
        #[test]
        fn never_more_than_ten_a_second(heights in proptest::collection::vec((any::<u32>(), 0u8..20, any::<bool>()), 0..300)) {
            let (mut throttle, mut now) = (HeightThrottle::default(), 0.0);
            let mut applied: Vec<f64> = Vec::new();
            for (height, step, challenge) in heights {
                now += f64::from(step);
                let changes = [throttle.challenge(challenge, now), throttle.request(height, now)];
                for change in changes {
                    if let HeightChange::Apply(height) = change {
                        prop_assert!((MIN_HEIGHT_PX..=MAX_HEIGHT_PX).contains(&height));
                        applied.push(now);
                    }
                }
            }
            prop_assert!(applied.windows(2).all(|pair| pair[1] - pair[0] >= MIN_LAYOUT_INTERVAL_MS));
        }
    }
}
