//! Steps that fail, and what can be repeated.

use super::*;

#[test]
fn a_decline_asks_for_another_card_in_the_same_payment() {
    let (mut payment, _) = after_steps(4);
    let declined = TerminalError::from_reader("card_declined", Some("lost_card"), None);
    assert_eq!(
        declined,
        TerminalError::Declined(DeclineReason::Declined),
        "a lost card is not named"
    );
    payment.handle(TerminalEvent::Processed(Err(declined)));
    assert_eq!(payment.state().as_str(), "failed");
    let next = payment.handle(RETRY);
    assert!(matches!(next, Some(TerminalCommand::Collect(secret)) if secret.intent_id() == "pi_1"));
}

#[test]
fn a_lost_reader_is_connected_again_for_the_same_payment() {
    let (mut payment, _) = after_steps(3);
    payment.handle(TerminalEvent::CardRead(Err(TerminalError::ReaderLost)));
    payment.handle(TerminalEvent::ReaderLost);
    assert!(
        payment
            .state()
            .alert(Locale::En)
            .unwrap()
            .contains("lost its connection")
    );
    assert_eq!(payment.handle(RETRY), Some(TerminalCommand::Connect));
    let command = payment.handle(TerminalEvent::Connected(Ok(())));
    assert!(
        matches!(command, Some(TerminalCommand::Collect(_))),
        "{command:?}"
    );
}

#[test]
fn after_a_network_failure_the_same_card_is_charged_again() {
    let (mut payment, _) = after_steps(4);
    payment.handle(TerminalEvent::Processed(Err(TerminalError::Network)));
    assert_eq!(payment.handle(RETRY), Some(TerminalCommand::Process));
}

#[test]
fn a_charge_whose_answer_was_lost_is_captured() {
    let (mut payment, _) = after_steps(4);
    payment.handle(TerminalEvent::Processed(Err(TerminalError::ReaderLost)));
    payment.handle(RETRY);
    payment.handle(TerminalEvent::Connected(Ok(())));
    let moved = TerminalError::from_reader(
        "payment_intent_unexpected_state",
        None,
        Some(("pi_1".to_owned(), PaymentStatus::RequiresCapture)),
    );
    let command = payment.handle(TerminalEvent::CardRead(Err(moved)));
    assert!(
        matches!(command, Some(TerminalCommand::Capture(_))),
        "{command:?}"
    );
}

#[test]
fn a_phone_pays_and_no_card_is_saved() {
    let (mut payment, _) = after_steps(6);
    payment.handle(TerminalEvent::CardSaved(no(QuiltErrorCode::NoReusableCard)));
    assert_eq!(
        payment.state(),
        &TerminalPaymentState::Paid(PaidOutcome::NoReusableCard)
    );
    assert!(
        payment
            .state()
            .status(Locale::En)
            .unwrap()
            .contains("phone or watch")
    );
}

#[test]
fn a_failed_save_tells_that_the_payment_was_taken() {
    let (mut payment, _) = after_steps(6);
    payment.handle(TerminalEvent::CardSaved(QuiltResult::Indeterminate));
    assert!(
        payment
            .state()
            .alert(Locale::En)
            .unwrap()
            .starts_with("The payment was taken.")
    );
    assert!(matches!(
        payment.clone().handle(RETRY),
        Some(TerminalCommand::SaveCard(_))
    ));
    let mut refused = payment.clone();
    assert_eq!(payment.handle(CANCEL), None);
    assert_eq!(
        payment.state(),
        &TerminalPaymentState::Paid(PaidOutcome::Unsure)
    );
    refused.handle(RETRY);
    refused.handle(TerminalEvent::CardSaved(no(QuiltErrorCode::InvalidRequest)));
    refused.handle(CANCEL);
    assert_eq!(
        refused.state(),
        &TerminalPaymentState::Paid(PaidOutcome::Skipped)
    );
}

#[test]
fn an_ended_session_asks_for_a_sign_in() {
    let (mut payment, _) = after_steps(2);
    payment.handle(TerminalEvent::IntentCreated(no(
        QuiltErrorCode::Unauthorized,
    )));
    assert!(
        payment
            .state()
            .alert(Locale::En)
            .unwrap()
            .contains("Sign in")
    );
}
