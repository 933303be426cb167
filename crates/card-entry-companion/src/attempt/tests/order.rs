//! Events in any order.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum TestEvent {
    Ask(u32),
    Outcome(u32, u8),
    Failed(u32),
    IntentAnswer(u32, u8),
    SaveAnswer(u8, u8),
    Checked(u8, bool),
    SignedIn,
    Reloaded,
}

fn events() -> impl Strategy<Value = Vec<TestEvent>> {
    let event = prop_oneof![
        (1u32..5).prop_map(TestEvent::Ask),
        (0u32..5, 1u8..4).prop_map(|(a, c)| TestEvent::Outcome(a, c)),
        (0u32..5).prop_map(TestEvent::Failed),
        (1u32..5, 0u8..4).prop_map(|(a, k)| TestEvent::IntentAnswer(a, k)),
        (1u8..4, 0u8..6).prop_map(|(c, k)| TestEvent::SaveAnswer(c, k)),
        (1u8..4, any::<bool>()).prop_map(|(c, found)| TestEvent::Checked(c, found)),
        Just(TestEvent::SignedIn),
        Just(TestEvent::Reloaded),
    ];
    proptest::collection::vec(event, 0..60)
}

fn error(kind: u8) -> WalletError {
    match kind {
        1 => WalletError::SignInRequired,
        2 => WalletError::Indeterminate,
        3 => WalletError::Refused(None),
        4 => WalletError::RateLimited(3),
        5 => WalletError::RetryAfter(2),
        _ => WalletError::NotVerified(None),
    }
}

proptest! {
    #[test]
    fn no_order_of_events_saves_twice_or_reports_twice(events in events()) {
        let mut attempts = Attempts::default();
        let mut document = 0;
        let mut in_flight: Option<PaymentMethodId> = None;
        let mut saved = HashSet::new();
        let mut terminal = HashSet::new();
        let mut unclear: HashMap<PaymentMethodId, IdempotencyKey> = HashMap::new();
        for (n, event) in events.into_iter().enumerate() {
            let commands = match event {
                TestEvent::Ask(a) => attempts.on_intent_request(Attempt(a)).unwrap_or_default(),
                TestEvent::Outcome(a, c) => attempts.on_payment_method(outcome(a, c), key(&n.to_string())).unwrap_or_default(),
                TestEvent::Failed(a) => attempts.on_failure(report(a)).unwrap_or_default(),
                TestEvent::IntentAnswer(a, 0) => attempts.on_intent(Attempt(a), Ok(secret())),
                TestEvent::IntentAnswer(a, k) => attempts.on_intent(Attempt(a), Err(error(k))),
                TestEvent::SaveAnswer(c, k) => {
                    if in_flight != Some(id(c)) {
                        continue; // no answer without a request
                    }
                    in_flight = None;
                    attempts.on_save_result(&id(c), if k == 0 { Ok(saved_wallet()) } else { Err(error(k)) })
                }
                TestEvent::Checked(c, found) => {
                    if in_flight.is_some() {
                        continue;
                    }
                    attempts.on_check_result(&id(c), found.then(saved_wallet))
                }
                TestEvent::SignedIn => attempts.on_signed_in(),
                TestEvent::Reloaded => {
                    document += 1;
                    attempts.on_frame_reload();
                    vec![]
                }
            };
            for step in commands {
                match step {
                    AttemptCommand::Save(request) => {
                        prop_assert_eq!(in_flight.replace(request.id.clone()), None, "two saves at once");
                        prop_assert!(!saved.contains(&request.id), "saved again");
                        if let Some(key) = unclear.get(&request.id) {
                            prop_assert_eq!(key, &request.key, "a fresh key after an unclear answer");
                        }
                        unclear.insert(request.id.clone(), request.key);
                    }
                    AttemptCommand::Report(AttemptReport::Saved(request, _)) => prop_assert!(saved.insert(request.id)),
                    AttemptCommand::Report(AttemptReport::NotSaved(reason)) if !reason.keeps_idempotency_key() => unclear.clear(),
                    AttemptCommand::Report(AttemptReport::Failed(report)) => prop_assert!(terminal.insert((document, report.attempt))),
                    _ => {}
                }
            }
        }
    }
}
