//! Tests of what Stripe's testing page lists: networks, test ids, Radar, and failing checks.

use crate::support::{ApiResponse, Bench};
use serde_json::{Value, json};

pub async fn pay(bench: &Bench, method: &str) -> ApiResponse {
    let form = [
        ("amount", "500"),
        ("currency", "usd"),
        ("payment_method", method),
        ("confirm", "true"),
    ];
    bench.post("/v1/payment_intents", &form).await
}

pub async fn charge(bench: &Bench, paid: &ApiResponse) -> Value {
    let id = match paid.at("/latest_charge") {
        "" => paid.at("/error/charge"),
        id => id,
    };
    bench.get(&format!("/v1/charges/{id}"), &[]).await.body
}

async fn radar(bench: &Bench, rules: Value) {
    let orders = json!({ "key": "sk_test_shop", "radar": rules });
    assert_eq!(bench.control("/sandbox/switches", orders).await.status, 200);
}

#[tokio::test]
async fn every_published_number_is_accepted_with_its_networks() {
    let bench = Bench::start().await;
    for (number, brand, funding, country, networks) in [
        (
            "6011981111111113",
            "discover",
            "debit",
            "US",
            json!(["discover"]),
        ),
        (
            "6555900000604105",
            "discover",
            "credit",
            "US",
            json!(["discover"]),
        ),
        (
            "6200000000000047",
            "unionpay",
            "debit",
            "CN",
            json!(["unionpay"]),
        ),
        (
            "5555552500001001",
            "mastercard",
            "credit",
            "FR",
            json!(["cartes_bancaires", "mastercard"]),
        ),
        (
            "4000050360000001",
            "visa",
            "debit",
            "AU",
            json!(["eftpos_au", "visa"]),
        ),
        (
            "5555050360000080",
            "mastercard",
            "debit",
            "AU",
            json!(["eftpos_au", "mastercard"]),
        ),
        (
            "30569309025904",
            "diners",
            "credit",
            "US",
            json!(["diners"]),
        ),
        ("4000057640000008", "visa", "debit", "TH", json!(["visa"])),
        ("4000000000000077", "visa", "credit", "US", json!(["visa"])),
    ] {
        let made = bench.card(number).await;
        let card = &made.body["card"];
        let seen = [
            &card["brand"],
            &card["funding"],
            &card["country"],
            &card["networks"]["available"],
        ];
        assert_eq!(
            seen,
            [&json!(brand), &json!(funding), &json!(country), &networks],
            "{number}"
        );
    }
}

#[tokio::test]
async fn every_published_test_id_is_accepted() {
    let bench = Bench::start().await;
    let listed = bench.control_get("/sandbox/cards").await;
    let mut seen = 0;
    for card in listed.body["cards"].as_array().unwrap() {
        for name in card["names"].as_array().unwrap() {
            let name = name.as_str().unwrap();
            let method = bench
                .get(&format!("/v1/payment_methods/pm_card_{name}"), &[])
                .await;
            let token = bench.get(&format!("/v1/tokens/tok_{name}"), &[]).await;
            let last4 = method.at("/card/last4");
            assert!(
                card["number"].as_str().unwrap().ends_with(last4) && !last4.is_empty(),
                "{name}"
            );
            assert_eq!(token.at("/card/last4"), last4, "{name}");
            seen += 1;
        }
    }
    assert!(seen > 110, "{seen}");
    for (name, refusal) in [
        (
            "visa_chargeDeclinedFraudulent",
            (402, "card_declined", "fraudulent"),
        ),
        (
            "visa_debit_chargeDeclinedInsufficientFunds",
            (402, "card_declined", "insufficient_funds"),
        ),
    ] {
        let form = [("type", "card"), ("card[token]", &format!("tok_{name}"))];
        let method = bench.post("/v1/payment_methods", &form).await;
        assert_eq!(
            pay(&bench, method.id()).await.error_codes(),
            refusal,
            "{name}"
        );
    }
}

