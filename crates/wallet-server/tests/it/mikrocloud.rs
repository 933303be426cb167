//! MikroCloud's wallet in the vendor's format: several cards, one of them the default.

mod saves;
mod tokens;

use reqwest::Method;
use serde_json::json;

use crate::delete::join;
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::cloud::{CLOUD, CLOUD_PAGE, Holder, RIVAL_PAGE, claims};
use crate::support::{Answer, STUDIO_PAGE, World, eventually};

/// A third card, whose number has 15 digits.
const AMEX: &str = "378282246310005";

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_intent_has_the_members_of_the_vendors_page_in_order() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let answer = ann.request(Method::POST, "/setup-intent").send().await;
    let answer = answer.unwrap();
    assert_eq!(answer.status().as_u16(), 201);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let text = answer.text().await.unwrap();
    let keys: Vec<&str> = text
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|word| text.contains(&format!("\"{word}\":")))
        .collect();
    assert_eq!(
        keys,
        [
            "id",
            "publishable_key",
            "client_secret",
            "status",
            "created_at"
        ]
    );
    let body: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["publishable_key"], "pk_test_cloud");
    assert_eq!(body["status"], "requires_payment_method");
    let secret = body["client_secret"].as_str().unwrap();
    assert!(secret.starts_with(body["id"].as_str().unwrap()));
    let dump = String::from_utf8_lossy(&world.database_dump().await).into_owned();
    assert!(!dump.contains(secret), "the secret is not stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_are_listed_with_the_default_first_then_the_newest() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    assert!(ann.list().await.is_empty());
    let first = ann.adds(VISA).await;
    let second = ann.adds(MASTERCARD).await;
    let third = ann.adds(AMEX).await;
    let list = ann.list().await;
    assert_eq!(ann.ids().await, [&*first, &*third, &*second]);
    assert_eq!(list[0]["brand"], "visa");
    assert_eq!(list[1]["brand"], "amex");
    assert_eq!(
        (
            &list[0]["last4"],
            &list[0]["exp_month"],
            &list[0]["exp_year"]
        ),
        (&"4242".into(), &11.into(), &2031.into())
    );
    let fields = list[0].as_object().unwrap().len();
    assert_eq!(fields, 6, "nothing beside what the page shows: {list:?}");

    let again = ann.saves(&third).await;
    assert_eq!((again.status, &again.body), (201, &list[1]));
    assert_eq!(ann.ids().await, [&*third, &*second, &*first]);
    let bank = ann.bank();
    let customer = bank.method(&first).await["customer"].clone();
    assert_eq!(bank.attached(customer.as_str().unwrap()).await.len(), 3);
    assert_eq!(bank.customers().await.len(), 1, "one customer per owner");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_other_card_becomes_default_when_the_default_is_deleted() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let first = ann.adds(VISA).await;
    let second = ann.adds(MASTERCARD).await;
    let third = ann.adds(AMEX).await;
    let gone = ann.deletes(&first).await;
    assert_eq!((gone.status, gone.body), (204, serde_json::Value::Null));
    assert_eq!(ann.ids().await, [&*third, &*second]);
    assert_eq!(
        ann.deletes(&second).await.status,
        204,
        "another than the default"
    );
    assert_eq!(ann.ids().await, [&*third]);
    assert_eq!(ann.deletes(&third).await.status, 204);
    assert!(ann.list().await.is_empty());
    let fresh = ann.adds(VISA).await;
    assert_eq!(ann.ids().await, [fresh]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_object_is_410_and_an_unknown_path_404() {
    let world = World::open().await;
    let (ann, bob) = (Holder::new(&world, "ann"), Holder::new(&world, "bob"));
    let card = ann.adds(VISA).await;
    for id in ["pm_doesnotexist00", &card, "1", "%zz", "..%2F..", "%00"] {
        let answer = bob.deletes(id).await;
        assert_eq!(answer.status, 410, "{id} {answer:?}");
        assert_eq!(
            answer.body,
            json!({"message": "This card is not in your wallet."})
        );
    }
    assert_eq!(
        ann.ids().await,
        [&*card],
        "another owner's card is not found"
    );
    ann.deletes(&card).await;
    assert_eq!(ann.deletes(&card).await.status, 410, "deleted twice");
    for path in ["/tax", "/payment-methods/a/b", "", "/"] {
        let answer = ann.send(Method::POST, path).await;
        assert_eq!(answer.status, 404, "{path} {answer:?}");
        assert_eq!(
            answer.body,
            json!({"message": "There is nothing at this address."})
        );
    }
    let wrong = ann.send(Method::PUT, "/payment-methods").await;
    assert_eq!((wrong.status, wrong.sentence().is_empty()), (405, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_deletes_are_one_delete_and_leave_one_default() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let mut ids = Vec::new();
    for number in [VISA, MASTERCARD, AMEX] {
        ids.push(ann.adds(number).await);
    }
    let mut calls = Vec::new();
    for id in &ids[..2] {
        for _ in 0..10 {
            calls.push(ann.deletes(id));
        }
    }
    let answers = join(calls).await;
    let count = |status| answers.iter().filter(|a| a.status == status).count();
    assert_eq!((count(204), count(410)), (2, 18));
    assert_eq!(ann.ids().await, [&*ids[2]]);
    let defaults: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM cards WHERE is_default")
        .fetch_one(&world.database().await)
        .await
        .unwrap();
    assert_eq!(defaults, 1);
    eventually("each is detached once", || async {
        world
            .gateway_calls("POST", "/v1/payment_methods/*/detach")
            .await
            == 2
    })
    .await;
    let late = ann.saves(&ids[0]).await;
    assert_eq!(
        (late.status, late.sentence()),
        (422, "This card was removed. Please enter it again.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn times_are_in_the_time_zone_of_the_token() {
    let world = World::open().await;
    let mut zoned = claims("ann");
    zoned["timezone"] = "Asia/Kolkata".into();
    let mut odd = claims("ann");
    odd["timezone"] = "Mars/Olympus".into();
    let (ann, there, lost) = (
        Holder::new(&world, "ann"),
        Holder::claiming(&world, &zoned),
        Holder::claiming(&world, &odd),
    );
    ann.adds(VISA).await;
    let database = world.database().await;
    sqlx::query("UPDATE cards SET created_at = 1694827053")
        .execute(&database)
        .await
        .unwrap();
    for (holder, text) in [
        (&ann, "2023-09-16 01:17:33"),
        (&there, "2023-09-16 06:47:33"),
        (&lost, "2023-09-16 01:17:33"),
    ] {
        assert_eq!(holder.list().await[0]["created_at"], text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_accounts_own_parents_may_call() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    for (page, status, shown) in [
        (CLOUD_PAGE, 200, true),
        (RIVAL_PAGE, 403, true),
        (STUDIO_PAGE, 403, false),
        ("https://evil.example", 403, false),
        ("null", 403, false),
    ] {
        let request = ann.request(Method::GET, "/payment-methods");
        let answer = request.header("origin", page).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{page}");
        let allowed = answer.headers().get("access-control-allow-origin");
        assert_eq!(allowed.is_some(), shown, "{page}");
        let body = Answer::of(answer).await;
        assert!(
            status == 200 || body.body["message"].is_string(),
            "{body:?}"
        );
    }
    let preflight = world
        .http
        .request(Method::OPTIONS, world.url("/v1/account/payment-methods"))
        .header("origin", CLOUD_PAGE)
        .header("access-control-request-method", "DELETE");
    let answer = preflight.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 204);
    let headers = answer.headers();
    assert_eq!(headers["access-control-allow-methods"], "GET, POST, DELETE");
    assert_eq!(
        headers["access-control-allow-headers"],
        "authorization, content-type, idempotency-key, challenge-token"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_in_use_cannot_be_deleted_and_others_can() {
    let world = World::open().await;
    let ann = Holder::new(&world, "ann");
    let (held, other) = (ann.adds(VISA).await, ann.adds(MASTERCARD).await);
    let hold = json!({
        "company_id": CLOUD, "card_id": held, "reference": "b-1", "reason": "Invoice 7 of November",
        "until": "2036-11-24T10:00:00-08:00"
    });
    let placed = world
        .http
        .post(world.url("/holds"))
        .bearer_auth("cloud-holds-key-0123456789")
        .json(&hold);
    let placed = Answer::of(placed.send().await.unwrap()).await;
    assert_eq!(
        (placed.status, &placed.body["hold"]["card_id"]),
        (201, &held.as_str().into())
    );
    let refused = ann.deletes(&held).await;
    assert_eq!(
        (refused.status, refused.sentence()),
        (
            422,
            "This card cannot be deleted because there is a pending appointment: Invoice 7 of November. It is needed \
             until 24 November 2036, 10:00."
        )
    );
    assert_eq!(ann.deletes(&other).await.status, 204);
    assert_eq!(ann.ids().await, [held]);
}
