//! What Stripe's testing page says of cards beside the plain ones: Radar, checks, disputes, refunds, networks, and their ids.

use crate::support::{Answer, Bench};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

async fn pay(bench: &Bench, method: &str) -> Answer {
    let form = [
        ("amount", "500"),
        ("currency", "usd"),
        ("payment_method", method),
        ("confirm", "true"),
    ];
    bench.post("/v1/payment_intents", &form).await
}

async fn charge(bench: &Bench, paid: &Answer) -> Value {
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
async fn every_number_of_the_page_is_taken_with_its_networks() {
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
async fn every_ready_made_id_the_page_lists_works() {
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
        assert_eq!(pay(&bench, method.id()).await.refusal(), refusal, "{name}");
    }
}

#[tokio::test]
async fn radar_stops_what_its_rules_say() {
    let bench = Bench::start().await;
    let always = pay(&bench, "pm_card_radarBlock").await;
    assert_eq!(always.refusal(), (402, "card_declined", "fraudulent"));
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
    assert_eq!(highest.refusal(), (402, "card_declined", "fraudulent"));
    let code = pay(&bench, "pm_card_cvcCheckFail").await;
    assert_eq!(code.refusal(), (402, "incorrect_cvc", "incorrect_cvc"));
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
    // Nothing was entered that could be wrong.
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
        pay(&bench, zip.id()).await.refusal(),
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
async fn checks_fail_as_the_page_says_and_only_of_what_was_entered() {
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
async fn a_frictionless_card_is_authenticated_without_a_word() {
    let bench = Bench::start().await;
    let made = bench.card("4000000032200000").await;
    let paid = pay(&bench, made.id()).await;
    assert_eq!(paid.at("/status"), "succeeded");
    let charge = charge(&bench, &paid).await;
    let flow = &charge["payment_method_details"]["card"]["three_d_secure"]["authentication_flow"];
    assert_eq!(flow, "frictionless");
}

#[tokio::test]
async fn disputes_come_of_their_cards_and_are_won_or_lost_by_their_evidence() {
    let bench = Bench::start().await;
    for (name, reason, count) in [
        ("createDispute", "fraudulent", 1),
        ("createDisputeProductNotReceived", "product_not_received", 1),
        ("createMultipleDisputes", "fraudulent", 2),
        ("createComplianceDispute", "noncompliant", 1),
        ("createEthocaAlert", "fraudulent", 1),
    ] {
        let paid = pay(&bench, &format!("pm_card_{name}")).await;
        assert_eq!(paid.at("/status"), "succeeded", "{name}");
        let of = [("payment_intent", paid.id())];
        let found = bench.get("/v1/disputes", &of).await;
        let data = found.body["data"].as_array().unwrap().clone();
        assert_eq!(data.len(), count, "{name}");
        assert_eq!(
            [&data[0]["reason"], &data[0]["status"]],
            [reason, "needs_response"],
            "{name}"
        );
        assert_eq!(charge(&bench, &paid).await["disputed"], true);
        let refund = bench.post("/v1/refunds", &of).await;
        assert_eq!(refund.at("/error/code"), "charge_disputed");
    }
    let open = bench.get("/v1/disputes", &[("limit", "3")]).await;
    for (place, words, end) in [
        (0, "winning_evidence", "won"),
        (1, "losing_evidence", "lost"),
        (2, "we are right", "under_review"),
    ] {
        let path = format!("/v1/disputes/{}", open.at(&format!("/data/{place}/id")));
        let draft = [("evidence[uncategorized_text]", words), ("submit", "false")];
        assert_eq!(
            bench.post(&path, &draft).await.at("/status"),
            "needs_response"
        );
        let sent = bench.post(&path, &draft[..1]).await;
        assert_eq!(sent.at("/status"), end, "{words}");
        assert_eq!(sent.at("/evidence/uncategorized_text"), words);
    }
    let closed = bench
        .get("/v1/events", &[("type", "charge.dispute.closed")])
        .await;
    assert_eq!(closed.body["data"].as_array().unwrap().len(), 2);
    let back = bench
        .get("/v1/events", &[("type", "charge.dispute.funds_reinstated")])
        .await;
    assert_eq!(back.body["data"].as_array().unwrap().len(), 1);
    let last = format!("/v1/disputes/{}/close", open.at("/data/2/id"));
    assert_eq!(bench.post(&last, &[]).await.at("/status"), "lost");
    assert_eq!(bench.post(&last, &[]).await.status, 400);
}

#[tokio::test]
async fn an_inquiry_is_no_dispute_until_it_escalates_and_a_warning_is_neither() {
    let bench = Bench::start().await;
    let paid = pay(&bench, "pm_card_createDisputeInquiry").await;
    let of = [("payment_intent", paid.id())];
    let found = bench.get("/v1/disputes", &of).await;
    assert_eq!(found.at("/data/0/status"), "warning_needs_response");
    assert_eq!(found.body["data"][0]["is_charge_refundable"], true);
    let path = format!("/v1/disputes/{}", found.at("/data/0/id"));
    let escalate = [("evidence[uncategorized_text]", "escalate_inquiry_evidence")];
    assert_eq!(
        bench.post(&path, &escalate).await.at("/status"),
        "needs_response"
    );

    let warned = pay(&bench, "pm_card_createIssuerFraudRecord").await;
    let of = [("payment_intent", warned.id())];
    let warning = bench.get("/v1/radar/early_fraud_warnings", &of).await;
    assert_eq!(warning.at("/data/0/charge"), warned.at("/latest_charge"));
    assert_eq!(bench.get("/v1/disputes", &of).await.body["data"], json!([]));
    let told = bench
        .get(
            "/v1/events",
            &[("type", "radar.early_fraud_warning.created")],
        )
        .await;
    assert_eq!(
        told.body["data"][0]["data"]["object"],
        warning.body["data"][0]
    );
}

#[tokio::test]
async fn a_held_charge_is_disputed_once_it_is_captured() {
    let bench = Bench::start().await;
    let form = [
        ("amount", "500"),
        ("currency", "usd"),
        ("payment_method", "pm_card_createDispute"),
        ("capture_method", "manual"),
        ("confirm", "true"),
    ];
    let held = bench.post("/v1/payment_intents", &form).await;
    assert_eq!(bench.get("/v1/disputes", &[]).await.body["data"], json!([]));
    let path = format!("/v1/payment_intents/{}/capture", held.id());
    bench.post(&path, &[("amount_to_capture", "300")]).await;
    assert_eq!(
        bench.get("/v1/disputes", &[]).await.body["data"][0]["amount"],
        300
    );
}

#[tokio::test]
async fn a_refund_can_take_its_time_and_can_fail() {
    let bench = Bench::start().await;
    for (name, first, then, event, refunded) in [
        (
            "pendingRefund",
            "pending",
            "succeeded",
            "refund.updated",
            500,
        ),
        ("refundFail", "succeeded", "failed", "refund.failed", 0),
    ] {
        let paid = pay(&bench, &format!("pm_card_{name}")).await;
        let refund = bench
            .post("/v1/refunds", &[("payment_intent", paid.id())])
            .await;
        assert_eq!(refund.at("/status"), first, "{name}");
        let path = format!("/v1/refunds/{}", refund.id());
        let patience = Instant::now() + Duration::from_secs(30);
        while bench.get(&path, &[]).await.at("/status") == first {
            assert!(Instant::now() < patience, "{name} stays {first}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let over = bench.get(&path, &[]).await;
        assert_eq!(over.at("/status"), then, "{name}");
        let told = bench.get("/v1/events", &[("type", event)]).await;
        assert_eq!(told.body["data"][0]["data"]["object"], over.body);
        assert_eq!(charge(&bench, &paid).await["amount_refunded"], refunded);
    }
}
