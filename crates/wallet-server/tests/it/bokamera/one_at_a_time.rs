//! Of one company and reference only the newest checkout can be paid, under races and gateway faults.

use serde_json::{Value, json};

use crate::delete::join;
use crate::support::bank::VISA;
use crate::support::salon::Salon;
use crate::support::{World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn a_new_checkout_expires_the_older_one_and_no_other() {
    let world = World::open().await;
    let (salon, spa) = (Salon::new(&world), Salon::spa(&world));
    let first = salon.opens(&salon.order("booking 1")).await;
    let other = salon.opens(&salon.order("booking 2")).await;
    let theirs = spa.opens(&spa.order("booking 1")).await;
    let second = salon.opens(&salon.embedded("booking 1")).await;
    assert_eq!(salon.status(&first).await, "expired");
    assert_eq!(salon.session(&first).await["status"], "expired");
    assert_eq!(salon.pays(&first, VISA).await, "expired");
    for (owner, checkout) in [(&salon, &other), (&spa, &theirs), (&salon, &second)] {
        assert_eq!(owner.status(checkout).await, "open");
        assert_eq!(owner.pays(checkout, VISA).await, "complete");
    }
    let third = salon.opens(&salon.order("booking 1")).await;
    assert_eq!(
        salon.status(&second).await,
        "complete",
        "a paid checkout stays paid"
    );
    assert_eq!(salon.status(&third).await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_concurrent_checkouts_one_can_be_paid() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let order = salon.order("booking 1");
    let made: Vec<Value> = join((0..12).map(|_| salon.opens(&order)).collect()).await;
    let open = salon.open_sessions().await;
    assert_eq!(open.len(), 1, "{open:?}");
    let mut current = 0;
    for checkout in &made {
        match salon.status(checkout).await.as_str() {
            "open" => current += 1,
            status => assert_eq!(status, "expired"),
        }
    }
    assert_eq!(current, 1);
    let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM outbox")
        .fetch_one(&world.database().await)
        .await
        .unwrap();
    assert_eq!(left, 0, "each was expired once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expiry_that_fails_is_retried_later() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let first = salon.opens(&salon.order("booking 1")).await;
    let orders = json!({"key": "sk_test_salon", "faults": [
        {"on": "api", "do": "status", "status": 500, "path": "/v1/checkout/sessions/*/expire", "times": 4}
    ]});
    let faults = format!("{}/sandbox/faults", world.sandbox.origins().api);
    let response = world.http.post(faults).json(&orders).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200);
    let second = salon.opens(&salon.order("booking 1")).await;
    assert_eq!(
        salon.session(&first).await["status"],
        "open",
        "the fault applies"
    );
    assert_eq!(salon.status(&first).await, "expired", "it is replaced");
    assert_eq!(salon.status(&second).await, "open");
    eventually("the gateway expires it", || async {
        salon.session(&first).await["status"] == "expired"
    })
    .await;
    assert_eq!(salon.status(&second).await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreachable_gateway_leaves_the_older_checkout_open() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let first = salon.opens(&salon.order("booking 1")).await;
    let order = |faults: Value| json!({"key": "sk_test_salon", "clear": true, "faults": faults});
    let faults = format!("{}/sandbox/faults", world.sandbox.origins().api);
    let gone = order(json!([{"on": "api", "do": "drop"}]));
    world.http.post(&faults).json(&gone).send().await.unwrap();
    let refused = salon.posts("/checkout", &salon.order("booking 1")).await;
    assert_eq!(refused.status, 503);
    let words = refused.body["ResponseStatus"]["Message"].as_str().unwrap();
    assert!(words.contains("Nothing was charged"), "{words}");
    assert_eq!(salon.asks(&first["SessionId"]).await.status, 503);
    let back = order(json!([]));
    world.http.post(&faults).json(&back).send().await.unwrap();
    assert_eq!(salon.status(&first).await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_has_an_hourly_limit() {
    let world = World::with(|settings| settings.intents_per_hour = Some(2)).await;
    let salon = Salon::new(&world);
    for _ in 0..2 {
        salon.opens(&salon.order("booking 1")).await;
    }
    let request = salon.request("/checkout").json(&salon.order("booking 1"));
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 429);
    assert!(answer.headers().contains_key("retry-after"));
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["ResponseStatus"]["ErrorCode"], "TooManyRequests");
    salon.opens(&salon.order("booking 2")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_with_its_idempotency_key_expires_nothing() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let order = salon.embedded("booking 1");
    let first = salon.posts_keyed("/checkout", &order, "k1").await;
    assert_eq!(first.status, 200, "{first:?}");
    let again = join(
        (0..6)
            .map(|_| salon.posts_keyed("/checkout", &order, "k1"))
            .collect(),
    )
    .await;
    assert!(again.iter().all(|answer| *answer == first), "{again:?}");
    assert_eq!(
        world.gateway_calls("POST", "/v1/checkout/sessions").await,
        1
    );
    assert_eq!(salon.status(&first.body).await, "open");
    let other = salon
        .posts_keyed("/checkout", &salon.embedded("booking 2"), "k1")
        .await;
    assert_eq!(other.status, 400, "{other:?}");
    assert_eq!(salon.open_sessions().await.len(), 1);

    // Once it is paid or replaced, a repeat creates nothing and expires nothing.
    let second = salon.posts_keyed("/checkout", &order, "k2").await;
    let late = salon.posts_keyed("/checkout", &order, "k1").await;
    assert_eq!(late.status, 409, "{late:?}");
    assert_eq!(salon.status(&second.body).await, "open");
    assert_eq!(salon.pays(&second.body, VISA).await, "complete");
    assert_eq!(
        salon.posts_keyed("/checkout", &order, "k2").await.status,
        409
    );
    assert!(salon.open_sessions().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_requests_with_one_key_create_one_session() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let order = salon.order("booking 1");
    let made = join(
        (0..8)
            .map(|_| salon.posts_keyed("/checkout", &order, "k1"))
            .collect(),
    )
    .await;
    assert!(
        made.iter()
            .all(|answer| *answer == made[0] && answer.status == 200),
        "{made:?}"
    );
    assert_eq!(salon.open_sessions().await.len(), 1);
    // Keys of two companies are independent.
    let spa = Salon::spa(&world);
    let theirs = spa
        .posts_keyed("/checkout", &spa.order("booking 1"), "k1")
        .await;
    assert_ne!(theirs.body["SessionId"], made[0].body["SessionId"]);
}
