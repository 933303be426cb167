//! The stories of an attempt, and the promises no order of events breaks.

use std::collections::{HashMap, HashSet};

use super::*;
use crate::wallet::samples::facts;
use card_entry_protocol::message::{AttemptError, IntentResult};
use card_entry_protocol::secret::ClientSecret;
use proptest::prelude::*;

fn id(n: u8) -> PaymentMethodId {
    PaymentMethodId::parse(&format!("pm_0000000{n}")).unwrap()
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey(text.to_owned())
}

fn outcome(attempt: u32, card: u8) -> CardResult {
    CardResult {
        attempt: Attempt(attempt),
        id: id(card),
        card: facts("4242"),
        setup: Some(IntentResult {
            id: "seti_1".to_owned(),
            status: "succeeded".to_owned(),
        }),
        consent: None,
    }
}

fn report(attempt: u32) -> FailureReport {
    FailureReport {
        attempt: Attempt(attempt),
        error: AttemptError {
            kind: "card_error".to_owned(),
            code: "card_declined".to_owned(),
            message: "No.".to_owned(),
            decline_code: None,
            param: None,
        },
        retryable: true,
    }
}

fn kept() -> Kept {
    Kept {
        cards: vec![],
        again: false,
    }
}

fn secret() -> Intent {
    Intent::Secret(ClientSecret::parse("seti_1_secret_2").unwrap(), None)
}

#[test]
fn one_card_end_to_end() {
    let mut attempts = Attempts::default();
    assert_eq!(
        attempts.intent_asked(Attempt(1)).unwrap(),
        [Step::Begin(Attempt(1))]
    );
    assert_eq!(attempts.intent_asked(Attempt(1)).unwrap(), []);
    let answered = Step::Say(Line::Intent(Attempt(1), Ok(secret())));
    assert_eq!(
        attempts.intent_answered(Attempt(1), Ok(secret())),
        std::slice::from_ref(&answered)
    );
    assert_eq!(attempts.intent_asked(Attempt(1)).unwrap(), [answered]);
    let steps = attempts.outcome(outcome(1, 1), key("k1")).unwrap();
    assert!(matches!(&steps[..], [Step::Save(request)] if request.key == key("k1")));
    assert_eq!(attempts.outcome(outcome(1, 1), key("k2")).unwrap(), []);
    let steps = attempts.save_answered(&id(1), Ok(kept()));
    assert_eq!(steps[0], Step::Say(Line::Saved(Attempt(1))));
    assert!(matches!(steps[1], Step::Tell(Told::Saved(..))));
    assert_eq!(
        attempts.outcome(outcome(1, 1), key("k3")).unwrap(),
        [Step::Say(Line::Saved(Attempt(1)))]
    );
    assert_eq!(attempts.save_answered(&id(1), Ok(kept())), []);
}

#[test]
fn an_expired_session_loses_nothing() {
    let mut attempts = Attempts::default();
    attempts.intent_asked(Attempt(1)).unwrap();
    assert_eq!(
        attempts.intent_answered(Attempt(1), Err(WalletError::SignIn)),
        [
            Step::Say(Line::NotSaved(Attempt(1), Reason::SignIn)),
            Step::Tell(Told::SignIn)
        ]
    );
    assert!(attempts.wants_sign_in());
    assert_eq!(attempts.signed_in(), [Step::Begin(Attempt(1))]);
    attempts.intent_answered(Attempt(1), Ok(secret()));
    attempts.outcome(outcome(1, 1), key("k1")).unwrap();
    let steps = attempts.save_answered(&id(1), Err(WalletError::SignIn));
    assert_eq!(steps.last(), Some(&Step::Tell(Told::SignIn)));
    assert_eq!(attempts.stage(), Some(Stage::SignIn));
    let steps = attempts.signed_in();
    assert!(matches!(&steps[..], [Step::Save(request)] if request.key == key("k1")));
    assert_eq!(attempts.signed_in(), []);
}

#[test]
fn a_reload_during_a_save_is_checking_and_then_saved() {
    let mut attempts = Attempts::default();
    attempts.outcome(outcome(1, 1), key("k1")).unwrap();
    attempts.reloaded();
    assert_eq!(attempts.stage(), Some(Stage::Checking));
    let steps = attempts.save_answered(&id(1), Ok(kept()));
    assert!(
        matches!(&steps[..], [Step::Tell(Told::Saved(..))]),
        "the new document is not told of the old attempt"
    );
}

#[test]
fn an_unclear_answer_is_looked_up_and_retried_with_the_same_key() {
    for answer in [WalletError::Unclear, WalletError::Wait(2)] {
        unclear_is_looked_up(answer);
    }
}

fn unclear_is_looked_up(answer: WalletError) {
    let mut attempts = Attempts::default();
    attempts.outcome(outcome(1, 1), key("k1")).unwrap();
    let steps = attempts.save_answered(&id(1), Err(answer));
    assert_eq!(
        steps[0],
        Step::Say(Line::NotSaved(Attempt(1), Reason::Checking))
    );
    assert!(matches!(&steps[1], Step::Check(_)));
    let steps = attempts.checked(&id(1), None);
    assert_eq!(steps[1], Step::Tell(Told::NotSaved(Reason::Unclear)));
    let steps = attempts.outcome(outcome(2, 1), key("k2")).unwrap();
    assert!(matches!(&steps[..], [Step::Save(request)] if request.key == key("k1")));
}

