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

mod failure;
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

fn intent_created() -> TerminalEvent {
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

fn payment_canceled() -> TerminalEvent {
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
        intent_created(),
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
        (2, intent_created(), "releasing"),
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
            payment.handle(payment_canceled());
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
