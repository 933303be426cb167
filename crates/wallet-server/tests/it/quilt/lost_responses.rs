//! Responses of the gateway that are lost, and requests that come again a day later, when the gateway has forgotten their
//! idempotency keys: money is taken once.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::merchant::{Merchant, code, world};

/// Every response to a POST with this path is lost, also that of each repeat.
fn lost(path: &str) -> Value {
    json!({"on": "api", "do": "drop_after", "replays": true, "method": "POST", "path": path})
}

const CREATE: &str = "/v1/payment_intents";
const CONFIRM: &str = "/v1/payment_intents/*/confirm";

/// Lets a day pass: gateway and server have forgotten the idempotency keys.
async fn a_day_passes(world: &World) {
    world.gateway_forgets_keys_of("till").await;
    let database = world.database().await;
    sqlx::query("UPDATE idempotency_keys SET updated_at = updated_at - 86400")
        .execute(&database)
        .await
        .unwrap();
    database.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_with_a_lost_response_is_one_charge_also_a_day_later() {
    for path in [CREATE, CONFIRM] {
        for sale in [None, Some("order 7")] {
            let world = world().await;
            let merchant = Merchant::new(&world);
            let card = merchant.keeps("ann", "visa").await;
            let taken = merchant.taken().await;
            let body = merchant.charge("ann", &card, "5.00", sale);
            let send = async || match sale {
                None => merchant.posts_keyed("/payment/intent", &body, "k1").await,
                Some(_) => merchant.posts("/payment/intent", &body).await,
            };
            merchant.fault(lost(path)).await;
            let unknown = send().await;
            assert_eq!(code(&unknown), (503, "server_error"), "{path}");
            merchant.heals().await;
            a_day_passes(&world).await;
            let found = send().await;
            assert_eq!(found.body["status"], "succeeded", "{path}: {found:?}");
            assert_eq!(merchant.taken().await, taken + 1, "{path} {sale:?}");
            a_day_passes(&world).await;
            assert_eq!(send().await, found);
            assert_eq!(merchant.taken().await, taken + 1, "{path} {sale:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_that_was_taken_is_found_although_its_card_was_deleted() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    let body = merchant.charge("ann", &card, "5.00", Some("order 7"));
    merchant.fault(lost(CONFIRM)).await;
    let unknown = merchant.posts("/payment/intent", &body).await;
    assert_eq!(code(&unknown), (503, "server_error"));
    merchant.heals().await;
    assert_eq!(merchant.deletes("ann", &card).await.status, 200);
    a_day_passes(&world).await;
    let found = merchant.posts("/payment/intent", &body).await;
    assert_eq!(found.body["status"], "succeeded", "{found:?}");
    assert_eq!(merchant.taken().await, 2, "the sale and one charge");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declined_charge_whose_response_was_lost_is_not_tried_again_by_its_repeat() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "authenticationRequired").await;
    let body = merchant.charge("ann", &card, "5.00", None);
    merchant.fault(lost(CONFIRM)).await;
    let unknown = merchant.posts_keyed("/payment/intent", &body, "k1").await;
    assert_eq!(code(&unknown), (503, "server_error"));
    merchant.heals().await;
    a_day_passes(&world).await;
    let confirmed = world.gateway_calls("POST", CONFIRM).await;
    for _ in 0..2 {
        let declined = merchant.posts_keyed("/payment/intent", &body, "k1").await;
        assert_eq!(code(&declined), (200, "authentication_required"));
    }
    assert_eq!(world.gateway_calls("POST", CONFIRM).await, confirmed);
}

/// An earlier version charged in one call, and stored no payment before it knew the result.
#[tokio::test(flavor = "multi_thread")]
async fn a_charge_of_an_earlier_version_is_found_by_its_metadata() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    let body = merchant.charge("ann", &card, "5.00", Some("order 7"));
    merchant
        .fault(
            json!({"on": "api", "do": "status", "status": 503, "method": "POST", "path": CREATE}),
        )
        .await;
    let unknown = merchant.posts("/payment/intent", &body).await;
    assert_eq!(code(&unknown), (503, "server_error"));
    merchant.heals().await;
    let database = world.database().await;
    let begun = sqlx::query("UPDATE charges SET search_first = TRUE WHERE intent_id IS NULL");
    assert_eq!(begun.execute(&database).await.unwrap().rows_affected(), 1);
    let customer: String =
        sqlx::query_scalar("SELECT customer_id FROM owners WHERE external_id = 'ann'")
            .fetch_one(&database)
            .await
            .unwrap();
    let key = merchant.charge_keys().await[0].clone();
    let key = key.strip_suffix(":create").unwrap();
    let form = [
        ("amount", "500"),
        ("currency", "usd"),
        ("customer", &customer),
        ("payment_method_types[]", "card"),
        ("payment_method", &card),
        ("confirm", "true"),
        ("off_session", "true"),
        ("metadata[card_entry_request]", key),
    ];
    let url = format!("{}{CREATE}", world.sandbox.origins().api);
    let charged = world.http.post(url).bearer_auth("sk_test_till").form(&form);
    assert_eq!(charged.send().await.unwrap().status(), 200);
    let taken = merchant.taken().await;
    for _ in 0..2 {
        let found = merchant.posts("/payment/intent", &body).await;
        assert_eq!(found.body["status"], "succeeded", "{found:?}");
        assert_eq!(merchant.taken().await, taken);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_capture_or_a_cancellation_with_a_lost_response_is_done_once() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let (captured, canceled) = (merchant.begins("ann").await, merchant.begins("eve").await);
    for begun in [&captured, &canceled] {
        merchant.reads(begun, "visa").await;
    }
    merchant.fault(lost("/v1/payment_intents/**")).await;
    let (captured, canceled) = (&captured["payment_id"], &canceled["payment_id"]);
    assert_eq!(
        code(&merchant.captures(captured).await),
        (503, "server_error")
    );
    assert_eq!(
        code(&merchant.cancels(canceled).await),
        (503, "server_error")
    );
    merchant.heals().await;
    a_day_passes(&world).await;
    let calls = async || {
        let of = async |verb| {
            let path = format!("/v1/payment_intents/*/{verb}");
            world.gateway_calls("POST", &path).await
        };
        (of("capture").await, of("cancel").await)
    };
    let before = calls().await;
    for _ in 0..2 {
        let again = merchant.captures(captured).await;
        assert_eq!(
            (&again.body["status"], &again.body["amount"]),
            (&"succeeded".into(), &"12.99".into())
        );
        assert_eq!(merchant.cancels(canceled).await.body["status"], "canceled");
    }
    assert_eq!(calls().await, before, "nothing is asked for twice");
    assert_eq!(merchant.taken().await, 1);
    assert_eq!(
        code(&merchant.cancels(captured).await),
        (200, "wrong_state")
    );
    assert_eq!(
        code(&merchant.captures(canceled).await),
        (200, "wrong_state")
    );
}