#[test]
fn a_refusal_is_final_for_its_key() {
    let mut attempts = Attempts::default();
    attempts.outcome(outcome(1, 1), key("k1")).unwrap();
    attempts.save_answered(&id(1), Err(WalletError::Refused(None)));
    let again = attempts.outcome(outcome(1, 1), key("k2")).unwrap();
    assert_eq!(
        again,
        [Step::Say(Line::NotSaved(Attempt(1), Reason::Refused(None)))]
    );
    let steps = attempts.outcome(outcome(2, 1), key("k2")).unwrap();
    assert!(matches!(&steps[..], [Step::Save(request)] if request.key == key("k2")));
}

#[test]
fn what_cannot_come_now_is_dropped() {
    let mut attempts = Attempts::default();
    attempts.failed(report(1)).unwrap();
    assert_eq!(attempts.failed(report(1)), Err(DropReason::State));
    assert_eq!(
        attempts.outcome(outcome(1, 1), key("k")),
        Err(DropReason::State)
    );
    assert_eq!(attempts.intent_asked(Attempt(1)), Err(DropReason::State));
    attempts.outcome(outcome(2, 1), key("k")).unwrap();
    assert_eq!(
        attempts.outcome(outcome(2, 2), key("k")),
        Err(DropReason::State),
        "two in one task"
    );
    assert_eq!(attempts.failed(report(2)), Err(DropReason::State));
}

#[test]
fn a_plain_message_repeated_is_one_save() {
    let mut attempts = Attempts::default();
    for round in 0..3 {
        let attempt = attempts.plain_attempt(&id(1));
        let steps = attempts
            .outcome(outcome(attempt.0, 1), key("k"))
            .unwrap_or_default();
        let saves = steps.iter().filter(|step| matches!(step, Step::Save(_)));
        assert_eq!(saves.count(), usize::from(round == 0));
        attempts.save_answered(&id(1), Err(WalletError::Refused(None)));
    }
}

/// Anything that can happen to a mounted frame.
#[derive(Debug, Clone)]
enum Event {
    Ask(u32),
    Outcome(u32, u8),
    Failed(u32),
    IntentAnswer(u32, u8),
    SaveAnswer(u8, u8),
    Checked(u8, bool),
    SignedIn,
    Reloaded,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        (1u32..5).prop_map(Event::Ask),
        (0u32..5, 1u8..4).prop_map(|(a, c)| Event::Outcome(a, c)),
        (0u32..5).prop_map(Event::Failed),
        (1u32..5, 0u8..4).prop_map(|(a, k)| Event::IntentAnswer(a, k)),
        (1u8..4, 0u8..6).prop_map(|(c, k)| Event::SaveAnswer(c, k)),
        (1u8..4, any::<bool>()).prop_map(|(c, found)| Event::Checked(c, found)),
        Just(Event::SignedIn),
        Just(Event::Reloaded),
    ];
    proptest::collection::vec(event, 0..60)
}

fn error(kind: u8) -> WalletError {
    match kind {
        1 => WalletError::SignIn,
        2 => WalletError::Unclear,
        3 => WalletError::Refused(None),
        4 => WalletError::TryLater(3),
        5 => WalletError::Wait(2),
        _ => WalletError::Challenge(None),
    }
}

proptest! {
    #[test]
    fn no_order_of_events_breaks_a_promise(events in events()) {
        let mut attempts = Attempts::default();
        let mut document = 0;
        let mut in_flight: Option<PaymentMethodId> = None;
        let mut saved = HashSet::new();
        let mut terminal = HashSet::new();
        let mut unclear: HashMap<PaymentMethodId, IdempotencyKey> = HashMap::new();
        for (n, event) in events.into_iter().enumerate() {
            let steps = match event {
                Event::Ask(a) => attempts.intent_asked(Attempt(a)).unwrap_or_default(),
                Event::Outcome(a, c) => attempts.outcome(outcome(a, c), key(&n.to_string())).unwrap_or_default(),
                Event::Failed(a) => attempts.failed(report(a)).unwrap_or_default(),
                Event::IntentAnswer(a, 0) => attempts.intent_answered(Attempt(a), Ok(secret())),
                Event::IntentAnswer(a, k) => attempts.intent_answered(Attempt(a), Err(error(k))),
                Event::SaveAnswer(c, k) => {
                    if in_flight != Some(id(c)) {
                        continue; // no answer without a request
                    }
                    in_flight = None;
                    attempts.save_answered(&id(c), if k == 0 { Ok(kept()) } else { Err(error(k)) })
                }
                Event::Checked(c, found) => {
                    if in_flight.is_some() {
                        continue;
                    }
                    attempts.checked(&id(c), found.then(kept))
                }
                Event::SignedIn => attempts.signed_in(),
                Event::Reloaded => {
                    document += 1;
                    attempts.reloaded();
                    vec![]
                }
            };
            for step in steps {
                match step {
                    Step::Save(request) => {
                        prop_assert_eq!(in_flight.replace(request.id.clone()), None, "two saves at once");
                        prop_assert!(!saved.contains(&request.id), "saved again");
                        if let Some(key) = unclear.get(&request.id) {
                            prop_assert_eq!(key, &request.key, "a fresh key after an unclear answer");
                        }
                        unclear.insert(request.id.clone(), request.key);
                    }
                    Step::Tell(Told::Saved(request, _)) => prop_assert!(saved.insert(request.id)),
                    Step::Tell(Told::NotSaved(reason)) if !reason.keeps_key() => unclear.clear(),
                    Step::Tell(Told::Failed(report)) => prop_assert!(terminal.insert((document, report.attempt))),
                    _ => {}
                }
            }
        }
    }
}
