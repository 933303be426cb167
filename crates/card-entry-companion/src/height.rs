//! The iframe's height: clamped, and changed at most ten times a second.
//!
//! Called by [`crate::frame`] for every height the frame asks for. It has no clock: the time is handed in. It must
//! never let a frame push its page around.

/// The least height, CSS pixels: a button and a line of text.
pub const LEAST: u32 = 80;
/// The greatest height, CSS pixels: the longest form with every field, error and consent sentence at 400 % zoom.
pub const MOST: u32 = 2000;
/// The height while a bank's challenge is open, CSS pixels: the largest window of 3DS 2 but full screen is 500 x 600,
/// and its common ones are 400 high and more. See <https://docs.stripe.com/payments/3d-secure/authentication-flow>.
pub const CHALLENGE: u32 = 600;
/// The width while a challenge is open, CSS pixels; never more than the window has.
pub const CHALLENGE_WIDTH: u32 = 400;
/// The time between two changes of layout, milliseconds: ten a second.
const PACE: f64 = 100.0;

/// What to do with the iframe now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Set this height, CSS pixels.
    Apply(u32),
    /// Ask again in so many milliseconds.
    Wait(u32),
    /// Nothing to do.
    Still,
}

/// Decides when the iframe changes its height.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pacer {
    applied: Option<u32>,
    applied_at: f64,
    wanted: u32,
    challenge: bool,
}

impl Pacer {
    /// The frame wants a height, CSS pixels, at a time in milliseconds.
    pub fn want(&mut self, height: u32, now: f64) -> Pace {
        self.wanted = height.clamp(LEAST, MOST);
        self.due(now)
    }

    /// A challenge opened or closed.
    pub fn challenge(&mut self, open: bool, now: f64) -> Pace {
        self.challenge = open;
        self.due(now)
    }

    /// What is to be done at this time.
    pub fn due(&mut self, now: f64) -> Pace {
        let mut goal = self.wanted.max(LEAST);
        if self.challenge {
            goal = goal.max(CHALLENGE).max(self.applied.unwrap_or(0));
        }
        if self.applied == Some(goal) {
            return Pace::Still;
        }
        let since = now - self.applied_at;
        if self.applied.is_some() && (0.0..PACE).contains(&since) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 < x <= 100
            return Pace::Wait((PACE - since).ceil() as u32);
        }
        self.applied = Some(goal);
        self.applied_at = now;
        Pace::Apply(goal)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn heights_are_clamped() {
        let mut pacer = Pacer::default();
        assert_eq!(pacer.want(0, 0.0), Pace::Apply(LEAST));
        assert_eq!(pacer.want(1_000_000_000, 1000.0), Pace::Apply(MOST));
        assert_eq!(pacer.want(MOST, 2000.0), Pace::Still);
    }

    #[test]
    fn a_challenge_gives_room_and_never_shrinks() {
        let mut pacer = Pacer::default();
        pacer.want(300, 0.0);
        assert_eq!(pacer.challenge(true, 200.0), Pace::Apply(CHALLENGE));
        assert_eq!(pacer.want(900, 400.0), Pace::Apply(900));
        assert_eq!(pacer.want(100, 600.0), Pace::Still);
        assert_eq!(pacer.challenge(false, 800.0), Pace::Apply(100));
    }

    #[test]
    fn the_last_height_wins_after_the_wait() {
        let mut pacer = Pacer::default();
        pacer.want(300, 0.0);
        assert_eq!(pacer.want(310, 20.0), Pace::Wait(80));
        assert_eq!(pacer.want(320, 99.5), Pace::Wait(1));
        assert_eq!(pacer.due(100.0), Pace::Apply(320));
    }

    #[test]
    fn a_clock_set_back_never_blocks() {
        let mut pacer = Pacer::default();
        pacer.want(300, 10_000.0);
        assert_eq!(pacer.want(400, 5.0), Pace::Apply(400));
    }

    proptest! {
        #[test]
        fn never_more_than_ten_a_second(heights in proptest::collection::vec((any::<u32>(), 0u8..20, any::<bool>()), 0..300)) {
            let (mut pacer, mut now) = (Pacer::default(), 0.0);
            let mut applied: Vec<f64> = Vec::new();
            for (height, step, challenge) in heights {
                now += f64::from(step);
                let paces = [pacer.challenge(challenge, now), pacer.want(height, now)];
                for pace in paces {
                    if let Pace::Apply(height) = pace {
                        prop_assert!((LEAST..=MOST).contains(&height));
                        applied.push(now);
                    }
                }
            }
            prop_assert!(applied.windows(2).all(|pair| pair[1] - pair[0] >= PACE));
        }
    }
}
