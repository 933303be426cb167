//! Tests of invalid parameters: each is named, and the call is not executed.

use crate::support::{Bench, RequestParts};
use reqwest::Method;

#[tokio::test]
async fn each_invalid_parameter_has_its_error_code_and_name() {
    let bench = Bench::start().await;
    let usd = ("currency", "usd");
    for (form, code, param) in [
        (vec![usd], "parameter_missing", "amount"),
        (
            vec![usd, ("amount", "many")],
            "parameter_invalid_integer",
            "amount",
        ),
        (
            vec![usd, ("amount", "0")],
            "parameter_invalid_integer",
            "amount",
        ),
        (vec![usd, ("amount", "12")], "amount_too_small", "amount"),
        (
            vec![usd, ("amount", "999999999")],
            "amount_too_large",
            "amount",
        ),
        (
            vec![("currency", ""), ("amount", "500")],
            "parameter_invalid_empty",
            "currency",
        ),
        (
            vec![usd, ("amount", "500"), ("colour", "red")],
            "parameter_unknown",
            "colour",
        ),
        (
            vec![usd, ("amount", "500"), ("metadata", "x")],
            "",
            "metadata",
        ),
        (
            vec![usd, ("amount", "500"), ("expand", "customer")],
            "",
            "expand",
        ),
        (
            vec![usd, ("amount", "500"), ("confirm", "yes")],
            "",
            "confirm",
        ),
        (
            vec![usd, ("amount", "500"), ("off_session", "true")],
            "",
            "off_session",
        ),
        (
            vec![usd, ("amount", "500"), ("capture_method", "later")],
            "",
            "capture_method",
        ),
        (
            vec![usd, ("amount", "500"), ("customer", "cus_x")],
            "resource_missing",
            "customer",
        ),
    ] {
        let refused = bench.post("/v1/payment_intents", &form).await;
        assert!(refused.status.is_client_error(), "{form:?}");
        assert_eq!(
            (refused.at("/error/code"), refused.at("/error/param")),
            (code, param),
            "{form:?}"
        );
        assert_eq!(refused.headers["stripe-should-retry"], "false");
        let log = refused.at("/error/request_log_url");
        assert!(
            log.ends_with(refused.headers["request-id"].to_str().unwrap()),
            "{log}"
        );
    }
    let made = bench.get("/v1/payment_intents", &[]).await;
    assert_eq!(made.body["data"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn lists_refuse_invalid_paging_parameters() {
    let bench = Bench::start().await;
    for (form, code) in [
        (vec![("limit", "101")], "parameter_invalid_integer"),
        (vec![("starting_after", "cus_x")], "resource_missing"),
        (
            vec![("starting_after", "a"), ("ending_before", "b")],
            "parameters_exclusive",
        ),
        (vec![("created[since]", "1")], "parameter_unknown"),
    ] {
        let refused = bench.get("/v1/customers", &form).await;
        assert_eq!(refused.at("/error/code"), code, "{form:?}");
    }
    let ann = bench.customer().await;
    let all = bench.get("/v1/customers", &[("created[gte]", "1")]).await;
    assert_eq!(all.at("/data/0/id"), ann);
    assert_eq!(all.at("/url"), "/v1/customers");
    let none = bench.get("/v1/customers", &[("created[lt]", "1")]).await;
    assert_eq!(none.body["data"].as_array().unwrap().len(), 0);
    let search = bench.get("/v1/customers/search", &[]).await;
    assert_eq!(search.status, 400);
}

#[tokio::test]
async fn paths_that_cannot_be_expanded_are_refused() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let (_, intent) = bench.set_up(&ann, "4242424242424242").await;
    let path = format!("/v1/setup_intents/{}", intent.id());
    for odd in [
        "status",
        "cancellation_reason",
        "payment_method.card",
        "unicorn",
        "a.b.c.d.e",
    ] {
        let refused = bench.get(&path, &[("expand[]", odd)]).await;
        assert_eq!(
            (refused.status.as_u16(), refused.at("/error/param")),
            (400, "expand"),
            "{odd}"
        );
    }
    let deep = [("expand[]", "data.payment_method.customer")];
    let list = bench.get("/v1/setup_intents", &deep).await;
    assert_eq!(list.at("/data/0/payment_method/customer/id"), ann);
}

#[tokio::test]
async fn a_rejected_call_may_be_repeated_and_long_keys_are_refused() {
    let bench = Bench::start().await;
    let post = async |form: &[(&str, &str)], key: &str| {
        let headers = [("idempotency-key", key)];
        bench
            .call_with(
                "sk_test_shop",
                Method::POST,
                "/v1/refunds",
                RequestParts {
                    form,
                    headers: &headers,
                },
            )
            .await
    };
    let door = post(&[("reason", "whim")], "k1").await;
    assert_eq!(door.status, 400);
    assert_ne!(
        post(&[("reason", "duplicate")], "k1")
            .await
            .at("/error/type"),
        "idempotency_error"
    );
    let begun = post(&[("charge", "ch_x")], "k2").await;
    let again = post(&[("charge", "ch_x")], "k2").await;
    assert_eq!((begun.status.as_u16(), &begun.body), (404, &again.body));
    assert_eq!(
        again.headers["original-request"],
        begun.headers["request-id"]
    );
    assert_eq!(post(&[], &"k".repeat(256)).await.status, 400);
    let headers = [("idempotency-key", "k2")];
    let other = bench
        .call_with(
            "sk_test_other",
            Method::POST,
            "/v1/customers",
            RequestParts {
                form: &[],
                headers: &headers,
            },
        )
        .await;
    assert_eq!(other.status, 200);
}
