//! Idempotency keys are recorded before the work: another body is refused whatever was answered, and a request that is in
//! progress, in this server or in another, is never done twice.

use serde_json::json;
use wallet_server::config::ServerConfig;
use wallet_server::server::Server;

use crate::delete::join;
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::merchant::{Merchant, code, world};
use crate::support::salon::Salon;
use crate::support::{Answer, World};

/// Every POST with this path fails at the gateway.
fn outage(path: &str) -> serde_json::Value {
    json!({"on": "api", "do": "status", "status": 503, "method": "POST", "path": path})
}

const USED: (u16, &str) = (422, "This key was already used for another request.");

/// Changes the stored keys as if time had passed or a server had stopped.
async fn changes_keys(world: &World, sql: &'static str) {
    let database = world.database().await;
    let done = sqlx::query(sql).execute(&database).await.unwrap();
    assert_eq!(done.rows_affected(), 1, "{sql}");
    database.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_body_is_refused_although_the_first_answer_was_not_kept() {
    let world = World::open().await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let (method, other) = (
        bank.types_card(VISA).await,
        bank.types_card(MASTERCARD).await,
    );
    world.gateway_fault(outage("/v1/setup_intents")).await;
    let (body, another_body) = (ann.save_body(&method), ann.save_body(&other));
    let failed = ann.posts_card(&body, Some("press")).await;
    assert_eq!(failed.status, 503, "{failed:?}");
    for _ in 0..2 {
        let refused = ann.posts_card(&another_body, Some("press")).await;
        assert_eq!((refused.status, refused.sentence()), USED);
        world.gateway_recovers().await;
    }
    let saved = ann.posts_card(&body, Some("press")).await;
    assert_eq!(saved.status, 201, "{saved:?}");
    let refused = ann.posts_card(&another_body, Some("press")).await;
    assert_eq!((refused.status, refused.sentence()), USED);
    changes_keys(
        &world,
        "UPDATE idempotency_keys SET updated_at = updated_at - 86400",
    )
    .await;
    let later = ann.posts_card(&another_body, Some("press")).await;
    assert_eq!(later.status, 201, "a key is forgotten after a day");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_charge_or_checkout_is_refused_although_the_first_one_failed() {
    let world = world().await;
    let merchant = Merchant::new(&world);
    let card = merchant.keeps("ann", "visa").await;
    merchant.fault(outage("/v1/payment_intents")).await;
    let body = merchant.charge("ann", &card, "5.00", None);
    let failed = merchant.posts_keyed("/payment/intent", &body, "k1").await;
    assert_eq!(code(&failed), (503, "server_error"));
    merchant.heals().await;
    for other in [
        merchant.charge("ann", &card, "6.00", None),
        merchant.sale("ann"),
    ] {
        let refused = merchant.posts_keyed("/payment/intent", &other, "k1").await;
        assert_eq!(code(&refused), (400, "invalid_request"), "{refused:?}");
    }
    let sale = merchant.sale("ann");
    let begun = merchant.posts_keyed("/payment/intent", &sale, "k2").await;
    let again = merchant.posts_keyed("/payment/intent", &sale, "k2").await;
    assert_eq!(begun.status, 200, "{begun:?}");
    assert_eq!(again, begun, "with its client secret, which is not stored");
    let dump = world.database_dump().await;
    let secret = begun.body["client_secret"].as_str().unwrap().as_bytes();
    assert!(!dump.windows(secret.len()).any(|bytes| bytes == secret));

    let salon = Salon::new(&world);
    let fault = outage("/v1/checkout/sessions");
    world.gateway_fault_of("salon", fault).await;
    let order = salon.order("booking 1");
    let failed = salon.posts_keyed("/checkout", &order, "k1").await;
    assert_eq!(failed.status, 503, "{failed:?}");
    let other = salon.order("booking 2");
    let refused = salon.posts_keyed("/checkout", &other, "k1").await;
    assert_eq!(refused.status, 400, "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_in_progress_elsewhere_is_waited_for_and_done_again_only_when_its_claim_is_void()
{
    let world = World::with(|settings| settings.request_timeout_ms = Some(2_000)).await;
    let (ann, bank) = (world.person("ann").await, world.bank());
    let method = bank.types_card(VISA).await;
    let body = ann.save_body(&method);
    let saved = ann.posts_card(&body, Some("press")).await;
    assert_eq!(saved.status, 201, "{saved:?}");
    // As if another server had claimed the key and were still at work.
    let in_progress = "UPDATE idempotency_keys SET state = 'in_progress', status = NULL, body = NULL, language = NULL,
                       updated_at = unixepoch()";
    changes_keys(&world, in_progress).await;
    let request = world.http.post(world.api("/user/credit_cards")).json(&body);
    let request = request
        .header("authorization", &ann.token)
        .header("idempotency-key", "press");
    let waiting = request.send().await.unwrap();
    assert_eq!(waiting.headers()["retry-after"], "2");
    let waiting = Answer::of(waiting).await;
    assert_eq!(
        (waiting.status, waiting.sentence()),
        (409, "This is still being worked on. Please wait a moment.")
    );
    let other = bank.types_card(MASTERCARD).await;
    let refused = ann.posts_card(&ann.save_body(&other), Some("press")).await;
    assert_eq!((refused.status, refused.sentence()), USED);
    // The other server stopped before it stored an answer.
    changes_keys(
        &world,
        "UPDATE idempotency_keys SET updated_at = updated_at - 61",
    )
    .await;
    let again = ann.posts_card(&body, Some("press")).await;
    assert_eq!(again, saved);
    assert_eq!(ann.cards().await.len(), 1);
    assert_eq!(world.gateway_calls("POST", "/v1/setup_intents").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_identical_posts_to_two_servers_save_one_card_and_get_one_answer() {
    let world = World::open().await;
    let node = Server::start(ServerConfig::check(world.settings.clone()).unwrap())
        .await
        .unwrap();
    let (ann, bank) = (world.person("ann").await, world.bank());
    let body = ann.save_body(&bank.types_card(VISA).await);
    let there = format!("http://{}/api/mkp/v1/user/credit_cards", node.address());
    let elsewhere = async || {
        let request = world.http.post(&there).json(&body);
        let request = request
            .header("authorization", &ann.token)
            .header("idempotency-key", "press");
        Answer::of(request.send().await.unwrap()).await
    };
    let (here, elsewhere) = tokio::join!(
        join(
            (0..50)
                .map(|_| ann.posts_card(&body, Some("press")))
                .collect()
        ),
        join((0..50).map(|_| elsewhere()).collect())
    );
    let answers = [here, elsewhere].concat();
    assert_eq!(answers.len(), 100);
    for answer in &answers {
        assert_eq!(answer.status, 201, "{answer:?}");
        assert_eq!(answer, &answers[0]);
    }
    assert_eq!(world.gateway_calls("POST", "/v1/setup_intents").await, 1);
    assert_eq!(bank.customers().await.len(), 1);
    assert_eq!(ann.cards().await.len(), 1);
    node.stop().await.unwrap();
}
