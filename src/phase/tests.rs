//! Property tests of the state machine with random orders of events.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy)]
enum PhaseEvent {
    Fields,
    GiveUp(FrameErrorCode),
    Retry,
    Recover,
    Press(u32),
    Enter(usize, SaveStage),
    End(usize, bool),
    Reset,
    Late,
}

const STAGES: [SaveStage; 5] = [
    SaveStage::Saving,
    SaveStage::Confirming,
    SaveStage::Challenge,
    SaveStage::Submitting,
    SaveStage::Checking,
];

fn event() -> impl Strategy<Value = PhaseEvent> {
    prop_oneof![
        2 => Just(PhaseEvent::Fields),
        1 => (0..FrameErrorCode::ALL.len()).prop_map(|i| PhaseEvent::GiveUp(FrameErrorCode::ALL[i])),
        1 => Just(PhaseEvent::Retry),
        1 => Just(PhaseEvent::Recover),
        6 => (0u32..5).prop_map(PhaseEvent::Press),
        6 => (0usize..4, 0usize..5).prop_map(|(t, s)| PhaseEvent::Enter(t, STAGES[s])),
        4 => (0usize..4, any::<bool>()).prop_map(|(t, saved)| PhaseEvent::End(t, saved)),
        1 => Just(PhaseEvent::Reset),
        1 => Just(PhaseEvent::Late),
    ]
}

/// Applies the events and stores each guard until it is used. Returns how often each attempt ended.
fn run(events: &[PhaseEvent]) -> (Progress, BTreeMap<Attempt, u32>) {
    let mut progress = Progress::new();
    let mut guards: Vec<SaveGuard> = Vec::new();
    let mut ends = BTreeMap::new();
    for event in events {
        let before = progress.clone();
        let moved = match *event {
            PhaseEvent::Fields => progress.mark_ready(),
            PhaseEvent::GiveUp(code) => progress.mark_unusable(code),
            PhaseEvent::Retry => progress.retry(),
            PhaseEvent::Recover => progress.recover(),
            PhaseEvent::Press(min_attempt) => {
                let busy = matches!(before.phase, Phase::Busy(_));
                let guard = progress.start_save(Attempt(min_attempt));
                assert!(guard.is_none() || !busy, "two saves at once");
                let moved = guard.is_some();
                if let Some(guard) = guard {
                    assert!(
                        guard.attempt() > before.last_attempt,
                        "an attempt came twice"
                    );
                    guards.push(guard);
                }
                moved
            }
            PhaseEvent::Enter(at, stage) => guards
                .get(at)
                .is_some_and(|guard| progress.enter_stage(guard, stage)),
            PhaseEvent::End(at, saved) if at < guards.len() => {
                let guard = guards.remove(at);
                let attempt = guard.attempt();
                let outcome = if saved {
                    SaveOutcome::Saved
                } else {
                    SaveOutcome::NotSaved(SaveError::NoAnswer)
                };
                let ended = progress.end_save(guard, outcome);
                *ends.entry(attempt).or_default() += u32::from(ended);
                ended
            }
            PhaseEvent::End(..) => false,
            PhaseEvent::Reset => progress.reset(),
            PhaseEvent::Late => progress.mark_late(),
        };
        assert_eq!(
            moved,
            progress != before || (moved && matches!(event, PhaseEvent::Reset)),
            "{event:?} lied"
        );
    }
    (progress, ends)
}

proptest! {
    #[test]
    fn no_order_of_events_saves_twice_at_once_or_ends_an_attempt_twice(events in prop::collection::vec(event(), 0..80)) {
        let (_, ends) = run(&events);
        prop_assert!(ends.values().all(|count| *count <= 1));
    }

    #[test]
    fn every_phase_can_be_left(events in prop::collection::vec(event(), 0..40)) {
        let (progress, _) = run(&events);
        let phase = progress.phase().clone();
        let left = |go: &dyn Fn(&mut Progress) -> bool| {
            let mut copy = progress.clone();
            go(&mut copy) && *copy.phase() != phase
        };
        let leaves = left(&Progress::mark_ready)
            || left(&Progress::retry)
            || left(&Progress::recover)
            || left(&|p| p.start_save(Attempt(0)).is_some())
            || left(&|p| p.end_save(SaveGuard(p.last_attempt), SaveOutcome::Saved))
            || left(&Progress::reset)
            // Wrong settings stay wrong until the page is loaded with other ones.
            || matches!(phase, Phase::Unusable(code) if !code.can_retry());
        prop_assert!(leaves, "{phase:?}");
    }
}

