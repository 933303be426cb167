//! Tests of PaymentIntents: charges, captures, and cards that are declined at a charge only.

use crate::support::{ApiResponse, Bench};

async fn charge(bench: &Bench, more: &[(&str, &str)]) -> ApiResponse {
    let mut form = vec![("amount", "1250"), ("currency", "usd"), ("confirm", "true")];
    form.extend_from_slice(more);
    bench.post("/v1/payment_intents", &form).await
}

#[tokio::test]
async fn a_charge_succeeds_and_an_unattached_card_cannot_be_used_again() {
    let bench = Bench::start().await;
    let card = bench.card("4242424242424242").await;
    let paid = charge(&bench, &[("payment_method", card.id())]).await;
    assert_eq!(
        (paid.at("/status"), paid.body["amount_received"].as_u64()),
        ("succeeded", Some(1250))
    );
    assert_eq!(
        charge(&bench, &[("payment_method", card.id())])
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_manual_capture_is_captured_later() {
    let bench = Bench::start().await;
    let held = charge(
        &bench,
        &[
            ("payment_method", "pm_card_visa"),
            ("capture_method", "manual"),
        ],
    )
    .await;
    assert_eq!(
        (held.at("/status"), held.body["amount_capturable"].as_u64()),
        ("requires_capture", Some(1250))
    );
    let path = format!("/v1/payment_intents/{}", held.id());
    assert_eq!(
        bench
            .post(&format!("{path}/capture"), &[("amount_to_capture", "9999")])
            .await
            .status,
        400
    );
    let taken = bench
        .post(&format!("{path}/capture"), &[("amount_to_capture", "1000")])
        .await;
    assert_eq!(
        (taken.at("/status"), taken.body["amount_received"].as_u64()),
        ("succeeded", Some(1000))
    );
    let late = bench.post(&format!("{path}/cancel"), &[]).await;
    assert_eq!(
        late.error_codes(),
        (400, "payment_intent_unexpected_state", "")
    );
}

#[tokio::test]
async fn declined_charges_leave_the_intent_open() {
    let bench = Bench::start().await;
    for (method, code, decline) in [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
        (
            "pm_card_chargeCustomerFail",
            "card_declined",
            "generic_decline",
        ),
        (
            "pm_card_chargeDeclinedExpiredCard",
            "expired_card",
            "expired_card",
        ),
    ] {
        let refused = charge(&bench, &[("payment_method", method)]).await;
        assert_eq!(refused.error_codes(), (402, code, decline), "{method}");
        assert_eq!(
            refused.at("/error/payment_intent/status"),
            "requires_payment_method"
        );
        assert!(refused.at("/error/charge").starts_with("ch_"));
    }
}

#[tokio::test]
async fn authentication_off_session_depends_on_the_setup() {
    let bench = Bench::start().await;
    let ann = bench.customer().await;
    for (number, refusal) in [
        ("4000002500003155", None),
        ("4000003800000446", None),
        ("4000002760003184", Some("authentication_required")),
    ] {
        let (confirmed, intent) = bench.set_up(&ann, number).await;
        bench
            .press(
                confirmed.at("/next_action/use_stripe_sdk/source"),
                "complete",
            )
            .await;
        let intent = bench
            .get(&format!("/v1/setup_intents/{}", intent.id()), &[])
            .await;
        let form = [
            ("customer", ann.as_str()),
            ("payment_method", intent.at("/payment_method")),
            ("off_session", "true"),
        ];
        let charged = charge(&bench, &form).await;
        match refusal {
            None => assert_eq!(charged.at("/status"), "succeeded", "{number}"),
            Some(code) => assert_eq!(charged.error_codes(), (402, code, code), "{number}"),
        }
    }
}

#[tokio::test]
async fn the_challenge_decides_the_result_of_a_charge() {
    let bench = Bench::start().await;
    for (method, button, status, code) in [
        (
            "pm_card_authenticationRequired",
            "complete",
            "succeeded",
            "",
        ),
        (
            "pm_card_authenticationRequired",
            "fail",
            "requires_payment_method",
            "payment_intent_authentication_failure",
        ),
        (
            "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
            "complete",
            "requires_payment_method",
            "card_declined",
        ),
        (
            "pm_card_threeDSecureRequiredChargeDeclined",
            "complete",
            "requires_payment_method",
            "card_declined",
        ),
    ] {
        let waiting = charge(&bench, &[("payment_method", method)]).await;
        let source = waiting.at("/next_action/use_stripe_sdk/source");
        assert_eq!(bench.press(source, button).await, 204, "{method}");
        let after = bench
            .get(&format!("/v1/payment_intents/{}", waiting.id()), &[])
            .await;
        assert_eq!(
            (after.at("/status"), after.at("/last_payment_error/code")),
            (status, code),
            "{method}"
        );
    }
}
