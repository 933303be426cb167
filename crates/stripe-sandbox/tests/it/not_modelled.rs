//! Tests of the errors for features that are not modelled.

use crate::support::Bench;
use reqwest::Method;

#[tokio::test]
async fn unmodelled_features_have_one_error_form_and_stripes_errors_keep_their_messages() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let path = format!("/v1/customers/{ann}");
    for (method, path, form, status, theirs) in [
        (
            Method::GET,
            "/v1/invoices",
            vec![],
            404,
            "Unrecognized request URL (GET: /v1/invoices).",
        ),
        (
            Method::POST,
            "/v2/core/accounts",
            vec![],
            404,
            "Unrecognized request URL (POST: /v2/core/accounts).",
        ),
        (
            Method::POST,
            path.as_str(),
            vec![("balance", "5")],
            400,
            "Received unknown parameter: balance",
        ),
        (
            Method::GET,
            path.as_str(),
            vec![("expand[]", "cash_balance")],
            400,
            "This property cannot be expanded (cash_balance).",
        ),
    ] {
        let refused = bench.call("sk_test_shop", method, path, &form).await;
        let words = refused.at("/error/message");
        assert_eq!(refused.status.as_u16(), status, "{words}");
        assert!(words.starts_with("The sandbox does not model "), "{words}");
        assert!(words.ends_with(theirs), "{words}");
    }
    for (form, kind) in [
        (vec![("type", "sepa_debit")], "/v1/payment_methods"),
        (
            vec![("payment_method_types[]", "ideal")],
            "/v1/setup_intents",
        ),
        (vec![("bank_account[country]", "US")], "/v1/tokens"),
    ] {
        let refused = bench.post(kind, &form).await;
        assert!(
            refused
                .at("/error/message")
                .starts_with("The sandbox does not model "),
            "{:?}",
            refused.body
        );
    }
    let plain = bench.get(&path, &[("expand[]", "email")]).await;
    assert_eq!(
        plain.at("/error/message"),
        "This property cannot be expanded (email)."
    );
    let nowhere = bench.get("/customers", &[]).await;
    assert_eq!(
        nowhere.at("/error/message"),
        "Unrecognized request URL (GET: /customers)."
    );
}
