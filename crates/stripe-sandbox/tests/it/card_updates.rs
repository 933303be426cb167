//! Tests of card updates: the changed payment method, its event, and refused updates.

use crate::support::Bench;
use serde_json::{Value, json};

async fn saved(bench: &Bench) -> String {
    let ann = bench.customer().await;
    let (_, after) = bench.set_up(&ann, "4242424242424242").await;
    after.at("/payment_method").to_owned()
}

#[tokio::test]
async fn a_saved_card_gets_another_number_and_an_event_is_recorded() {
    let bench = Bench::start().await;
    let id = saved(&bench).await;
    let path = format!("/v1/payment_methods/{id}");
    let before = bench.get(&path, &[]).await;
    let orders = json!({
        "key": "sk_test_shop", "payment_method": id,
        "number": "5555555555554444", "exp_month": 7, "exp_year": 2041,
    });
    let changed = bench.control("/sandbox/card_updates", orders).await;
    assert_eq!(changed.status, 200, "{:?}", changed.body);
    let after = bench.get(&path, &[]).await;
    assert_eq!(after.body, changed.body);
    let card = &after.body["card"];
    assert_eq!(
        (
            &card["brand"],
            &card["last4"],
            &card["exp_month"],
            &card["exp_year"]
        ),
        (
            &json!("mastercard"),
            &json!("4444"),
            &json!(7),
            &json!(2041)
        )
    );
    let fingerprint = |seen: &Value| seen["card"]["fingerprint"].as_str().unwrap().to_owned();
    assert_ne!(fingerprint(&after.body), fingerprint(&before.body));
    // The same number entered later has the fingerprint of the updated card.
    let entered = bench.card("5555555555554444").await;
    let entered = bench
        .get(&format!("/v1/payment_methods/{}", entered.id()), &[])
        .await;
    assert_eq!(fingerprint(&entered.body), fingerprint(&after.body));

    let kind = [("type", "payment_method.automatically_updated")];
    let events = bench.get("/v1/events", &kind).await;
    let data = &events.body["data"][0]["data"];
    assert_eq!(data["object"], after.body);
    assert_eq!(data["previous_attributes"]["card"]["last4"], "4242");
    assert_eq!(events.body["data"][0]["request"]["id"], Value::Null);
}

#[tokio::test]
async fn the_expiry_date_can_be_updated_alone() {
    let bench = Bench::start().await;
    let id = saved(&bench).await;
    let orders =
        json!({ "key": "sk_test_shop", "payment_method": id, "exp_month": 1, "exp_year": 2042 });
    let changed = bench.control("/sandbox/card_updates", orders).await;
    let card = &changed.body["card"];
    assert_eq!(
        (&card["last4"], &card["exp_year"]),
        (&json!("4242"), &json!(2042))
    );
}

#[tokio::test]
async fn invalid_card_updates_are_refused_with_a_reason() {
    let bench = Bench::start().await;
    let id = saved(&bench).await;
    let loose = bench.card("4242424242424242").await;
    for (status, word, more) in [
        (
            400,
            "published test number",
            json!({ "payment_method": id, "number": "4111111111111111" }),
        ),
        (
            400,
            "`exp_month` and `exp_year` together",
            json!({ "payment_method": id, "exp_month": 1 }),
        ),
        (400, "give `number`", json!({ "payment_method": id })),
        (
            400,
            "1 to 12",
            json!({ "payment_method": id, "exp_month": 13, "exp_year": 2041 }),
        ),
        (
            400,
            "attached to no customer",
            json!({ "payment_method": loose.id(), "number": "5555555555554444" }),
        ),
        (
            404,
            "No such PaymentMethod: 'pm_none'",
            json!({ "payment_method": "pm_none", "number": "5555555555554444" }),
        ),
    ] {
        let mut orders = more;
        orders["key"] = json!("sk_test_shop");
        let refused = bench.control("/sandbox/card_updates", orders).await;
        assert_eq!(refused.status, status, "{word}: {:?}", refused.body);
        assert!(
            refused.at("/error").contains(word),
            "{word}: {:?}",
            refused.body
        );
    }
}
