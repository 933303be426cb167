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
    MarkReady,
    MarkUnusable(FrameErrorCode),
    Retry,
    Recover,
    StartSave(u32),
    EnterStage(usize, SaveStage),
    EndSave(usize, bool),
    Reset,
    MarkLate,
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
        2 => Just(PhaseEvent::MarkReady),
        1 => (0..FrameErrorCode::ALL.len()).prop_map(|i| PhaseEvent::MarkUnusable(FrameErrorCode::ALL[i])),
        1 => Just(PhaseEvent::Retry),
        1 => Just(PhaseEvent::Recover),
        6 => (0u32..5).prop_map(PhaseEvent::StartSave),
        6 => (0usize..4, 0usize..5).prop_map(|(t, s)| PhaseEvent::EnterStage(t, STAGES[s])),
        4 => (0usize..4, any::<bool>()).prop_map(|(t, saved)| PhaseEvent::EndSave(t, saved)),
        1 => Just(PhaseEvent::Reset),
        1 => Just(PhaseEvent::MarkLate),
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
            PhaseEvent::MarkReady => progress.mark_ready(),
            PhaseEvent::MarkUnusable(code) => progress.mark_unusable(code),
            PhaseEvent::Retry => progress.retry(),
            PhaseEvent::Recover => progress.recover(),
            PhaseEvent::StartSave(min_attempt) => {
                let busy = matches!(before.phase, Phase::Busy(_));
                let guard = progress.start_save(Attempt(min_attempt));
                assert!(guard.is_none() || !busy, "two saves at once");
                let moved = guard.is_some();
                if let Some(guard) = guard {
                    assert!(
                        guard.attempt() > before.last_attempt,
                        "an attempt number was used twice"
                    );
                    guards.push(guard);
                }
                moved
            }
            PhaseEvent::EnterStage(at, stage) => guards
                .get(at)
                .is_some_and(|guard| progress.enter_stage(guard, stage)),
            PhaseEvent::EndSave(at, saved) if at < guards.len() => {
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
            PhaseEvent::EndSave(..) => false,
            PhaseEvent::Reset => progress.reset(),
            PhaseEvent::MarkLate => progress.mark_late(),
        };
        assert_eq!(
            moved,
            progress != before || (moved && matches!(event, PhaseEvent::Reset)),
            "{event:?} returned the wrong value"
        );
    }
    (progress, ends)
}

proptest! {
    #[test]
    fn never_two_saves_at_once_and_no_attempt_ends_twice(events in prop::collection::vec(event(), 0..80)) {
        let (_, ends) = run(&events);
        prop_assert!(ends.values().all(|count| *count <= 1));
    }

    #[test]
    fn every_phase_has_a_way_out(events in prop::collection::vec(event(), 0..40)) {
        let (progress, _) = run(&events);
        let phase = progress.phase().clone();
        let leaves = |transition: &dyn Fn(&mut Progress) -> bool| {
            let mut copy = progress.clone();
            transition(&mut copy) && *copy.phase() != phase
        };
        let has_way_out = leaves(&Progress::mark_ready)
            || leaves(&Progress::retry)
            || leaves(&Progress::recover)
            || leaves(&|p| p.start_save(Attempt(0)).is_some())
            || leaves(&|p| p.end_save(SaveGuard(p.last_attempt), SaveOutcome::Saved))
            || leaves(&Progress::reset)
            // Wrong settings stay wrong until the page is loaded with other ones.
            || matches!(phase, Phase::Unusable(code) if !code.can_retry());
        prop_assert!(has_way_out, "{phase:?}");
    }
}

#[test]
fn twenty_starts_give_one_save() {
    let mut progress = Progress::new();
    assert!(
        progress.start_save(Attempt(0)).is_none(),
        "not before the fields are ready"
    );
    progress.mark_ready();
    let guards: Vec<SaveGuard> = (0..20)
        .filter_map(|_| progress.start_save(Attempt(0)))
        .collect();
    assert_eq!(guards.len(), 1);
    assert_eq!(guards[0].attempt(), Attempt(1));
}

#[test]
fn a_save_passes_its_stages() {
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
fn a_reset_save_cannot_end_the_next_one() {
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
fn a_warning_neither_starts_nor_ends_a_save() {
    let mut progress = Progress::new();
    assert!(!progress.warn(SaveError::Unseen));
    progress.mark_ready();
    assert!(progress.warn(SaveError::Unseen));
    let guard = progress.start_save(Attempt(0)).unwrap();
    assert!(!progress.warn(SaveError::Unseen));
    assert!(progress.end_save(guard, SaveOutcome::Saved));
}

#[test]
fn only_a_waiting_phase_becomes_late() {
    let mut progress = Progress::new();
    assert!(progress.mark_late() && !progress.mark_late());
    assert!(progress.mark_ready() && !progress.is_late());
    assert!(!progress.mark_late() && !progress.is_late());
}

#[test]
fn recover_leaves_only_errors_that_the_parent_can_resolve() {
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
