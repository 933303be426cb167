//! Amounts in the account's currency: which ones are sent to the gateway, and which are refused before.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::merchant::{Merchant, code, world_in};

/// The amounts of all payments that were requested from the gateway.
async fn requested_amounts(world: &World) -> Vec<String> {
    let all = world.gateway_requests().await;
    let made = all
        .iter()
        .filter(|call| call["method"] == "POST" && call["path"] == "/v1/payment_intents");
    let of = |call: &Value| {
        let form = call["body"].as_str()?;
        let amount = form
            .split('&')
            .find_map(|pair| pair.strip_prefix("amount="));
        amount.map(str::to_owned)
    };
    made.filter_map(of).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_reaches_the_gateway_in_its_own_minor_units() {
    for (currency, amount, minor, shown) in [
        ("usd", json!("12.99"), "1299", "12.99"),
        ("ugx", json!("5000"), "500000", "5000.00"),
        ("idr", json!("1500000"), "150000000", "1500000.00"),
        ("huf", json!(1234.5), "123450", "1234.50"),
        ("kwd", json!("5.12"), "5120", "5.120"),
        ("jpy", json!(500), "500", "500"),
    ] {
        let world = world_in(currency).await;
        let merchant = Merchant::new(&world);
        let mut sale = merchant.sale("ann");
        sale["amount"] = amount;
        let begun = merchant.posts("/payment/intent", &sale).await;
        assert_eq!(begun.status, 200, "{currency}: {begun:?}");
        assert_eq!(begun.body["amount"], shown);
        assert_eq!(requested_amounts(&world).await, [minor], "{currency}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalid_amount_is_refused_before_the_gateway_is_called() {
    for (currency, amount, words) in [
        (
            "usd",
            "0.10",
            "The amount is too small. The least is 0.50 USD.",
        ),
        (
            "usd",
            "0.30",
            "The amount is too small. The least is 0.50 USD.",
        ),
        ("usd", "0", "The amount must be above zero."),
        (
            "usd",
            "1000000.00",
            "The amount is too large. The most is 999999.99 USD.",
        ),
        (
            "usd",
            "12.995",
            "The amount has more than the 2 decimals of USD.",
        ),
        ("ugx", "50.01", "An amount in UGX has no fraction."),
        (
            "kwd",
            "5.124",
            "An amount in KWD has two decimals; a third must be 0.",
        ),
        ("jpy", "49", "The amount is too small. The least is 50 JPY."),
    ] {
        let world = world_in(currency).await;
        let merchant = Merchant::new(&world);
        let mut sale = merchant.sale("ann");
        sale["amount"] = amount.into();
        let stored = merchant.charge("ann", "pm_12345678", amount, Some("order 1"));
        for body in [sale, stored] {
            let answer = merchant.posts("/payment/intent", &body).await;
            assert_eq!(
                code(&answer),
                (400, "invalid_amount"),
                "{currency} {amount}"
            );
            assert_eq!(answer.body["error"]["message"], words);
        }
        assert!(
            requested_amounts(&world).await.is_empty(),
            "{currency} {amount}"
        );
    }
}

/// A part of a payment may be less than the minimum charge, but must be an amount of the currency.
#[tokio::test(flavor = "multi_thread")]
async fn a_capture_must_be_an_amount_of_the_currency() {
    let world = world_in("ugx").await;
    let merchant = Merchant::new(&world);
    let mut sale = merchant.sale("ann");
    sale["amount"] = "5000".into();
    let begun = merchant.posts("/payment/intent", &sale).await.body;
    let read = merchant.reads(&begun, "visa").await;
    assert_eq!(read["paymentIntent"]["amount"], 500_000);
    let capture = async |amount: &str| {
        let body = json!({
            "payment_id": begun["payment_id"], "amount": amount, "external_account_id": merchant.account
        });
        merchant.posts("/payment/capture", &body).await
    };
    let broken = capture("50.01").await;
    assert_eq!(code(&broken), (400, "invalid_amount"));
    assert_eq!(
        broken.body["error"]["message"],
        "An amount in UGX has no fraction."
    );
    let taken = capture("5000").await;
    assert_eq!(taken.body["amount"], "5000.00", "{taken:?}");
}
