//! The parts of the API that the vendor's page does not define, and what must never be possible. [`vendor`] has the page's
//! own examples.

use proptest::prelude::*;
use serde_json::json;

use super::steps::{IntentCreated, Sale};
use super::*;
use crate::money::{Currency, Decimal};
use crate::tree::ToTree;
use crate::tree::tests::{json_of, tree};

mod vendor;

fn usd() -> Currency {
    Currency::parse("usd").unwrap()
}

fn answer(status: &str) -> serde_json::Value {
    json!({"payment_id": "pi_1", "client_secret": "pi_1_secret_2", "status": status, "amount": "12.99", "currency": "usd"})
}

fn intent_created() -> IntentCreated {
    let sale = Sale {
        account: ExternalAccountId::parse("account_123456").unwrap(),
        customer: ExternalCustomerId::parse("customer_12345").unwrap(),
        transaction: None,
        amount: Decimal::parse("12.99").unwrap(),
    };
    sale.intent_created(serde_json::from_value(answer("requires_payment_method")).unwrap())
}

#[test]
fn the_four_steps_write_the_vendor_s_bodies() {
    let created = intent_created();
    assert_eq!(created.client_secret().intent_id(), "pi_1");
    let authorized = created
        .authorized("pi_1", &PaymentStatus::RequiresCapture)
        .unwrap();
    assert_eq!(
        serde_json::to_value(authorized.capture()).unwrap(),
        json!({"payment_id": "pi_1", "amount": "12.99", "external_account_id": "account_123456"})
    );
    let captured = serde_json::from_value(answer("succeeded")).unwrap();
    let captured = authorized.captured(&captured).unwrap();
    assert_eq!(
        serde_json::to_string(&captured.save()).unwrap(),
        vendor::card().replace("pi_123456", "pi_1")
    );
}

#[test]
fn refuses_a_step_before_the_one_it_needs() {
    for status in [
        "requires_payment_method",
        "processing",
        "canceled",
        "succeeded",
        "later",
    ] {
        let status = PaymentStatus::parse(status).unwrap();
        assert!(
            intent_created().authorized("pi_1", &status).is_none(),
            "{status:?}"
        );
    }
    let ready = PaymentStatus::RequiresCapture;
    assert!(intent_created().authorized("pi_2", &ready).is_none());
    let authorized = intent_created().authorized("pi_1", &ready).unwrap();
    for (id, status) in [
        ("pi_1", "requires_capture"),
        ("pi_1", "processing"),
        ("pi_2", "succeeded"),
    ] {
        let mut other = answer(status);
        other["payment_id"] = json!(id);
        let other = serde_json::from_value(other).unwrap();
        assert!(authorized.captured(&other).is_none(), "{id} {status}");
    }
}

#[test]
fn captures_a_payment_with_a_stored_card_at_once() {
    let json = r#"{"external_account_id":"a","amount":"1.00","payment_method_types":"card","capture_method":"automatic","external_customer_id":"c","payment_method_id":"pm_12345678"}"#;
    let body: IntentBody = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), json);
    assert_eq!(
        json_of(&body.to_tree()),
        serde_json::from_str::<serde_json::Value>(json).unwrap()
    );
    assert!(matches!(
        body.check(&usd()).unwrap().charge,
        ChargeMethod::StoredCard(_)
    ));
}

#[test]
fn refuses_an_invalid_intent_with_its_code() {
    let valid: serde_json::Value = serde_json::from_str(&vendor::intent()).unwrap();
    for (field, value, code) in [
        (
            "external_account_id",
            json!(null),
            QuiltErrorCode::InvalidRequest,
        ),
        ("amount", json!(null), QuiltErrorCode::InvalidRequest),
        (
            "external_customer_id",
            json!(null),
            QuiltErrorCode::InvalidRequest,
        ),
        (
            "capture_method",
            json!("automatic"),
            QuiltErrorCode::InvalidRequest,
        ),
        (
            "capture_method",
            json!("someday"),
            QuiltErrorCode::InvalidRequest,
        ),
        (
            "payment_method_types",
            json!("card"),
            QuiltErrorCode::InvalidRequest,
        ),
        (
            "payment_method_id",
            json!("pm_12345678"),
            QuiltErrorCode::InvalidRequest,
        ),
        ("amount", json!("12.995"), QuiltErrorCode::InvalidAmount),
        ("amount", json!(0), QuiltErrorCode::InvalidAmount),
    ] {
        let mut body = valid.clone();
        body[field] = value;
        let body: IntentBody = serde_json::from_str(&body.to_string()).unwrap();
        let failure = body.check(&usd()).unwrap_err();
        assert_eq!(failure.code, code, "{field}");
        assert!(failure.message.is_some());
    }
}

