//! Reads and writes the vendor's own examples.

use super::*;
use crate::card::{Brand, GatewayCardId};
use crate::dialect::fields::FieldErrors;

/// "The Tax ID Object" of the page, which is the setup intent. The page cuts its key and its secret short.
const SETUP_INTENT: &str = r#"{
    "id": "seti_1NqmXCCVnXOZCtu9R88qcSTk",
    "publishable_key": "pk_test_4eC39HqLyjWDarjtzd...",
    "client_secret": "seti_1NqmXCCVnXOZCtu9R88qcST...",
    "status": "requires_payment_method",
    "created_at": "2023-09-16 00:38:54"
}"#;

/// The second "The Tax ID Object" of the page, which is the payment method.
const METHOD: &str = r#"{
    "id": "card_1Nqn8bCVnXOZCtu949NkeQ97",
    "brand": "visa",
    "last4": "4242",
    "exp_month": 4,
    "exp_year": 2024,
    "created_at": "2023-09-16 01:17:33"
}"#;

const LIST: &str = r#"[
    {
        "id": "card_1Nqn8bCVnXOZCtu949NkeQ97",
        "brand": "visa",
        "last4": "4242",
        "exp_month": 4,
        "exp_year": 2024,
        "created_at": "2023-09-16 01:17:33"
    }
]"#;

/// The body of the example of a save. The page sends it to `/v1/account/tax`.
const SAVE: &str = r#"{"id": "card_1Nqn8bCVnXOZCtu949NkeQ97"}"#;

/// Formats JSON as the page does, with an indentation of four spaces.
fn pretty(value: &impl serde::Serialize) -> String {
    let mut out = Vec::new();
    let four = serde_json::ser::PrettyFormatter::with_indent(b"    ");
    let mut writer = serde_json::Serializer::with_formatter(&mut out, four);
    value.serialize(&mut writer).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn reads_and_writes_the_setup_intent_byte_for_byte() {
    let intent: SetupIntent = serde_json::from_str(SETUP_INTENT).unwrap();
    assert_eq!(pretty(&intent), SETUP_INTENT);
    assert!(
        !format!("{intent:?}").contains("qcST..."),
        "the secret does not print"
    );
    assert_eq!(
        intent.client_secret.read(),
        None,
        "cut short, it is no secret"
    );
    let whole = SETUP_INTENT.replace("qcST...", "qcSTk_secret_Od9");
    let intent: SetupIntent = serde_json::from_str(&whole).unwrap();
    assert_eq!(intent.client_secret.read().unwrap().intent_id(), intent.id);
}

#[test]
fn reads_and_writes_the_payment_method_byte_for_byte() {
    let method: PaymentMethod = serde_json::from_str(METHOD).unwrap();
    assert_eq!(pretty(&method), METHOD);
    assert_eq!(method.brand, Brand::Visa);
    assert!(GatewayCardId::parse(&method.id).is_some());
    let list: Vec<PaymentMethod> = serde_json::from_str(LIST).unwrap();
    assert_eq!(pretty(&list), LIST);
    assert_eq!(list, [method]);
}

#[test]
fn reads_the_page_s_body_of_a_save() {
    let save: SavePaymentMethod = serde_json::from_str(SAVE).unwrap();
    assert_eq!(
        serde_json::to_string(&save).unwrap(),
        SAVE.replace(": ", ":")
    );
}

#[test]
fn lists_only_the_brands_of_the_page() {
    let listed = [
        "amex",
        "diners",
        "discover",
        "eftpos_au",
        "jcb",
        "mastercard",
        "unionpay",
        "visa",
        "unknown",
    ];
    for word in listed {
        let brand = listed_brand(&Brand::parse(word).unwrap());
        assert_eq!(brand.as_str(), word);
    }
    for word in ["cartes_bancaires", "interac", "girocard"] {
        let brand = listed_brand(&Brand::parse(word).unwrap());
        assert_eq!(brand, Brand::Unknown, "{word}");
    }
}

#[test]
fn the_message_has_the_first_error_and_the_number_of_the_others() {
    let mut errors = FieldErrors::default();
    errors.add("id", "The id field must be a string.");
    let one = ErrorBody::with_errors(errors.clone());
    assert_eq!(
        serde_json::to_string(&one).unwrap(),
        r#"{"message":"The id field must be a string.","errors":{"id":["The id field must be a string."]}}"#
    );
    errors.add("id", "The selected id is invalid.");
    let two = ErrorBody::with_errors(errors.clone());
    assert_eq!(
        two.message,
        "The id field must be a string. (and 1 more error)"
    );
    errors.add("other", "No.");
    let three = ErrorBody::with_errors(errors);
    assert_eq!(
        three.message,
        "The id field must be a string. (and 2 more errors)"
    );
    let plain = ErrorBody::with_message("No.");
    assert_eq!(
        serde_json::to_string(&plain).unwrap(),
        r#"{"message":"No."}"#
    );
}
