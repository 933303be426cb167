//! Responses: what each mode contains, statuses and errors. No secret must ever be printed.

use serde_json::json;

use super::COMPANY;
use crate::dialect::bokamera::{
    Checkout, CheckoutResponse, CheckoutSecret, CheckoutStatus, CheckoutTarget, ErrorResponse,
    ResponseStatus, SessionId, StatusBody, StatusResponse, UiMode, WebAddress,
};
use crate::secret::StripeAccount;
use crate::tree::tests::{json_of, tree};
use crate::tree::{FromTree, ToTree};

#[test]
fn a_response_has_the_members_of_its_mode() {
    let hosted = CheckoutTarget::Hosted(
        WebAddress::parse("https://checkout.stripe.com/c/pay/cs_test_1#a%2F").unwrap(),
    );
    let embedded =
        CheckoutTarget::Embedded(CheckoutSecret::parse("cs_test_1_secret_a%2Fb").unwrap());
    for (target, mode, other, members) in [
        (
            hosted,
            UiMode::Hosted,
            UiMode::Embedded,
            ["SessionId", "Status", "StripeAccount", "Url"],
        ),
        (
            embedded,
            UiMode::Embedded,
            UiMode::Hosted,
            ["ClientSecret", "SessionId", "Status", "StripeAccount"],
        ),
    ] {
        let checkout = Checkout {
            session: SessionId::parse("cs_test_1").unwrap(),
            status: CheckoutStatus::Open,
            target,
            account: StripeAccount::parse("acct_1"),
            key: None,
        };
        let json = serde_json::to_value(CheckoutResponse::new(&checkout)).unwrap();
        assert!(json.as_object().unwrap().keys().eq(members));
        let answer = CheckoutResponse::from_tree(&tree(&json)).unwrap();
        assert_eq!(answer.checkout(&mode), Some(checkout));
        assert_eq!(answer.checkout(&other), None);
        assert!(!format!("{answer:?}").contains("_secret_"));
    }
}

#[test]
fn reads_known_and_unknown_statuses() {
    let body = json!({"CompanyId": COMPANY.to_uppercase(), "SessionId": "cs_test_1"});
    let order = serde_json::from_value::<StatusBody>(body)
        .unwrap()
        .check()
        .unwrap();
    assert_eq!(
        json_of(&order.body().to_tree()),
        json!({"CompanyId": COMPANY, "SessionId": "cs_test_1"})
    );
    assert!(StatusBody::default().check().unwrap_err().errors.len() == 2);
    for (word, status) in [
        ("open", CheckoutStatus::Open),
        ("complete", CheckoutStatus::Complete),
        ("expired", CheckoutStatus::Expired),
        ("paused", CheckoutStatus::Other("paused".to_owned())),
    ] {
        let json = json!({"CustomerEmail": "a@b.example", "Status": word});
        let answer = StatusResponse::from_tree(&tree(&json)).unwrap();
        assert_eq!(answer.status, status);
        assert_eq!(serde_json::to_value(answer).unwrap(), json);
    }
}

#[test]
fn reads_an_error_with_missing_members() {
    let no = json!({"ResponseStatus": {"ErrorCode": "Unauthorized", "Message": "No.", "StackTrace": "at x", "Errors": [{"FieldName": "A", "Message": "B"}, 7]}});
    let read = ErrorResponse::from_tree(&tree(&no))
        .unwrap()
        .response_status;
    assert_eq!((read.message.as_str(), read.errors.len()), ("No.", 1));
    assert_eq!(
        ErrorResponse::from_tree(&tree(&json!({"ResponseStatus": {}})))
            .unwrap()
            .response_status,
        ResponseStatus::default()
    );
    assert_eq!(
        ErrorResponse::from_tree(&tree(&json!({"message": "No."}))),
        None
    );
}