#[test]
fn an_error_is_a_failure_with_any_status() {
    let read = |status, body: serde_json::Value| {
        QuiltResult::<CaptureResponse>::read(status, &tree(&body))
    };
    let declined = json!({"error": {"code": "card_declined", "message": "No."}});
    for status in [200, 201, 400, 402, 404] {
        let failure = QuiltError::new(QuiltErrorCode::CardDeclined, "No.");
        assert_eq!(
            read(status, declined.clone()),
            QuiltResult::Failed(failure),
            "{status}"
        );
    }
    // An error beside the members of a successful response is still an error.
    let mut both = answer("succeeded");
    both["error"] = json!("No.");
    assert_eq!(
        read(200, both),
        QuiltResult::Failed(QuiltError::new(QuiltErrorCode::Unknown, "No."))
    );
    for error in [
        json!({}),
        json!(true),
        json!([]),
        json!({"code": 7, "message": 7}),
    ] {
        let failure = QuiltError {
            code: QuiltErrorCode::Unknown,
            message: None,
        };
        assert_eq!(
            read(200, json!({"error": error})),
            QuiltResult::Failed(failure)
        );
    }
    for error in [json!(null), json!(false), json!(""), json!(0)] {
        let mut good = answer("succeeded");
        good["error"] = error;
        assert!(matches!(read(200, good), QuiltResult::Done(_)));
    }
    assert_eq!(read(500, declined), QuiltResult::Indeterminate);
    assert_eq!(read(200, json!({})), QuiltResult::Indeterminate);
    assert_eq!(read(302, answer("succeeded")), QuiltResult::Indeterminate);
    assert!(matches!(
        read(404, json!({})),
        QuiltResult::Failed(QuiltError {
            code: QuiltErrorCode::NotFound,
            ..
        })
    ));
}

#[test]
fn serde_and_tree_read_responses_alike() {
    let json = answer("brand_new_status");
    let read: IntentResponse = serde_json::from_str(&json.to_string()).unwrap();
    assert_eq!(
        QuiltResult::read(200, &tree(&json)),
        QuiltResult::Done(read.clone())
    );
    assert_eq!(read.status.as_str(), "brand_new_status");
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        r#"{"payment_id":"pi_1","client_secret":"pi_1_secret_2","status":"brand_new_status","amount":"12.99","currency":"usd"}"#
    );
    let mut number = json;
    number["amount"] = json!(12.99);
    let QuiltResult::Done(read) = QuiltResult::<IntentResponse>::read(200, &tree(&number)) else {
        panic!()
    };
    assert_eq!(read.amount, None);

    let card = json!({"payment_method_id": "pm_12345678", "external_customer_id": "c", "brand": "girocard", "last4": "4242", "exp_month": 4, "exp_year": 2027, "later": 1});
    let list = json!({"cards": [null, card, {"payment_method_id": 7}]});
    let by_serde: CardList = serde_json::from_value(list.clone()).unwrap();
    assert_eq!(
        QuiltResult::read(200, &tree(&list)),
        QuiltResult::Done(by_serde.clone())
    );
    assert_eq!(by_serde.cards.len(), 1);
}

#[test]
fn serde_and_tree_write_requests_alike() {
    let capture: CaptureBody = serde_json::from_str(&vendor::capture()).unwrap();
    assert_eq!(
        json_of(&capture.to_tree()).to_string(),
        serde_json::to_value(&capture).unwrap().to_string()
    );
    let card: CardBody = serde_json::from_str(&vendor::card()).unwrap();
    assert_eq!(
        json_of(&card.to_tree()),
        serde_json::to_value(&card).unwrap()
    );
}

#[test]
fn cancels_a_payment_by_its_id_until_it_is_captured() {
    let created = intent_created();
    let authorized = created
        .authorized("pi_1", &PaymentStatus::RequiresCapture)
        .unwrap();
    let body = json!({"payment_id": "pi_1", "external_account_id": "account_123456"});
    for cancel in [created.cancel(), authorized.cancel()] {
        assert_eq!(serde_json::to_value(&cancel).unwrap(), body);
        assert_eq!(json_of(&cancel.to_tree()), body);
    }
    let answer = json!({"payment_id": "pi_1", "status": "canceled"});
    let read: CancelResponse = serde_json::from_value(answer.clone()).unwrap();
    assert_eq!(
        QuiltResult::read(200, &tree(&answer)),
        QuiltResult::Done(read)
    );
}

#[test]
fn a_connection_token_never_prints_itself() {
    let answer = json!({"secret": "pst_test_12345678"});
    let read: ConnectionTokenResponse = serde_json::from_value(answer.clone()).unwrap();
    assert!(!format!("{read:?}").contains("pst_"));
    assert_eq!(
        QuiltResult::read(200, &tree(&answer)),
        QuiltResult::Done(read)
    );
}

proptest! {
    #[test]
    fn external_ids_are_free_text_of_limited_length(text in ".{0,300}") {
        if let Some(id) = ExternalCustomerId::parse(&text) {
            prop_assert!(id.as_str().len() <= 255 && !id.as_str().contains(char::is_control));
        }
        let _ = (PaymentId::parse(&text), PaymentStatus::parse(&text), QuiltErrorCode::parse(&text));
    }
}

#[test]
fn external_ids_count_characters_and_are_not_card_numbers() {
    for good in [
        "å".repeat(255).as_str(),
        "103547991597142817347",
        "my merchants account id",
    ] {
        assert!(ExternalCustomerId::parse(good).is_some(), "{good}");
    }
    for bad in [
        "å".repeat(256).as_str(),
        "4242424242424242",
        "card 4242 4242 4242 4242",
        "",
    ] {
        assert!(ExternalCustomerId::parse(bad).is_none(), "{bad}");
    }
}
