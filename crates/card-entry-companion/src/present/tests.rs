//! Whole sales, walked without a browser.

use super::*;
use crate::words::Locale;
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

mod order;
mod words;

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

fn began() -> Heard {
    Heard::Began(QuiltResult::Done(IntentResponse {
        payment_id: id(),
        client_secret: ClientSecret::parse("pi_1_secret_2").unwrap(),
        status: PaymentStatus::RequiresPaymentMethod,
        amount: None,
        currency: usd(),
    }))
}

fn processed() -> Heard {
    Heard::Processed(Ok(("pi_1".to_owned(), PaymentStatus::RequiresCapture)))
}

fn captured() -> Heard {
    Heard::Captured(QuiltResult::Done(CaptureResponse {
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

fn released() -> Heard {
    Heard::Released(QuiltResult::Done(CancelResponse {
        payment_id: id(),
        status: PaymentStatus::Canceled,
    }))
}

fn no<T>(code: QuiltErrorCode) -> QuiltResult<T> {
    QuiltResult::Failed(QuiltError::new(code, "No."))
}

/// Every good end of a step, in order.
fn way() -> [Heard; 7] {
    [
        Heard::Pressed(Press::Take),
        Heard::Connected(Ok(())),
        began(),
        Heard::Read(Ok(())),
        processed(),
        captured(),
        Heard::Saved(QuiltResult::Done(card())),
    ]
}

/// A till that has come so many steps, and what it asked for last.
fn walked(steps: usize) -> (Till, Option<Deed>) {
    let mut till = Till::new(sale(), false);
    let mut deed = None;
    for heard in way().into_iter().take(steps) {
        deed = till.hear(heard);
    }
    (till, deed)
}

const CANCEL: Heard = Heard::Pressed(Press::Cancel);
const RETRY: Heard = Heard::Pressed(Press::Retry);

#[test]
fn a_sale_says_what_to_do_at_each_step_and_ends_with_the_card() {
    let mut states = Vec::new();
    for steps in 0..=7 {
        let (till, deed) = walked(steps);
        states.push(till.shown().as_str());
        assert_eq!(deed.is_some(), (1..7).contains(&steps), "{steps}");
        assert_eq!(till.shown().status(Locale::En).is_some(), steps > 0);
        assert_eq!(till.shown().can_cancel(), (1..7).contains(&steps));
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
    let (till, _) = walked(7);
    assert!(
        till.shown()
            .status(Locale::En)
            .unwrap()
            .contains("Visa ending in 4242")
    );
}

#[test]
fn a_reader_that_is_connected_is_not_looked_for() {
    let mut till = Till::new(sale(), true);
    let deed = till.hear(Heard::Pressed(Press::Take));
    assert!(matches!(deed, Some(Deed::Begin(_))));
}

#[test]
fn cancel_ends_every_step_with_the_truth() {
    // How the step under way ends after the press, and what comes of it.
    let ends = [
        (2, began(), "releasing"),
        (2, Heard::Began(QuiltResult::Indeterminate), "canceled"),
        (3, Heard::Read(Err(Trouble::Canceled)), "releasing"),
        (3, Heard::Read(Ok(())), "releasing"),
        (4, processed(), "releasing"),
        (4, Heard::Processed(Err(Trouble::Network)), "releasing"),
        (5, captured(), "paid"),
        (5, Heard::Captured(QuiltResult::Indeterminate), "releasing"),
        (6, Heard::Saved(QuiltResult::Done(card())), "saved"),
        (6, Heard::Saved(QuiltResult::Indeterminate), "paid"),
    ];
    for (steps, end, wanted) in ends {
        let (mut till, _) = walked(steps);
        let deed = till.hear(CANCEL);
        assert_eq!(deed == Some(Deed::StopReading), steps == 3, "{steps}");
        assert_eq!(till.shown().as_str(), "stopping");
        assert_eq!(till.hear(CANCEL), None, "pressed twice");
        till.hear(end);
        assert_eq!(till.shown().as_str(), wanted, "{steps}");
        if wanted == "releasing" {
            till.hear(released());
            assert_eq!(till.shown(), &Shown::Canceled);
        }
    }
}

#[test]
fn a_reader_that_never_connects_is_not_waited_for() {
    let (mut till, _) = walked(1);
    assert_eq!(till.hear(CANCEL), None);
    assert_eq!(till.shown(), &Shown::Canceled);
    let (mut till, _) = walked(3);
    till.hear(Heard::Read(Err(Trouble::Lost)));
    till.hear(RETRY);
    assert!(matches!(till.hear(CANCEL), Some(Deed::Release(_))));
}

#[test]
fn only_the_server_makes_it_canceled() {
    let (mut till, _) = walked(3);
    till.hear(CANCEL);
    till.hear(Heard::Read(Err(Trouble::Canceled)));
    till.hear(Heard::Released(QuiltResult::Indeterminate));
    assert!(matches!(till.shown(), Shown::Failed(Work::Releasing, _)));
    assert!(!till.shown().is_over());
    assert!(matches!(till.hear(RETRY), Some(Deed::Release(_))));
    till.hear(Heard::Released(no(QuiltErrorCode::WrongState)));
    assert_eq!(till.shown(), &Shown::Paid(Paid::TooLate));
}

#[test]
fn a_decline_asks_for_another_card_in_the_same_payment() {
    let (mut till, _) = walked(4);
    let declined = Trouble::of_reader("card_declined", Some("lost_card"), None);
    assert_eq!(
        declined,
        Trouble::Declined(DeclineReason::Declined),
        "no word of lost"
    );
    till.hear(Heard::Processed(Err(declined)));
    assert_eq!(till.shown().as_str(), "failed");
    let again = till.hear(RETRY);
    assert!(matches!(again, Some(Deed::Collect(secret)) if secret.intent_id() == "pi_1"));
}

#[test]
fn a_lost_reader_is_connected_again_and_the_payment_goes_on() {
    let (mut till, _) = walked(3);
    till.hear(Heard::Read(Err(Trouble::Lost)));
    till.hear(Heard::Lost);
    assert!(
        till.shown()
            .alert(Locale::En)
            .unwrap()
            .contains("lost its connection")
    );
    assert_eq!(till.hear(RETRY), Some(Deed::Connect));
    let deed = till.hear(Heard::Connected(Ok(())));
    assert!(matches!(deed, Some(Deed::Collect(_))), "{deed:?}");
}

#[test]
fn after_a_failure_of_the_network_the_same_card_is_charged_again() {
    let (mut till, _) = walked(4);
    till.hear(Heard::Processed(Err(Trouble::Network)));
    assert_eq!(till.hear(RETRY), Some(Deed::Process));
}

#[test]
fn a_charge_whose_answer_was_lost_is_found() {
    let (mut till, _) = walked(4);
    till.hear(Heard::Processed(Err(Trouble::Lost)));
    till.hear(RETRY);
    till.hear(Heard::Connected(Ok(())));
    let moved = Trouble::of_reader(
        "payment_intent_unexpected_state",
        None,
        Some(("pi_1".to_owned(), PaymentStatus::RequiresCapture)),
    );
    let deed = till.hear(Heard::Read(Err(moved)));
    assert!(matches!(deed, Some(Deed::Capture(_))), "{deed:?}");
}

#[test]
fn a_telephone_pays_and_leaves_no_card() {
    let (mut till, _) = walked(6);
    till.hear(Heard::Saved(no(QuiltErrorCode::NoReusableCard)));
    assert_eq!(till.shown(), &Shown::Paid(Paid::NoReusableCard));
    assert!(
        till.shown()
            .status(Locale::En)
            .unwrap()
            .contains("phone or watch")
    );
}

#[test]
fn a_save_that_failed_says_that_the_money_was_taken() {
    let (mut till, _) = walked(6);
    till.hear(Heard::Saved(QuiltResult::Indeterminate));
    assert!(
        till.shown()
            .alert(Locale::En)
            .unwrap()
            .starts_with("The payment was taken.")
    );
    assert!(matches!(till.clone().hear(RETRY), Some(Deed::Save(_))));
    let mut refused = till.clone();
    assert_eq!(till.hear(CANCEL), None);
    assert_eq!(till.shown(), &Shown::Paid(Paid::Unsure));
    refused.hear(RETRY);
    refused.hear(Heard::Saved(no(QuiltErrorCode::InvalidRequest)));
    refused.hear(CANCEL);
    assert_eq!(refused.shown(), &Shown::Paid(Paid::Skipped));
}

#[test]
fn a_session_that_ended_says_so() {
    let (mut till, _) = walked(2);
    till.hear(Heard::Began(no(QuiltErrorCode::Unauthorized)));
    assert!(till.shown().alert(Locale::En).unwrap().contains("Sign in"));
}
