//! Complete sales, without a browser.

use super::*;
use crate::i18n::Locale;
use card_entry_protocol::card::{Brand, Last4, PaymentMethodId};
use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::dialect::quilt::steps::Sale;
use card_entry_protocol::dialect::quilt::{
    CancelResponse, CaptureResponse, Card, ExternalAccountId, ExternalCustomerId, IntentResponse,
    PaymentId, PaymentStatus, QuiltError, QuiltErrorCode, QuiltResult,
};
use card_entry_protocol::expiry::{ExpMonth, ExpYear};
use card_entry_protocol::money::{Currency, Decimal};
use card_entry_protocol::secret::ClientSecret;

mod i18n;
mod order;

fn sale() -> Sale {
    Sale {
        account: ExternalAccountId::parse("account").unwrap(),
        customer: ExternalCustomerId::parse("ann").unwrap(),
        transaction: None,
        amount: Decimal::parse("12.99").unwrap(),
    }
}

fn id() -> PaymentId {
    PaymentId::parse("pi_1").unwrap()
}

fn usd() -> Currency {
    Currency::parse("usd").unwrap()
}

fn began() -> TerminalEvent {
    TerminalEvent::IntentCreated(QuiltResult::Done(IntentResponse {
        payment_id: id(),
        client_secret: ClientSecret::parse("pi_1_secret_2").unwrap(),
        status: PaymentStatus::RequiresPaymentMethod,
        amount: None,
        currency: usd(),
    }))
}

fn processed() -> TerminalEvent {
    TerminalEvent::Processed(Ok(("pi_1".to_owned(), PaymentStatus::RequiresCapture)))
}

fn captured() -> TerminalEvent {
    TerminalEvent::Captured(QuiltResult::Done(CaptureResponse {
        payment_id: id(),
        status: PaymentStatus::Succeeded,
        amount: None,
        currency: usd(),
    }))
}

fn card() -> Card {
    Card {
        payment_method_id: PaymentMethodId::parse("pm_12345678").unwrap(),
        external_customer_id: ExternalCustomerId::parse("ann").unwrap(),
        brand: Brand::Visa,
        last4: Last4::parse("4242").unwrap(),
        exp_month: ExpMonth::try_from(4).unwrap(),
        exp_year: ExpYear::try_from(2031).unwrap(),
    }
}

fn released() -> TerminalEvent {
    TerminalEvent::PaymentCanceled(QuiltResult::Done(CancelResponse {
        payment_id: id(),
        status: PaymentStatus::Canceled,
    }))
}

fn no<T>(code: QuiltErrorCode) -> QuiltResult<T> {
    QuiltResult::Failed(QuiltError::new(code, "No."))
}

/// The events of a sale without errors, in order.
fn successful_sale() -> [TerminalEvent; 7] {
    [
        TerminalEvent::Pressed(TerminalButton::Take),
        TerminalEvent::Connected(Ok(())),
        began(),
        TerminalEvent::CardRead(Ok(())),
        processed(),
        captured(),
        TerminalEvent::CardSaved(QuiltResult::Done(card())),
    ]
}

/// A payment after the first `steps` events, and its last command.
fn after_steps(steps: usize) -> (TerminalPayment, Option<TerminalCommand>) {
    let mut payment = TerminalPayment::new(sale(), false);
    let mut command = None;
    for event in successful_sale().into_iter().take(steps) {
        command = payment.handle(event);
    }
    (payment, command)
}

const CANCEL: TerminalEvent = TerminalEvent::Pressed(TerminalButton::Cancel);
const RETRY: TerminalEvent = TerminalEvent::Pressed(TerminalButton::Retry);

#[test]
fn a_sale_has_a_text_at_each_step_and_ends_with_the_card() {
    let mut states = Vec::new();
    for steps in 0..=7 {
        let (payment, command) = after_steps(steps);
        states.push(payment.state().as_str());
        assert_eq!(command.is_some(), (1..7).contains(&steps), "{steps}");
        assert_eq!(payment.state().status(Locale::En).is_some(), steps > 0);
        assert_eq!(payment.state().can_cancel(), (1..7).contains(&steps));
    }
    let wanted = [
        "idle",
        "connecting",
        "beginning",
        "waiting",
        "processing",
        "capturing",
        "saving",
        "saved",
    ];
    assert_eq!(states, wanted);
    let (payment, _) = after_steps(7);
    assert!(
        payment
            .state()
            .status(Locale::En)
            .unwrap()
            .contains("Visa ending in 4242")
    );
}

