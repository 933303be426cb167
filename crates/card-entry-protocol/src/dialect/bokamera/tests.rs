//! The vendor's own example, read and written back byte for byte.
//!
//! Slips of the page: `CompanyId` is required and yet `Guid?`; `ConfirmationUrl`, `CancelUrl` and `UiMode` are marked
//! required and described as optional; `ClientSecret` and `Url` are marked required and exclude each other; body
//! members of the answer and of articles are called `form`; `Url` is said to go into an iframe, which Stripe's page
//! refuses; the example's `UiMode` and `CountryCode` are none of what they may be; `callback` would hand secrets out.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::card::Country;
use crate::tree::tests::{json_of, tree};
use crate::tree::{FromTree, ToTree};

const REQUEST: &str = r#"{"CompanyId":"00000000-0000-0000-0000-000000000000","CountryCode":"String","Articles":[{"ArticleId":0,"ArticleTypeId":0,"Quantity":0}],"InternalReferenceId":"String","ConfirmationUrl":"String","CancelUrl":"String","UiMode":"String"}"#;
const ANSWER: &str = r#"{"SessionId":"String","Url":"String","Status":"String","ClientSecret":"String","CustomerId":"String","PaymentIntentClientSecret":"String","PaymentIntentId":"String","StripeAccount":"String"}"#;
const COMPANY: &str = "dea5b9b5-9b5c-4d5e-8b5a-0123456789ab";

fn good() -> Value {
    json!({"CompanyId": COMPANY, "CountryCode": "SE", "Articles": [{"ArticleId": 7, "Quantity": 2}], "InternalReferenceId": "booking 12", "Later": {}})
}

fn with(field: &str, value: Value) -> Result<CheckoutRequest, ResponseStatus> {
    let mut body = good();
    body[field] = value;
    let body: CreateCheckout = serde_json::from_value(body).unwrap();
    body.check()
}

#[test]
fn the_example_reads_and_writes_back_byte_for_byte() {
    let body: CreateCheckout = serde_json::from_str(REQUEST).unwrap();
    assert_eq!(serde_json::to_string(&body).unwrap(), REQUEST);
    let answer: CheckoutResponse = serde_json::from_str(ANSWER).unwrap();
    assert_eq!(serde_json::to_string(&answer).unwrap(), ANSWER);
    assert_eq!(answer.status, CheckoutStatus::Other("String".to_owned()));
    assert_eq!(
        CheckoutResponse::from_tree(&tree(&serde_json::from_str(ANSWER).unwrap())),
        Some(answer)
    );
}

#[test]
fn the_example_s_placeholders_are_refused_all_at_once() {
    let body: CreateCheckout = serde_json::from_str(REQUEST).unwrap();
    let refusal = body.check().unwrap_err();
    let fields: Vec<_> = refusal
        .errors
        .iter()
        .map(|e| e.field_name.as_str())
        .collect();
    assert_eq!(
        fields,
        [
            "CompanyId",
            "CountryCode",
            "Articles[0].ArticleId",
            "Articles[0].Quantity",
            "ConfirmationUrl",
            "UiMode"
        ]
    );
    assert_eq!(
        (refusal.error_code.as_str(), refusal.message.as_str()),
        ("NotEmpty", "CompanyId is missing.")
    );
}

#[test]
fn what_is_left_out_has_its_default() {
    let order = with("Articles", json!([{"ArticleId": 7}])).unwrap();
    assert_eq!(order.mode, CheckoutMode::Hosted { cancel: None });
    assert_eq!(
        order.articles,
        [Article {
            id: 7,
            kind: None,
            quantity: 1
        }]
    );
    assert_eq!(
        with("CountryCode", json!("se")).unwrap().country,
        Country::parse("SE").unwrap()
    );
    assert_eq!(
        with("UiMode", json!("Embedded")).unwrap().mode,
        CheckoutMode::Embedded
    );
    assert_eq!(
        with("UiMode", json!("")).unwrap().mode,
        CheckoutMode::Hosted { cancel: None }
    );
}

#[test]
fn a_cancel_url_with_embedded_is_refused_as_the_vendor_refuses() {
    let mut body = good();
    body["UiMode"] = json!("embedded");
    body["CancelUrl"] = json!("https://site.example/");
    let refusal = serde_json::from_value::<CreateCheckout>(body.clone())
        .unwrap()
        .check()
        .unwrap_err();
    assert_eq!(
        serde_json::to_string(&ErrorResponse {
            response_status: refusal
        })
        .unwrap(),
        r#"{"ResponseStatus":{"ErrorCode":"NotAllowed","Message":"CancelUrl is not allowed when UiMode is embedded.","Errors":[{"ErrorCode":"NotAllowed","FieldName":"CancelUrl","Message":"CancelUrl is not allowed when UiMode is embedded."}]}}"#
    );
    body["UiMode"] = json!("hosted");
    assert!(
        serde_json::from_value::<CreateCheckout>(body)
            .unwrap()
            .check()
            .is_ok()
    );
}

