//! The vendor's own examples, as its page prints them, read and written back. They are JavaScript, with bare names and
//! either quote: blanks and quotes aside, every byte is compared.
//!
//! Slips of the page, none of which changes a shape: a stray quote ends `/v1/payment/capture'`; its snippets lack the
//! bracket before `.catch` and the last one of `collectPaymentMethod`; step 4 says the *card* is captured; the amount is a
//! number in step 1 and text in step 3; the Python example has customer_123456 where the JavaScript one has
//! customer_12345; and no example shows an answer.

use super::super::*;
use super::usd;
use crate::dialect::example::object;

const INTENT: &str = include_str!("../examples/intent.txt");
const CAPTURE: &str = include_str!("../examples/capture.txt");
const CARD: &str = include_str!("../examples/card.txt");
/// Another order of members, another customer.
const PYTHON: &str = include_str!("../examples/card.python.txt");

pub(super) fn intent() -> String {
    object(INTENT, "// POST /v1/payment/intent")
}

/// The body that is shown, which the call below it sends.
fn called(example: &str, path: &str) -> String {
    let body = object(example, &format!("// POST {BASE}{path}"));
    assert_eq!(object(example, "const params = "), body);
    assert!(example.contains(&format!("axios.post('{BASE}{path}', params)")));
    body
}

pub(super) fn capture() -> String {
    called(CAPTURE, "/payment/capture")
}

pub(super) fn card() -> String {
    called(CARD, "/customer/card")
}

#[test]
fn the_intent_writes_its_amount_as_a_number_and_the_capture_in_quotes() {
    let body: IntentBody = serde_json::from_str(&intent()).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), intent());
    let order = body.check(&usd()).unwrap();
    assert_eq!(
        (order.amount.get(), order.charge),
        (1299, ChargeMethod::CardPresent)
    );
    assert_eq!(order.account.as_str(), "my merchants account id");

    let body: CaptureBody = serde_json::from_str(&capture()).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), capture());
    assert_eq!(body.minor_units(&usd()).unwrap().get(), 1299);
}

#[test]
fn the_card_is_saved_with_either_example() {
    let body: CardBody = serde_json::from_str(&card()).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), card());

    assert!(PYTHON.contains(&format!("<your portal domain>{BASE}/customer/card\"")));
    let sent: serde_json::Value = serde_json::from_str(&object(PYTHON, "payload = ")).unwrap();
    let body: CardBody = serde_json::from_value(sent.clone()).unwrap();
    assert_eq!(serde_json::to_value(&body).unwrap(), sent);
    assert_eq!(
        body.owner().to_query(),
        "external_customer_id=customer_123456&external_account_id=account_123456"
    );
}