#[test]
fn a_connected_reader_is_not_connected_again() {
    let mut payment = TerminalPayment::new(sale(), true);
    let command = payment.handle(TerminalEvent::Pressed(TerminalButton::Take));
    assert!(matches!(command, Some(TerminalCommand::CreateIntent(_))));
}

#[test]
fn cancel_waits_for_the_step_in_progress() {
    // (step, how it ends after Cancel, the state after it)
    let ends = [
        (2, began(), "releasing"),
        (
            2,
            TerminalEvent::IntentCreated(QuiltResult::Indeterminate),
            "canceled",
        ),
        (
            3,
            TerminalEvent::CardRead(Err(TerminalError::ReadingStopped)),
            "releasing",
        ),
        (3, TerminalEvent::CardRead(Ok(())), "releasing"),
        (4, processed(), "releasing"),
        (
            4,
            TerminalEvent::Processed(Err(TerminalError::Network)),
            "releasing",
        ),
        (5, captured(), "paid"),
        (
            5,
            TerminalEvent::Captured(QuiltResult::Indeterminate),
            "releasing",
        ),
        (
            6,
            TerminalEvent::CardSaved(QuiltResult::Done(card())),
            "saved",
        ),
        (
            6,
            TerminalEvent::CardSaved(QuiltResult::Indeterminate),
            "paid",
        ),
    ];
    for (steps, end, wanted) in ends {
        let (mut payment, _) = after_steps(steps);
        let command = payment.handle(CANCEL);
        assert_eq!(
            command == Some(TerminalCommand::StopReading),
            steps == 3,
            "{steps}"
        );
        assert_eq!(payment.state().as_str(), "stopping");
        assert_eq!(payment.handle(CANCEL), None, "pressed twice");
        payment.handle(end);
        assert_eq!(payment.state().as_str(), wanted, "{steps}");
        if wanted == "releasing" {
            payment.handle(released());
            assert_eq!(payment.state(), &TerminalPaymentState::Canceled);
        }
    }
}

#[test]
fn cancel_does_not_wait_for_a_reader_that_is_not_connected() {
    let (mut payment, _) = after_steps(1);
    assert_eq!(payment.handle(CANCEL), None);
    assert_eq!(payment.state(), &TerminalPaymentState::Canceled);
    let (mut payment, _) = after_steps(3);
    payment.handle(TerminalEvent::CardRead(Err(TerminalError::ReaderLost)));
    payment.handle(RETRY);
    assert!(matches!(
        payment.handle(CANCEL),
        Some(TerminalCommand::CancelPayment(_))
    ));
}

#[test]
fn only_the_answer_of_the_server_makes_it_canceled() {
    let (mut payment, _) = after_steps(3);
    payment.handle(CANCEL);
    payment.handle(TerminalEvent::CardRead(Err(TerminalError::ReadingStopped)));
    payment.handle(TerminalEvent::PaymentCanceled(QuiltResult::Indeterminate));
    assert!(matches!(
        payment.state(),
        TerminalPaymentState::Failed(PaymentStep::Canceling, _)
    ));
    assert!(!payment.state().is_over());
    assert!(matches!(
        payment.handle(RETRY),
        Some(TerminalCommand::CancelPayment(_))
    ));
    payment.handle(TerminalEvent::PaymentCanceled(no(
        QuiltErrorCode::WrongState,
    )));
    assert_eq!(
        payment.state(),
        &TerminalPaymentState::Paid(PaidOutcome::TooLate)
    );
}

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
fn a_lost_reader_is_connected_again_and_the_payment_goes_on() {
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
fn after_a_failure_of_the_network_the_same_card_is_charged_again() {
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
