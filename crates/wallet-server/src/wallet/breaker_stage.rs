//! Decides the stage of an account's breaker from the responses of issuers.
//!
//! Called by the circuit breaker after a decline. It is a pure function: the counts are passed in. The declines from one
//! network must never close an account, because one vandal could then do so with refused test cards: a network counts up
//! to [`MAX_PER_NETWORK`], and a stage needs declines from [`MIN_NETWORKS`].

use crate::config::Breaker;
use wallet_store::account_cooldowns::BreakerStage;
use wallet_store::issuer_responses::SourceResponses;

/// The number of declines, and of approvals, that count from one network. A person tries a card about three times.
const MAX_PER_NETWORK: u32 = 3;

/// The number of networks with a decline, without which no stage begins.
const MIN_NETWORKS: u32 = 3;

/// The strictest stage that the responses call for.
///
/// A network counts min(declined, 3) declines and min(approved, 3) approvals. The challenge begins at half of
/// `minimum`, and new owners are refused at `minimum`, if the share of declines is `percent`. Everybody is refused when
/// the cards of owners with a history alone reach `minimum` and `percent`: the others are refused before that.
pub(super) fn stage_of(breaker: &Breaker, sources: &[SourceResponses]) -> BreakerStage {
    let Some(minimum) = breaker.minimum else {
        return BreakerStage::Normal;
    };
    let half = Breaker {
        minimum: Some(minimum.div_ceil(2)),
        ..*breaker
    };
    let all = || sources.iter().map(|at| (at.approved, at.declined));
    let with_history = || {
        let counts = |at: &SourceResponses| (at.approved_with_history, at.declined_with_history);
        sources.iter().map(counts)
    };
    if trips(breaker, with_history()) {
        BreakerStage::AllRefused
    } else if trips(breaker, all()) {
        BreakerStage::NewRefused
    } else if trips(&half, all()) {
        BreakerStage::Challenge
    } else {
        BreakerStage::Normal
    }
}

/// Whether the breaker trips for these counts of approvals and declines, one pair for each network.
fn trips(breaker: &Breaker, counts: impl Iterator<Item = (u32, u32)>) -> bool {
    let (mut approved, mut declined, mut networks) = (0u32, 0u32, 0u32);
    for (approvals, declines) in counts {
        approved = approved.saturating_add(approvals.min(MAX_PER_NETWORK));
        declined = declined.saturating_add(declines.min(MAX_PER_NETWORK));
        networks = networks.saturating_add(declines.min(1));
    }
    networks >= MIN_NETWORKS && breaker.trips(approved.saturating_add(declined), declined)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn breaker(minimum: u32, percent: u8) -> Breaker {
        Breaker {
            window: 600,
            minimum: Some(minimum),
            percent,
            pause: 900,
            declines_per_intent: Some(3),
        }
    }

    fn declined(declined: u32, with_history: u32) -> SourceResponses {
        SourceResponses {
            declined,
            declined_with_history: with_history,
            ..SourceResponses::default()
        }
    }

    /// Counts of one network, of which any part belongs to owners with a history.
    fn source() -> impl Strategy<Value = SourceResponses> {
        let counts = (0u32..200, 0u32..200);
        counts.prop_flat_map(|(approved, declined)| {
            (0..=approved, 0..=declined).prop_map(move |(old_approved, old_declined)| {
                SourceResponses {
                    approved,
                    declined,
                    approved_with_history: old_approved,
                    declined_with_history: old_declined,
                }
            })
        })
    }

    #[test]
    fn the_stages_follow_each_other_as_networks_are_added() {
        let usual = breaker(20, 70);
        let stage = |networks| stage_of(&usual, &vec![declined(1, 0); networks]);
        assert_eq!(stage(9), BreakerStage::Normal);
        assert_eq!(stage(10), BreakerStage::Challenge);
        assert_eq!(stage(19), BreakerStage::Challenge);
        assert_eq!(stage(20), BreakerStage::NewRefused);
        assert_eq!(
            stage(10_000),
            BreakerStage::NewRefused,
            "new owners alone close nothing to those with a history"
        );
        let known = |networks| stage_of(&usual, &vec![declined(1, 1); networks]);
        assert_eq!(known(19), BreakerStage::Challenge);
        assert_eq!(known(20), BreakerStage::AllRefused);
        assert_eq!(
            stage_of(&usual, &[declined(3, 3); 7]),
            BreakerStage::AllRefused
        );
    }

    #[test]
    fn a_share_below_the_percentage_is_no_stage() {
        let paid = SourceResponses {
            approved: 1,
            ..SourceResponses::default()
        };
        let mut sources = vec![declined(1, 0); 30];
        sources.extend(vec![paid; 13]);
        assert_eq!(stage_of(&breaker(20, 70), &sources), BreakerStage::Normal);
        sources.pop();
        sources.pop();
        assert_eq!(
            stage_of(&breaker(20, 70), &sources),
            BreakerStage::NewRefused
        );
    }

    proptest! {
        #[test]
        fn one_or_two_networks_never_begin_a_stage(
            sources in prop::collection::vec(source(), 0..=2),
            minimum in 1u32..50,
            percent in 1u8..=100,
        ) {
            prop_assert_eq!(stage_of(&breaker(minimum, percent), &sources), BreakerStage::Normal);
        }

        #[test]
        fn more_declines_from_a_network_than_count_change_nothing(
            mut sources in prop::collection::vec(source(), 1..40),
            at in any::<prop::sample::Index>(),
            more in 0u32..1_000,
        ) {
            let breaker = breaker(20, 70);
            let before = stage_of(&breaker, &sources);
            let at = at.get_mut(&mut sources);
            if at.declined_with_history >= MAX_PER_NETWORK {
                at.declined += more;
                at.declined_with_history += more;
            } else if at.declined >= MAX_PER_NETWORK {
                at.declined += more;
            }
            prop_assert_eq!(stage_of(&breaker, &sources), before);
        }

        #[test]
        fn new_owners_alone_never_reach_the_last_stage(
            mut sources in prop::collection::vec(source(), 0..80),
        ) {
            for at in &mut sources {
                (at.approved_with_history, at.declined_with_history) = (0, 0);
            }
            prop_assert!(stage_of(&breaker(1, 1), &sources) <= BreakerStage::NewRefused);
        }

        #[test]
        fn a_decline_from_another_network_never_makes_the_stage_milder(
            mut sources in prop::collection::vec(source(), 0..80),
        ) {
            let breaker = breaker(20, 70);
            let before = stage_of(&breaker, &sources);
            sources.push(declined(1, 1));
            prop_assert!(stage_of(&breaker, &sources) >= before);
        }

        #[test]
        fn a_breaker_that_is_off_has_no_stage(sources in prop::collection::vec(source(), 0..80)) {
            let off = Breaker { minimum: None, ..breaker(20, 70) };
            prop_assert_eq!(stage_of(&off, &sources), BreakerStage::Normal);
        }
    }
}
