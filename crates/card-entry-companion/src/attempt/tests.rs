//! Attempts from start to end, and the promises that no order of events may break.

mod order;

use super::*;
use crate::wallet::WalletIntent;
use crate::wallet::samples::details;
use card_entry_protocol::message::{AttemptError, IntentResult};
use card_entry_protocol::secret::ClientSecret;

fn id(n: u8) -> PaymentMethodId {
    PaymentMethodId::parse(&format!("pm_0000000{n}")).unwrap()
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey(text.to_owned())
}

fn outcome(attempt: u32, card: u8) -> AttemptResult {
    AttemptResult {
        attempt: Attempt(attempt),
        id: id(card),
        card: details("4242"),
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

fn saved_wallet() -> SavedWallet {
    SavedWallet {
        cards: vec![],
        already_saved: false,
    }
}

fn secret() -> WalletIntent {
    WalletIntent::ClientSecret(ClientSecret::parse("seti_1_secret_2").unwrap(), None)
}

#[test]
fn one_card_is_saved_once() {
    let mut attempts = Attempts::default();
    assert_eq!(
        attempts.on_intent_request(Attempt(1)).unwrap(),
        [AttemptCommand::CreateIntent(Attempt(1))]
    );
    assert_eq!(attempts.on_intent_request(Attempt(1)).unwrap(), []);
    let answered = AttemptCommand::Send(FrameReply::Intent(Attempt(1), Ok(secret())));
    assert_eq!(
        attempts.on_intent(Attempt(1), Ok(secret())),
        std::slice::from_ref(&answered)
    );
    assert_eq!(attempts.on_intent_request(Attempt(1)).unwrap(), [answered]);
    let commands = attempts
        .on_payment_method(outcome(1, 1), key("k1"))
        .unwrap();
    assert!(matches!(&commands[..], [AttemptCommand::Save(request)] if request.key == key("k1")));
    assert_eq!(
        attempts
            .on_payment_method(outcome(1, 1), key("k2"))
            .unwrap(),
        []
    );
    let commands = attempts.on_save_result(&id(1), Ok(saved_wallet()));
    assert_eq!(
        commands[0],
        AttemptCommand::Send(FrameReply::Saved(Attempt(1)))
    );
    assert!(matches!(
        commands[1],
        AttemptCommand::Report(AttemptReport::Saved(..))
    ));
    assert_eq!(
        attempts
            .on_payment_method(outcome(1, 1), key("k3"))
            .unwrap(),
        [AttemptCommand::Send(FrameReply::Saved(Attempt(1)))]
    );
    assert_eq!(attempts.on_save_result(&id(1), Ok(saved_wallet())), []);
}

#[test]
fn after_a_sign_in_the_same_save_goes_on() {
    let mut attempts = Attempts::default();
    attempts.on_intent_request(Attempt(1)).unwrap();
    assert_eq!(
        attempts.on_intent(Attempt(1), Err(WalletError::SignInRequired)),
        [
            AttemptCommand::Send(FrameReply::NotSaved(Attempt(1), NotSavedReason::SignIn)),
            AttemptCommand::Report(AttemptReport::SignIn)
        ]
    );
    assert!(attempts.wants_sign_in());
    assert_eq!(
        attempts.on_signed_in(),
        [AttemptCommand::CreateIntent(Attempt(1))]
    );
    attempts.on_intent(Attempt(1), Ok(secret()));
    attempts
        .on_payment_method(outcome(1, 1), key("k1"))
        .unwrap();
    let commands = attempts.on_save_result(&id(1), Err(WalletError::SignInRequired));
    assert_eq!(
        commands.last(),
        Some(&AttemptCommand::Report(AttemptReport::SignIn))
    );
    assert_eq!(attempts.save_status(), Some(SaveStatus::SignIn));
    let commands = attempts.on_signed_in();
    assert!(matches!(&commands[..], [AttemptCommand::Save(request)] if request.key == key("k1")));
    assert_eq!(attempts.on_signed_in(), []);
}

#[test]
fn a_save_goes_on_when_the_frame_reloads() {
    let mut attempts = Attempts::default();
    attempts
        .on_payment_method(outcome(1, 1), key("k1"))
        .unwrap();
    attempts.on_frame_reload();
    assert_eq!(attempts.save_status(), Some(SaveStatus::Checking));
    let commands = attempts.on_save_result(&id(1), Ok(saved_wallet()));
    assert!(
        matches!(
            &commands[..],
            [AttemptCommand::Report(AttemptReport::Saved(..))]
        ),
        "the new document gets no message about the old attempt"
    );
}

#[test]
fn an_indeterminate_answer_is_checked_and_retried_with_the_same_key() {
    for answer in [WalletError::Indeterminate, WalletError::RetryAfter(2)] {
        expect_check_and_same_key(answer);
    }
}

fn expect_check_and_same_key(answer: WalletError) {
    let mut attempts = Attempts::default();
    attempts
        .on_payment_method(outcome(1, 1), key("k1"))
        .unwrap();
    let commands = attempts.on_save_result(&id(1), Err(answer));
    assert_eq!(
        commands[0],
        AttemptCommand::Send(FrameReply::NotSaved(Attempt(1), NotSavedReason::Checking))
    );
    assert!(matches!(&commands[1], AttemptCommand::Check(_)));
    let commands = attempts.on_check_result(&id(1), None);
    assert_eq!(
        commands[1],
        AttemptCommand::Report(AttemptReport::NotSaved(NotSavedReason::Unclear))
    );
    let commands = attempts
        .on_payment_method(outcome(2, 1), key("k2"))
        .unwrap();
    assert!(matches!(&commands[..], [AttemptCommand::Save(request)] if request.key == key("k1")));
}

#[test]
fn a_retry_after_a_refusal_has_a_new_key() {
    let mut attempts = Attempts::default();
    attempts
        .on_payment_method(outcome(1, 1), key("k1"))
        .unwrap();
    attempts.on_save_result(&id(1), Err(WalletError::Refused(None)));
    let repeated = attempts
        .on_payment_method(outcome(1, 1), key("k2"))
        .unwrap();
    assert_eq!(
        repeated,
        [AttemptCommand::Send(FrameReply::NotSaved(
            Attempt(1),
            NotSavedReason::Refused(None)
        ))]
    );
    let commands = attempts
        .on_payment_method(outcome(2, 1), key("k2"))
        .unwrap();
    assert!(matches!(&commands[..], [AttemptCommand::Save(request)] if request.key == key("k2")));
}

#[test]
fn messages_in_a_wrong_state_are_dropped() {
    let mut attempts = Attempts::default();
    attempts.on_failure(report(1)).unwrap();
    assert_eq!(attempts.on_failure(report(1)), Err(DropReason::State));
    assert_eq!(
        attempts.on_payment_method(outcome(1, 1), key("k")),
        Err(DropReason::State)
    );
    assert_eq!(
        attempts.on_intent_request(Attempt(1)),
        Err(DropReason::State)
    );
    attempts.on_payment_method(outcome(2, 1), key("k")).unwrap();
    assert_eq!(
        attempts.on_payment_method(outcome(2, 2), key("k")),
        Err(DropReason::State),
        "a second card during a save"
    );
    assert_eq!(attempts.on_failure(report(2)), Err(DropReason::State));
}

#[test]
fn a_repeated_legacy_message_is_one_save() {
    let mut attempts = Attempts::default();
    for round in 0..3 {
        let attempt = attempts.legacy_attempt(&id(1));
        let commands = attempts
            .on_payment_method(outcome(attempt.0, 1), key("k"))
            .unwrap_or_default();
        let saves = commands
            .iter()
            .filter(|command| matches!(command, AttemptCommand::Save(_)));
        assert_eq!(saves.count(), usize::from(round == 0));
        attempts.on_save_result(&id(1), Err(WalletError::Refused(None)));
    }
}
