//! The holds API: the site's own server sets deletion blocks, by reference, on cards of its own company.

use reqwest::Method;
use serde_json::json;

use crate::support::bank::VISA;
use crate::support::person::Person;
use crate::support::{BARBER, HOLDS_KEY, STUDIO, STUDIO_PAGE, World};

const UNTIL: &str = "2036-11-24T10:00:00-08:00";

#[tokio::test(flavor = "multi_thread")]
async fn a_block_is_created_changed_listed_and_removed() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    ann.adds(VISA).await;
    let card = ann.card_id().await;
    let body = json!({"company_id": STUDIO, "card_id": card, "reference": "b 1/ü", "reason": "Haircut", "until": UNTIL});
    let placed = shop.call(Method::POST, "/holds", Some(&body)).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    let hold = &placed.body["hold"];
    assert_eq!(
        (&hold["card_id"], &hold["user_id"]),
        (&card.as_str().into(), &ann.id.into())
    );
    assert_eq!(
        (&hold["reason"], &hold["until"]),
        (&"Haircut".into(), &UNTIL.into())
    );

    assert_eq!(
        shop.call(Method::POST, "/holds", Some(&body)).await.status,
        200,
        "a repeat changes nothing"
    );
    let mut moved = body.clone();
    moved["reason"] = json!("Haircut, a day later");
    assert_eq!(
        shop.call(Method::POST, "/holds", Some(&moved)).await.status,
        200
    );
    let listed = shop.lists(ann.id).await;
    assert_eq!(
        (listed.len(), &listed[0]["reason"]),
        (1, &"Haircut, a day later".into())
    );

    for _ in 0..2 {
        assert_eq!(
            shop.lifts("b%201%2F%C3%BC").await.status,
            204,
            "a second delete is also 204"
        );
    }
    assert!(shop.lists(ann.id).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn several_blocks_are_counted_and_the_last_one_gives_the_end() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    ann.adds(VISA).await;
    for (reference, until) in [
        ("b-2", "2037-01-05T09:30:00Z"),
        ("b-1", UNTIL),
        ("b-3", "2036-12-01T00:00:00Z"),
    ] {
        let body = json!({"company_id": STUDIO, "user_id": ann.id, "reference": reference, "reason": reference, "until": until});
        assert_eq!(
            shop.call(Method::POST, "/holds", Some(&body)).await.status,
            201
        );
    }
    let refused = ann.deletes(&ann.card_id().await).await;
    assert!(
        refused
            .sentence()
            .contains(": b-1 (and 2 more). It is needed until 5 January 2037, 09:30."),
        "{}",
        refused.sentence()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_block_has_no_effect() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    ann.adds(VISA).await;
    let body = json!({"company_id": STUDIO, "user_id": ann.id, "reference": "b", "reason": "Now", "until": UNTIL});
    assert_eq!(
        shop.call(Method::POST, "/holds", Some(&body)).await.status,
        201
    );
    let id = ann.card_id().await;
    assert_eq!(ann.deletes(&id).await.status, 422);
    let pool = world.database().await;
    let expire = sqlx::query("UPDATE deletion_blocks SET until_at = 1");
    assert_eq!(expire.execute(&pool).await.unwrap().rows_affected(), 1);
    assert_eq!(ann.deletes(&id).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scheme_of_the_key_may_be_written_in_any_case() {
    let world = World::open().await;
    for (scheme, status) in [
        ("Bearer", 200),
        ("bearer", 200),
        ("BEARER", 200),
        ("Basic", 401),
    ] {
        let request = world.get(&format!("/holds?company_id={STUDIO}"));
        let key = format!("{scheme} {HOLDS_KEY}");
        let answer = request.header("authorization", key).send().await.unwrap();
        assert_eq!(answer.status(), status, "{scheme}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_companys_own_server_creates_blocks() {
    let world = World::open().await;
    let ann = world.person("ann").await;
    ann.adds(VISA).await;
    for key in ["", "wrong", &ann.token, "barber-holds-key-0123456789"] {
        let mut shop = world.shop();
        shop.key = key.to_owned();
        assert_eq!(shop.holds(ann.id, "b", "x").await.status, 401, "{key}");
        assert_eq!(shop.lifts("b").await.status, 401);
    }
    let page = world
        .http
        .post(world.url("/holds"))
        .header("origin", STUDIO_PAGE)
        .json(&json!({}))
        .send()
        .await
        .unwrap();
    assert!(
        page.headers().get("access-control-allow-origin").is_none(),
        "no page may read it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn invalid_blocks_are_refused() {
    let world = World::open().await;
    let (ann, bob, shop) = (
        world.person("ann").await,
        world.person("bob").await,
        world.shop(),
    );
    let zoe = Person::sign_up(&world, "zoe", BARBER).await;
    ann.adds(VISA).await;
    assert_eq!(
        shop.holds(bob.id, "b", "x").await.status,
        404,
        "an empty wallet"
    );
    assert_eq!(
        shop.holds(zoe.id, "b", "x").await.status,
        404,
        "another company's person"
    );
    assert_eq!(shop.holds(ann.id, "b", "x").await.status, 201);
    bob.adds(VISA).await;
    assert_eq!(
        shop.holds(bob.id, "b", "x").await.status,
        409,
        "a reference belongs to one owner"
    );
    for (field, value) in [
        ("until", json!("2020-01-01T00:00:00Z")),
        ("until", json!("tomorrow")),
        ("reason", json!(" ")),
        ("reason", json!("x".repeat(201))),
        ("reference", json!("")),
        ("user_id", json!(null)),
        ("company_id", json!("x")),
    ] {
        let mut body = json!({"company_id": STUDIO, "user_id": ann.id, "reference": "c", "reason": "x", "until": UNTIL});
        body[field] = value.clone();
        assert_eq!(
            shop.call(Method::POST, "/holds", Some(&body)).await.status,
            422,
            "{field} {value}"
        );
    }
    let both = json!({"company_id": STUDIO, "user_id": bob.id, "card_id": ann.card_id().await, "reference": "d", "reason": "x", "until": UNTIL});
    assert_eq!(
        shop.call(Method::POST, "/holds", Some(&both)).await.status,
        404,
        "card and owner do not belong together"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_expires_before_the_end_is_reported_and_refused_on_request() {
    let world = World::open().await;
    let (ann, shop) = (world.person("ann").await, world.shop());
    // Valid through November 2031.
    ann.adds(VISA).await;
    let body = |until: &str, must_be_valid: bool| {
        json!({"company_id": STUDIO, "user_id": ann.id, "reference": "b-1", "reason": "Haircut", "until": until,
               "must_be_valid": must_be_valid})
    };
    let place = async |body| shop.call(Method::POST, "/holds", Some(&body)).await;
    // Still November where the appointment is, and December in UTC.
    let fits = place(body("2031-11-30T23:00:00-08:00", true)).await;
    assert_eq!(fits.status, 201, "{fits:?}");
    assert_eq!(fits.body["hold"]["card_expires"], "11/2031");
    assert_eq!(fits.body["hold"]["expires_before_until"], false);
    assert!(
        ann.cards().await[0]
            .get("expires_before_hold_ends")
            .is_none()
    );

    let refused = place(body("2031-12-01T00:30:00+01:00", true)).await;
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.sentence(),
        "This card is valid through 11/2031 only, and is needed until 1 December 2031, 00:30. Please ask for another card."
    );
    assert_eq!(
        shop.lists(ann.id).await[0]["until"],
        "2031-11-30T23:00:00-08:00"
    );

    let taken = place(body("2031-12-01T00:30:00+01:00", false)).await;
    assert_eq!(
        (taken.status, &taken.body["hold"]["expires_before_until"]),
        (200, &json!(true))
    );
    assert_eq!(ann.cards().await[0]["expires_before_hold_ends"], true);
    let later = world.bank().types_card_until(VISA, 2032).await;
    ann.saves(&later).await;
    assert!(
        ann.cards().await[0]
            .get("expires_before_hold_ends")
            .is_none(),
        "a later expiry resolves it"
    );
}
