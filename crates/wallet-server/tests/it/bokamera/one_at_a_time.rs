//! Of one company and reference only the newest checkout can be paid, whatever races and whatever the gateway does.

use serde_json::{Value, json};

use crate::delete::join;
use crate::support::bank::VISA;
use crate::support::salon::Salon;
use crate::support::{World, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn a_new_checkout_ends_the_older_one_and_no_other() {
    let world = World::open().await;
    let (salon, spa) = (Salon::new(&world), Salon::spa(&world));
    let first = salon.opens(&salon.order("booking 1")).await;
    let other = salon.opens(&salon.order("booking 2")).await;
    let theirs = spa.opens(&spa.order("booking 1")).await;
    let second = salon.opens(&salon.embedded("booking 1")).await;
    assert_eq!(salon.status(&first).await, "expired");
    assert_eq!(salon.session(&first).await["status"], "expired");
    assert_eq!(salon.pays(&first, VISA).await, "expired");
    for (whose, checkout) in [(&salon, &other), (&spa, &theirs), (&salon, &second)] {
        assert_eq!(whose.status(checkout).await, "open");
        assert_eq!(whose.pays(checkout, VISA).await, "complete");
    }
    let third = salon.opens(&salon.order("booking 1")).await;
    assert_eq!(
        salon.status(&second).await,
        "complete",
        "what is paid stays paid"
    );
    assert_eq!(salon.status(&third).await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_made_at_once_one_can_be_paid() {
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
    assert_eq!(left, 0, "each was told once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_is_not_told_now_it_is_told_later() {
    let world = World::open().await;
    let salon = Salon::new(&world);
    let first = salon.opens(&salon.order("booking 1")).await;
    let orders = json!({"key": "sk_test_salon", "faults": [
        {"on": "api", "do": "status", "status": 500, "path": "/v1/checkout/sessions/*/expire", "times": 4}
    ]});
    let faults = format!("{}/sandbox/faults", world.sandbox.origins().api);
    let told = world.http.post(faults).json(&orders).send().await.unwrap();
    assert_eq!(told.status().as_u16(), 200);
    let second = salon.opens(&salon.order("booking 1")).await;
    assert_eq!(
        salon.session(&first).await["status"],
        "open",
        "the fault strikes"
    );
    assert_eq!(salon.status(&first).await, "expired", "it no longer counts");
    assert_eq!(salon.status(&second).await, "open");
    eventually("the gateway expires it", || async {
        salon.session(&first).await["status"] == "expired"
    })
    .await;
    assert_eq!(salon.status(&second).await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_gone_leaves_the_older_checkout_as_it_was() {
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
async fn one_reference_has_its_hourly_limit() {
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
