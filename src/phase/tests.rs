//! Properties of every order of events, drawn at random.

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
enum Event {
    Fields,
    GiveUp(FrameErrorCode),
    Retry,
    Recover,
    Press(u32),
    Enter(usize, Stage),
    End(usize, bool),
    Reset,
    Late,
}

const STAGES: [Stage; 5] = [
    Stage::Saving,
    Stage::Confirming,
    Stage::Challenge,
    Stage::Submitting,
    Stage::Checking,
];

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => Just(Event::Fields),
        1 => (0..FrameErrorCode::ALL.len()).prop_map(|i| Event::GiveUp(FrameErrorCode::ALL[i])),
        1 => Just(Event::Retry),
        1 => Just(Event::Recover),
        6 => (0u32..5).prop_map(Event::Press),
        6 => (0usize..4, 0usize..5).prop_map(|(t, s)| Event::Enter(t, STAGES[s])),
        4 => (0usize..4, any::<bool>()).prop_map(|(t, saved)| Event::End(t, saved)),
        1 => Just(Event::Reset),
        1 => Just(Event::Late),
    ]
}

/// Runs events, keeping every ticket ever given until it is used; returns how often each attempt ended.
fn run(events: &[Event]) -> (Progress, BTreeMap<Attempt, u32>) {
    let mut progress = Progress::new();
    let mut tickets: Vec<Ticket> = Vec::new();
    let mut ends = BTreeMap::new();
    for event in events {
        let before = progress.clone();
        let moved = match *event {
            Event::Fields => progress.show_fields(),
            Event::GiveUp(code) => progress.give_up(code),
            Event::Retry => progress.retry(),
            Event::Recover => progress.recover(),
            Event::Press(floor) => {
                let busy = matches!(before.phase, Phase::Busy(_));
                let ticket = progress.press(Attempt(floor));
                assert!(ticket.is_none() || !busy, "two saves at once");
                let moved = ticket.is_some();
                if let Some(ticket) = ticket {
                    assert!(ticket.attempt() > before.last, "an attempt came twice");
                    tickets.push(ticket);
                }
                moved
            }
            Event::Enter(at, stage) => tickets
                .get(at)
                .is_some_and(|ticket| progress.enter(ticket, stage)),
            Event::End(at, saved) if at < tickets.len() => {
                let ticket = tickets.remove(at);
                let attempt = ticket.attempt();
                let ending = if saved {
                    Ending::Saved
                } else {
                    Ending::NotSaved(Trouble::NoAnswer)
                };
                let ended = progress.end(ticket, ending);
                *ends.entry(attempt).or_default() += u32::from(ended);
                ended
            }
            Event::End(..) => false,
            Event::Reset => progress.reset(),
            Event::Late => progress.mark_late(),
        };
        assert_eq!(
            moved,
            progress != before || (moved && matches!(event, Event::Reset)),
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
        let leaves = left(&Progress::show_fields)
            || left(&Progress::retry)
            || left(&Progress::recover)
            || left(&|p| p.press(Attempt(0)).is_some())
            || left(&|p| p.end(Ticket(p.last), Ending::Saved))
            || left(&Progress::reset)
            // Wrong settings stay wrong until the page is loaded with others.
            || matches!(phase, Phase::Unusable(code) if !code.can_retry());
        prop_assert!(leaves, "{phase:?}");
    }
}

#[test]
fn twenty_presses_are_one_save() {
    let mut progress = Progress::new();
    assert!(
        progress.press(Attempt(0)).is_none(),
        "not before the fields are there"
    );
    progress.show_fields();
    let tickets: Vec<Ticket> = (0..20).filter_map(|_| progress.press(Attempt(0))).collect();
    assert_eq!(tickets.len(), 1);
    assert_eq!(tickets[0].attempt(), Attempt(1));
}

#[test]
fn a_save_goes_its_way() {
    let mut progress = Progress::new();
    progress.show_fields();
    let ticket = progress.press(Attempt(0)).unwrap();
    assert!(
        !progress.enter(&ticket, Stage::Challenge),
        "3DS before confirming"
    );
    for stage in [
        Stage::Confirming,
        Stage::Challenge,
        Stage::Confirming,
        Stage::Submitting,
        Stage::Checking,
    ] {
        assert!(progress.enter(&ticket, stage), "{stage:?}");
        assert!(!progress.give_up(FrameErrorCode::FieldFailed));
    }
    assert!(progress.end(ticket, Ending::Saved));
    assert_eq!(progress.phase(), &Phase::Saved);
    assert!(
        progress.press(Attempt(0)).is_none(),
        "a saved card is not saved again"
    );
    assert!(progress.reset() && progress.press(Attempt(0)).is_some());
}

#[test]
fn a_reset_check_cannot_end_what_came_after() {
    let mut progress = Progress::new();
    progress.show_fields();
    let first = progress.press(Attempt(0)).unwrap();
    progress.enter(&first, Stage::Submitting);
    assert!(!progress.reset(), "not while the parent is saving");
    progress.enter(&first, Stage::Checking);
    assert!(progress.reset());
    let second = progress.press(Attempt(7)).unwrap();
    assert_eq!(second.attempt(), Attempt(7));
    assert!(!progress.end(first, Ending::Saved));
    assert_eq!(progress.phase(), &Phase::Busy(Stage::Saving));
}

#[test]
fn a_warning_begins_no_save_and_ends_none() {
    let mut progress = Progress::new();
    assert!(!progress.warn(Trouble::Unseen));
    progress.show_fields();
    assert!(progress.warn(Trouble::Unseen));
    let ticket = progress.press(Attempt(0)).unwrap();
    assert!(!progress.warn(Trouble::Unseen));
    assert!(progress.end(ticket, Ending::Saved));
}

#[test]
fn only_what_waits_is_late() {
    let mut progress = Progress::new();
    assert!(progress.mark_late() && !progress.mark_late());
    assert!(progress.show_fields() && !progress.is_late());
    assert!(!progress.mark_late() && !progress.is_late());
}

#[test]
fn what_only_the_parent_can_mend_is_left_by_its_word_and_by_nothing_else() {
    for code in FrameErrorCode::ALL {
        let mut progress = Progress::new();
        assert!(progress.give_up(*code));
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
