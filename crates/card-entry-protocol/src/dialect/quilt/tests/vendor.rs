//! Reads and writes the vendor's own examples. They are JavaScript with unquoted names and either kind of quotes: apart from
//! spaces and quotes, every byte is compared.
//!
//! Mistakes of the page, none of which changes a shape: `/v1/payment/capture'` ends with a quote; its snippets lack the
//! bracket before `.catch` and the last one of `collectPaymentMethod`; step 4 says that the *card* is captured; the amount is
//! a number in step 1 and a string in step 3; the Python example has customer_123456 where the JavaScript one has
//! customer_12345; and no example shows a response.

use super::usd;
use crate::dialect::example::object;
use crate::dialect::quilt::*;

const INTENT: &str = include_str!("../examples/intent.txt");
const CAPTURE: &str = include_str!("../examples/capture.txt");
const CARD: &str = include_str!("../examples/card.txt");
/// The same body with another order of members and another customer.
const PYTHON: &str = include_str!("../examples/card.python.txt");

pub(super) fn intent() -> String {
    object(INTENT, "// POST /v1/payment/intent")
}

/// The body that the page shows, which the call below it sends.
fn sent_body(example: &str, path: &str) -> String {
    let body = object(example, &format!("// POST {BASE}{path}"));
    assert_eq!(object(example, "const params = "), body);
    assert!(example.contains(&format!("axios.post('{BASE}{path}', params)")));
    body
}

pub(super) fn capture() -> String {
    sent_body(CAPTURE, "/payment/capture")
}

pub(super) fn card() -> String {
    sent_body(CARD, "/customer/card")
}

#[test]
fn writes_the_intent_s_amount_as_a_number_and_the_capture_s_in_quotes() {
    let body: IntentBody = serde_json::from_str(&intent()).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), intent());
    let request = body.check(&usd()).unwrap();
    assert_eq!(
        (request.amount.get(), request.charge),
        (1299, ChargeMethod::CardPresent)
    );
    assert_eq!(request.account.as_str(), "my merchants account id");

    let body: CaptureBody = serde_json::from_str(&capture()).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), capture());
    assert_eq!(body.minor_units(&usd()).unwrap().get(), 1299);
}

#[test]
fn reads_and_writes_both_examples_of_a_save() {
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