#[tokio::test]
async fn radar_blocks_by_the_enabled_rules() {
    let bench = Bench::start().await;
    let always = pay(&bench, "pm_card_radarBlock").await;
    assert_eq!(always.error_codes(), (402, "card_declined", "fraudulent"));
    assert_eq!(always.at("/error/message"), "Your card was declined.");
    let outcome = &charge(&bench, &always).await["outcome"];
    let seen = [
        &outcome["type"],
        &outcome["risk_level"],
        &outcome["reason"],
        &outcome["network_status"],
    ];
    assert_eq!(
        seen,
        [
            "blocked",
            "highest",
            "highest_risk_level",
            "not_sent_to_network"
        ]
    );

    let highest = pay(&bench, "pm_card_riskLevelHighest").await;
    assert_eq!(highest.error_codes(), (402, "card_declined", "fraudulent"));
    let code = pay(&bench, "pm_card_cvcCheckFail").await;
    assert_eq!(code.error_codes(), (402, "incorrect_cvc", "incorrect_cvc"));
    radar(&bench, json!([])).await;
    for name in [
        "riskLevelHighest",
        "cvcCheckFail",
        "avsZipFail",
        "highEfwScore",
        "adaptive3dsChallenge",
    ] {
        assert_eq!(
            pay(&bench, &format!("pm_card_{name}")).await.at("/status"),
            "succeeded",
            "{name}"
        );
    }
    assert_eq!(pay(&bench, "pm_card_radarBlock").await.status, 402);
    let elevated = pay(&bench, "pm_card_riskLevelElevated").await;
    let outcome = &charge(&bench, &elevated).await["outcome"];
    assert_eq!(
        [&outcome["type"], &outcome["risk_level"]],
        ["authorized", "elevated"]
    );

    radar(
        &bench,
        json!([
            "early_fraud_warning_score",
            "postal_code_check",
            "adaptive_3ds"
        ]),
    )
    .await;
    let scored = pay(&bench, "pm_card_highEfwScore").await;
    assert_eq!(charge(&bench, &scored).await["outcome"]["reason"], "rule");
    // No value was entered that could be checked.
    assert_eq!(
        pay(&bench, "pm_card_avsZipFail").await.at("/status"),
        "succeeded"
    );
    let zip = [
        ("billing_details[address][postal_code]", "10115"),
        ("type", "card"),
        ("card[token]", "tok_avsZipFail"),
    ];
    let zip = bench.post("/v1/payment_methods", &zip).await;
    assert_eq!(
        pay(&bench, zip.id()).await.error_codes(),
        (402, "incorrect_zip", "incorrect_zip")
    );
    assert_eq!(
        pay(&bench, "pm_card_adaptive3dsChallenge")
            .await
            .at("/status"),
        "requires_action"
    );
}

#[tokio::test]
async fn checks_fail_as_published_for_entered_values_only() {
    let bench = Bench::start().await;
    for (name, line1, postal, cvc) in [
        ("visa", "pass", "pass", "pass"),
        ("cvcCheckFail", "pass", "pass", "fail"),
        ("avsLine1Fail", "fail", "pass", "pass"),
        ("avsZipFail", "pass", "fail", "pass"),
        ("avsFail", "fail", "fail", "pass"),
        ("avsUnchecked", "unavailable", "unavailable", "pass"),
    ] {
        let ann = bench.customer().await;
        let token = format!("tok_{name}");
        let form = [
            ("type", "card"),
            ("card[token]", token.as_str()),
            ("billing_details[address][line1]", "1 Street"),
            ("billing_details[address][postal_code]", "10115"),
        ];
        let made = bench.post("/v1/payment_methods", &form).await;
        let path = format!("/v1/payment_methods/{}/attach", made.id());
        let kept = bench.post(&path, &[("customer", &ann)]).await;
        let checks = json!({
            "address_line1_check": line1, "address_postal_code_check": postal, "cvc_check": cvc,
        });
        assert_eq!(kept.body["card"]["checks"], checks, "{name}");
    }
    let ann = bench.customer().await;
    let kept = bench
        .post(
            "/v1/payment_methods/pm_card_avsFail/attach",
            &[("customer", &ann)],
        )
        .await;
    assert_eq!(
        kept.body["card"]["checks"]["address_line1_check"],
        Value::Null
    );
}

#[tokio::test]
async fn a_frictionless_card_is_authenticated_without_a_challenge() {
    let bench = Bench::start().await;
    let made = bench.card("4000000032200000").await;
    let paid = pay(&bench, made.id()).await;
    assert_eq!(paid.at("/status"), "succeeded");
    let charge = charge(&bench, &paid).await;
    let flow = &charge["payment_method_details"]["card"]["three_d_secure"]["authentication_flow"];
    assert_eq!(flow, "frictionless");
}
