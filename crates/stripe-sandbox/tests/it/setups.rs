//! Tests of the statuses of a SetupIntent.

use crate::support::{Bench, RequestParts};

#[tokio::test]
async fn a_setup_intent_passes_through_its_statuses() {
    let bench = Bench::start().await;
    let made = bench.post("/v1/setup_intents", &[]).await;
    assert_eq!(
        (made.at("/status"), made.at("/usage")),
        ("requires_payment_method", "off_session")
    );
    assert!(
        made.at("/client_secret")
            .starts_with(&format!("{}_secret_", made.id()))
    );
    let path = format!("/v1/setup_intents/{}", made.id());
    assert_eq!(
        bench
            .post(&format!("{path}/confirm"), &[])
            .await
            .error_codes(),
        (400, "setup_intent_unexpected_state", "")
    );
    let updated = bench
        .post(
            &path,
            &[("payment_method", "pm_card_visa"), ("metadata[a]", "b")],
        )
        .await;
    assert_eq!(
        (updated.at("/status"), updated.at("/metadata/a")),
        ("requires_confirmation", "b")
    );
    let confirmed = bench.post(&format!("{path}/confirm"), &[]).await;
    assert_eq!(confirmed.at("/status"), "succeeded");
}

#[tokio::test]
async fn succeeded_and_canceled_are_final() {
    let bench = Bench::start().await;
    let done = bench
        .post(
            "/v1/setup_intents",
            &[("payment_method", "pm_card_visa"), ("confirm", "true")],
        )
        .await;
    let stopped = bench.post("/v1/setup_intents", &[]).await;
    let path = format!("/v1/setup_intents/{}", stopped.id());
    let cancelled = bench
        .post(
            &format!("{path}/cancel"),
            &[("cancellation_reason", "abandoned")],
        )
        .await;
    assert_eq!(
        (
            cancelled.at("/status"),
            cancelled.at("/cancellation_reason")
        ),
        ("canceled", "abandoned")
    );
    for (id, status) in [(done.id(), "succeeded"), (stopped.id(), "canceled")] {
        let card = bench.card("4242424242424242").await;
        let path = format!("/v1/setup_intents/{id}");
        let again = bench
            .post(&format!("{path}/confirm"), &[("payment_method", card.id())])
            .await;
        assert_eq!(
            again.error_codes(),
            (400, "setup_intent_unexpected_state", "")
        );
        assert_eq!(again.at("/error/setup_intent/status"), status);
        assert_eq!(
            bench
                .post(&format!("{path}/cancel"), &[])
                .await
                .at("/error/code"),
            "setup_intent_unexpected_state"
        );
    }
}

#[tokio::test]
async fn an_intent_is_cancelled_after_too_many_failures() {
    let bench = Bench::start().await;
    let made = bench.post("/v1/setup_intents", &[]).await;
    let path = format!("/v1/setup_intents/{}/confirm", made.id());
    let mut tries = 0;
    let end = loop {
        let answer = bench
            .post(&path, &[("payment_method", "pm_card_chargeDeclined")])
            .await;
        tries += 1;
        assert!(tries < 50, "it never ends");
        if answer.status == 400 {
            break answer;
        }
    };
    assert_eq!(end.at("/error/setup_intent/status"), "canceled");
}

#[tokio::test]
async fn a_card_can_be_given_with_the_confirmation() {
    let bench = Bench::start().await;
    let made = bench.post("/v1/setup_intents", &[]).await;
    let form = [
        ("payment_method_data[type]", "card"),
        ("payment_method_data[card][number]", "5555555555554444"),
        ("payment_method_data[card][exp_month]", "1"),
        ("payment_method_data[card][exp_year]", "2035"),
        ("payment_method_data[card][cvc]", "123"),
        ("payment_method_data[billing_details][name]", "Ann"),
        (
            "payment_method_data[billing_details][address][postal_code]",
            "5003",
        ),
        ("expand[]", "payment_method"),
    ];
    let confirmed = bench
        .post(&format!("/v1/setup_intents/{}/confirm", made.id()), &form)
        .await;
    assert_eq!(confirmed.at("/payment_method/card/brand"), "mastercard");
    assert_eq!(confirmed.at("/payment_method/billing_details/name"), "Ann");
    assert_eq!(
        confirmed.at("/payment_method/billing_details/address/postal_code"),
        "5003"
    );
}

#[tokio::test]
async fn unknown_parameters_are_refused_by_name() {
    let bench = Bench::start().await;
    let card = bench.card("4242424242424242").await;
    for (path, name) in [
        ("/v1/setup_intents".to_owned(), "off_session"),
        ("/v1/customers".to_owned(), "nickname"),
        ("/v1/payment_methods".to_owned(), "card[colour]"),
        (format!("/v1/payment_methods/{}/attach", card.id()), "force"),
        ("/v1/payment_intents".to_owned(), "amounts"),
    ] {
        let answer = bench.post(&path, &[(name, "x")]).await;
        assert_eq!(
            answer.error_codes(),
            (400, "parameter_unknown", ""),
            "{path}"
        );
        assert_eq!(answer.at("/error/param"), name);
    }
    let none = bench.post("/v1/unicorns", &[]).await;
    assert_eq!(none.status, 404);
}

#[tokio::test]
async fn endive_refuses_payment_method_types() {
    let bench = Bench::start().await;
    let form = [("payment_method_types[]", "card")];
    for (version, status) in [("2025-09-30.clover", 200), ("2026-09-30.endive", 400)] {
        let headers = [("stripe-version", version)];
        let post = reqwest::Method::POST;
        let answer = bench
            .call_with(
                "sk_test_shop",
                post,
                "/v1/setup_intents",
                RequestParts {
                    form: &form,
                    headers: &headers,
                },
            )
            .await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.headers["stripe-version"], version);
        if status == 400 {
            assert_eq!(
                answer.at("/error/code"),
                "payment_method_types_no_longer_supported"
            );
        }
    }
}
