//! Tests of what happens after a charge: disputes, fraud warnings, and refunds that change their status later.

use crate::support::Bench;
use crate::testing_page::{charge, pay};
use serde_json::json;
use std::time::{Duration, Instant};

#[tokio::test]
async fn dispute_cards_create_disputes_that_the_evidence_decides() {
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
async fn an_inquiry_becomes_a_dispute_only_when_it_escalates() {
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
    let events = bench
        .get(
            "/v1/events",
            &[("type", "radar.early_fraud_warning.created")],
        )
        .await;
    assert_eq!(
        events.body["data"][0]["data"]["object"],
        warning.body["data"][0]
    );
}

#[tokio::test]
async fn an_authorized_charge_is_disputed_after_the_capture() {
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
async fn a_refund_can_be_pending_and_can_fail() {
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
        let deadline = Instant::now() + Duration::from_secs(30);
        while bench.get(&path, &[]).await.at("/status") == first {
            assert!(Instant::now() < deadline, "{name} stays {first}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let over = bench.get(&path, &[]).await;
        assert_eq!(over.at("/status"), then, "{name}");
        let events = bench.get("/v1/events", &[("type", event)]).await;
        assert_eq!(events.body["data"][0]["data"]["object"], over.body);
        assert_eq!(charge(&bench, &paid).await["amount_refunded"], refunded);
    }
}
