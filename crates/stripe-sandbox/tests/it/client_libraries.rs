//! Tests of requests of common client libraries: stripe-python's booleans, dj-stripe's `sources`, and Laravel Cashier's
//! test ids.

use crate::support::Bench;
use serde_json::json;

#[tokio::test]
async fn capitalized_booleans_of_python_are_accepted() {
    let bench = Bench::start().await;
    let form = [
        ("amount", "500"),
        ("currency", "usd"),
        ("automatic_payment_methods[enabled]", "True"),
        ("payment_method", "pm_card_visa"),
        ("confirm", "True"),
        ("off_session", "False"),
        ("return_url", "https://example.org/"),
    ];
    let paid = bench.post("/v1/payment_intents", &form).await;
    assert_eq!(paid.at("/status"), "succeeded", "{:?}", paid.body);
    assert_eq!(paid.body["automatic_payment_methods"]["enabled"], true);
    // `off_session=False` is on-session, as `false` is: without a return URL it is refused.
    for there in ["False", "false"] {
        let form: Vec<_> = form
            .iter()
            .filter(|(name, _)| *name != "return_url")
            .map(|(name, value)| {
                (
                    *name,
                    if *name == "off_session" {
                        there
                    } else {
                        *value
                    },
                )
            })
            .collect();
        let refused = bench.post("/v1/payment_intents", &form).await;
        assert_eq!(refused.at("/error/param"), "return_url", "{there}");
    }
    let odd = [("amount", "500"), ("currency", "usd"), ("confirm", "TRUE!")];
    let refused = bench.post("/v1/payment_intents", &odd).await;
    assert_eq!(refused.at("/error/message"), "Invalid boolean: TRUE!");
}

#[tokio::test]
async fn lists_of_a_customer_are_returned_when_expanded() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    let path = format!("/v1/customers/{ann}");
    assert!(bench.get(&path, &[]).await.body.get("sources").is_none());
    for list in ["sources", "subscriptions", "tax_ids"] {
        let seen = bench.get(&path, &[("expand[]", list)]).await;
        let url = format!("{path}/{list}");
        let empty = json!({ "object": "list", "data": [], "has_more": false, "url": url });
        assert_eq!(seen.body[list], empty);
    }
    let listed = bench
        .get("/v1/customers", &[("expand[]", "data.sources")])
        .await;
    assert_eq!(listed.at("/data/0/sources/object"), "list");
    let made = bench
        .post("/v1/customers", &[("expand[]", "sources")])
        .await;
    assert_eq!(made.at("/sources/object"), "list");
}

#[tokio::test]
async fn refunds_of_a_charge_are_returned_when_expanded() {
    let bench = Bench::start().await;
    let form = [
        ("amount", "500"),
        ("currency", "usd"),
        ("payment_method", "pm_card_visa"),
        ("confirm", "true"),
    ];
    let paid = bench.post("/v1/payment_intents", &form).await;
    let charge = paid.at("/latest_charge");
    let refund = bench
        .post("/v1/refunds", &[("charge", charge), ("amount", "200")])
        .await;
    let seen = bench
        .get(&format!("/v1/charges/{charge}"), &[("expand[]", "refunds")])
        .await;
    assert_eq!(seen.at("/refunds/data/0/id"), refund.id());
    assert_eq!(seen.body["refunds"]["has_more"], false);
}

#[tokio::test]
async fn a_test_id_is_accepted_wherever_an_id_is() {
    let bench = Bench::start().await;
    let seen = bench.get("/v1/payment_methods/pm_card_visa", &[]).await;
    assert!(seen.id().starts_with("pm_") && seen.id() != "pm_card_visa");
    assert_eq!(seen.at("/card/last4"), "4242");
    let again = bench
        .get(&format!("/v1/payment_methods/{}", seen.id()), &[])
        .await;
    assert_eq!(again.body, seen.body);

    let ann = bench.customer().await;
    let path = format!("/v1/customers/{ann}");
    let default = (
        "invoice_settings[default_payment_method]",
        "pm_card_mastercard",
    );
    let changed = bench.post(&path, &[default]).await;
    let method = changed.at("/invoice_settings/default_payment_method");
    let kept = bench
        .get(&format!("/v1/payment_methods/{method}"), &[])
        .await;
    assert_eq!(
        (kept.at("/customer"), kept.at("/card/brand")),
        (ann.as_str(), "mastercard")
    );
    let made = bench.post("/v1/customers", &[default]).await;
    let method = made.at("/invoice_settings/default_payment_method");
    let kept = bench
        .get(&format!("/v1/payment_methods/{method}"), &[])
        .await;
    assert_eq!(kept.at("/customer"), made.id());
    let declined = [(
        "invoice_settings[default_payment_method]",
        "pm_card_chargeDeclined",
    )];
    assert_eq!(
        bench.post(&path, &declined).await.error_codes(),
        (402, "card_declined", "generic_decline")
    );

    for (calls, refusal) in [
        (
            "/v1/payment_methods/pm_card_visa/detach",
            "is not attached to a customer",
        ),
        (
            "/v1/payment_methods/pm_card_visa",
            "You must save this PaymentMethod",
        ),
    ] {
        let refused = bench.post(calls, &[]).await;
        assert!(
            refused.at("/error/message").contains(refusal),
            "{:?}",
            refused.body
        );
    }
    let of = bench
        .get(&format!("{path}/payment_methods/pm_card_visa"), &[])
        .await;
    assert_eq!(of.error_codes(), (400, "resource_missing", ""));
    let token = bench.get("/v1/tokens/tok_visa", &[]).await;
    assert_eq!(token.at("/card/last4"), "4242");
    let form = [("type", "card"), ("card[token]", token.id())];
    assert_eq!(
        bench
            .post("/v1/payment_methods", &form)
            .await
            .at("/card/last4"),
        "4242"
    );
    let helper = [("payment_method", "pm_card_visa")];
    let ctoken = bench
        .post("/v1/test_helpers/confirmation_tokens", &helper)
        .await;
    assert_eq!(ctoken.at("/payment_method_preview/card/last4"), "4242");
}