#[test]
fn every_wrong_member_is_named() {
    let many: Vec<_> = (0..101).map(|_| json!({"ArticleId": 1})).collect();
    for (field, value) in [
        ("CompanyId", json!("7")),
        ("CompanyId", json!(null)),
        ("CountryCode", json!("SWE")),
        ("Articles", json!([])),
        ("Articles", json!(null)),
        ("Articles", json!(many)),
        ("InternalReferenceId", json!("")),
        ("InternalReferenceId", json!("a\nb")),
        ("ConfirmationUrl", json!("javascript:alert(1)")),
        ("CancelUrl", json!("/back")),
        ("UiMode", json!("hosted_page")),
    ] {
        let refusal = with(field, value).unwrap_err();
        assert_eq!(refusal.errors[0].field_name, field);
        assert_eq!(refusal.message, refusal.errors[0].message);
    }
    for quantity in [0, -1, 1001] {
        assert!(with("Articles", json!([{"ArticleId": 1, "Quantity": quantity}])).is_err());
    }
}

#[test]
fn an_order_is_written_as_it_would_be_read() {
    for mode in [
        CheckoutMode::Embedded,
        CheckoutMode::Hosted {
            cancel: WebAddress::parse("https://site.example/no"),
        },
    ] {
        let order = CheckoutRequest {
            company: Guid::parse(COMPANY).unwrap(),
            country: Country::parse("SE").unwrap(),
            articles: vec![Article {
                id: 7,
                kind: Some(2),
                quantity: 3,
            }],
            reference: Reference::parse("booking 12").unwrap(),
            confirmation: WebAddress::parse("https://site.example/yes"),
            mode,
        };
        let body = json_of(&order.body().to_tree());
        assert_eq!(body, serde_json::to_value(order.body()).unwrap());
        let body: CreateCheckout = serde_json::from_value(body).unwrap();
        assert_eq!(body.check(), Ok(order));
    }
}

#[test]
fn each_mode_fills_what_it_has() {
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
            account: crate::secret::StripeAccount::parse("acct_1"),
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
fn a_status_is_asked_for_and_unknown_ones_are_kept() {
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
fn members_are_read_in_any_case() {
    let body = json!({
        "companyId": COMPANY, "COUNTRYCODE": "se", "internalReferenceId": 1234,
        "articles": [{"articleId": "7", "ARTICLETYPEID": 1, "quantity": 2, "other": []}],
        "uiMode": "embedded", "Other": {"companyId": 1},
    });
    let order = serde_json::from_value::<CreateCheckout>(body)
        .unwrap()
        .check()
        .unwrap();
    assert_eq!(order.reference.as_str(), "1234");
    assert_eq!((order.articles[0].id, order.articles[0].quantity), (7, 2));
    // Of two that differ in their case alone the last one counts, as ServiceStack sets one after the other.
    for (body, session) in [
        (r#"{"sessionId": "cs_1", "SessionId": "cs_2"}"#, "cs_2"),
        (r#"{"SessionId": "cs_2", "sessionid": "cs_1"}"#, "cs_1"),
    ] {
        let body: StatusBody = serde_json::from_str(body).unwrap();
        assert_eq!(body.session_id.as_deref(), Some(session));
    }
    assert_eq!(
        member_name("articles[12].QUANTITY"),
        "Articles[12].Quantity"
    );
    assert_eq!(
        (member_name("").as_str(), member_name("x[").as_str()),
        ("", "x[")
    );
}

#[test]
fn a_reference_counts_characters_and_is_no_card_number() {
    for good in ["å".repeat(200).as_str(), "b-1", "1732888719009"] {
        assert!(Reference::parse(good).is_some(), "{good}");
    }
    for bad in ["å".repeat(201).as_str(), "4111 1111 1111 1111", " b"] {
        assert!(Reference::parse(bad).is_none(), "{bad}");
    }
}

#[test]
fn a_refusal_is_read_whatever_it_lacks() {
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

proptest! {
    #[test]
    fn checking_never_panics(texts in proptest::collection::vec(".{0,40}", 6), numbers: [i32; 3]) {
        let body = json!({
            "CompanyId": texts[0], "CountryCode": texts[1], "InternalReferenceId": texts[2],
            "ConfirmationUrl": texts[3], "CancelUrl": texts[4], "UiMode": texts[5],
            "Articles": [{"ArticleId": numbers[0], "ArticleTypeId": numbers[1], "Quantity": numbers[2]}],
        });
        let body: CreateCheckout = serde_json::from_value(body).unwrap();
        if let Err(refusal) = body.check() {
            prop_assert!(!refusal.errors.is_empty());
        }
        let _ = (SessionId::parse(&texts[0]), CheckoutSecret::parse(&format!("cs_{}_secret_", texts[1])));
    }
}