#[test]
fn twenty_presses_are_one_save() {
    let mut progress = Progress::new();
    assert!(
        progress.start_save(Attempt(0)).is_none(),
        "not before the fields are there"
    );
    progress.mark_ready();
    let guards: Vec<SaveGuard> = (0..20)
        .filter_map(|_| progress.start_save(Attempt(0)))
        .collect();
    assert_eq!(guards.len(), 1);
    assert_eq!(guards[0].attempt(), Attempt(1));
}

#[test]
fn a_save_goes_its_way() {
    let mut progress = Progress::new();
    progress.mark_ready();
    let guard = progress.start_save(Attempt(0)).unwrap();
    assert!(
        !progress.enter_stage(&guard, SaveStage::Challenge),
        "3DS before confirming"
    );
    for stage in [
        SaveStage::Confirming,
        SaveStage::Challenge,
        SaveStage::Confirming,
        SaveStage::Submitting,
        SaveStage::Checking,
    ] {
        assert!(progress.enter_stage(&guard, stage), "{stage:?}");
        assert!(!progress.mark_unusable(FrameErrorCode::FieldFailed));
    }
    assert!(progress.end_save(guard, SaveOutcome::Saved));
    assert_eq!(progress.phase(), &Phase::Saved);
    assert!(
        progress.start_save(Attempt(0)).is_none(),
        "a saved card is not saved again"
    );
    assert!(progress.reset() && progress.start_save(Attempt(0)).is_some());
}

#[test]
fn a_reset_check_cannot_end_what_came_after() {
    let mut progress = Progress::new();
    progress.mark_ready();
    let first = progress.start_save(Attempt(0)).unwrap();
    progress.enter_stage(&first, SaveStage::Submitting);
    assert!(!progress.reset(), "not while the parent is saving");
    progress.enter_stage(&first, SaveStage::Checking);
    assert!(progress.reset());
    let second = progress.start_save(Attempt(7)).unwrap();
    assert_eq!(second.attempt(), Attempt(7));
    assert!(!progress.end_save(first, SaveOutcome::Saved));
    assert_eq!(progress.phase(), &Phase::Busy(SaveStage::Saving));
}

#[test]
fn a_warning_begins_no_save_and_ends_none() {
    let mut progress = Progress::new();
    assert!(!progress.warn(SaveError::Unseen));
    progress.mark_ready();
    assert!(progress.warn(SaveError::Unseen));
    let guard = progress.start_save(Attempt(0)).unwrap();
    assert!(!progress.warn(SaveError::Unseen));
    assert!(progress.end_save(guard, SaveOutcome::Saved));
}

#[test]
fn only_what_waits_is_late() {
    let mut progress = Progress::new();
    assert!(progress.mark_late() && !progress.mark_late());
    assert!(progress.mark_ready() && !progress.is_late());
    assert!(!progress.mark_late() && !progress.is_late());
}

#[test]
fn what_only_the_parent_can_mend_is_left_by_its_word_and_by_nothing_else() {
    for code in FrameErrorCode::ALL {
        let mut progress = Progress::new();
        assert!(progress.mark_unusable(*code));
        assert_eq!(
            progress.recover(),
            code.parent_can_resolve(),
            "{}",
            code.as_str()
        );
        let phase = if code.parent_can_resolve() {
            Phase::Loading
        } else {
            Phase::Unusable(*code)
        };
        assert_eq!(*progress.phase(), phase);
    }
}
