//! The vendor's own example, which is read and written byte for byte, and the checks of a request. [`response`] has the
//! other responses.
//!
//! Mistakes of the vendor's page: `CompanyId` is required and yet `Guid?`; `ConfirmationUrl`, `CancelUrl` and `UiMode` are
//! marked as required and described as optional; `ClientSecret` and `Url` are marked as required and exclude each other; body
//! members of the response and of articles are called `form`; it says that `Url` is for an iframe, which Stripe's page
//! refuses; the `UiMode` and `CountryCode` of the example are not valid values; `callback` would give secrets to any site.

mod response;

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
fn reads_and_writes_the_example_byte_for_byte() {
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
fn refuses_all_placeholders_of_the_example_at_once() {
    let body: CreateCheckout = serde_json::from_str(REQUEST).unwrap();
    let error = body.check().unwrap_err();
    let fields: Vec<_> = error.errors.iter().map(|e| e.field_name.as_str()).collect();
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
        (error.error_code.as_str(), error.message.as_str()),
        ("NotEmpty", "CompanyId is missing.")
    );
}

#[test]
fn absent_members_have_their_defaults() {
    let request = with("Articles", json!([{"ArticleId": 7}])).unwrap();
    assert_eq!(request.mode, UiModeOptions::Hosted { cancel: None });
    assert_eq!(
        request.articles,
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
        UiModeOptions::Embedded
    );
    assert_eq!(
        with("UiMode", json!("")).unwrap().mode,
        UiModeOptions::Hosted { cancel: None }
    );
}

#[test]
fn refuses_a_cancel_url_in_embedded_mode_as_the_vendor_does() {
    let mut body = good();
    body["UiMode"] = json!("embedded");
    body["CancelUrl"] = json!("https://site.example/");
    let error = serde_json::from_value::<CreateCheckout>(body.clone())
        .unwrap()
        .check()
        .unwrap_err();
    assert_eq!(
        serde_json::to_string(&ErrorResponse {
            response_status: error
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
fn names_every_invalid_member() {
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
        let error = with(field, value).unwrap_err();
        assert_eq!(error.errors[0].field_name, field);
        assert_eq!(error.message, error.errors[0].message);
    }
    for quantity in [0, -1, 1001] {
        assert!(with("Articles", json!([{"ArticleId": 1, "Quantity": quantity}])).is_err());
    }
}

#[test]
fn a_request_is_read_as_it_was_written() {
    for mode in [
        UiModeOptions::Embedded,
        UiModeOptions::Hosted {
            cancel: WebAddress::parse("https://site.example/no"),
        },
    ] {
        let request = CheckoutRequest {
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
        let body = json_of(&request.body().to_tree());
        assert_eq!(body, serde_json::to_value(request.body()).unwrap());
        let body: CreateCheckout = serde_json::from_value(body).unwrap();
        assert_eq!(body.check(), Ok(request));
    }
}

#[test]
fn reads_members_in_any_case() {
    let body = json!({
        "companyId": COMPANY, "COUNTRYCODE": "se", "internalReferenceId": 1234,
        "articles": [{"articleId": "7", "ARTICLETYPEID": 1, "quantity": 2, "other": []}],
        "uiMode": "embedded", "Other": {"companyId": 1},
    });
    let request = serde_json::from_value::<CreateCheckout>(body)
        .unwrap()
        .check()
        .unwrap();
    assert_eq!(request.reference.as_str(), "1234");
    assert_eq!(
        (request.articles[0].id, request.articles[0].quantity),
        (7, 2)
    );
    // If two members differ in case only, the last one counts, as in ServiceStack.
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
fn a_reference_has_a_maximum_length_and_no_card_number() {
    for good in ["å".repeat(200).as_str(), "b-1", "1732888719009"] {
        assert!(Reference::parse(good).is_some(), "{good}");
    }
    for bad in ["å".repeat(201).as_str(), "4111 1111 1111 1111", " b"] {
        assert!(Reference::parse(bad).is_none(), "{bad}");
    }
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
        if let Err(error) = body.check() {
            prop_assert!(!error.errors.is_empty());
        }
        let _ = (SessionId::parse(&texts[0]), CheckoutSecret::parse(&format!("cs_{}_secret_", texts[1])));
    }
}
