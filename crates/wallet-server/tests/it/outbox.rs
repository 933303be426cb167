//! The outbox from outside: lanes, leases of two servers on one database, and what a stop leaves behind.

use std::collections::HashSet;
use std::sync::Mutex;

use serde_json::{Value, json};
use sqlx::AnyPool;
use wallet_server::config::ServerConfig;
use wallet_server::server::Server;

use crate::support::{BARBER, STUDIO, World, eventually};

const DETACH: &str = "/v1/payment_methods/*/detach";

/// Writes jobs that detach payment methods which the gateway does not know: it answers each with one 404, and the job is
/// done.
async fn add_detachments(pool: &AnyPool, account: u64, count: usize) {
    let insert = "INSERT INTO outbox (account_id, action, object_id, due_at, created_at) VALUES ($1, 'detach', $2, 0, 0)";
    let account_id = i64::try_from(account).unwrap();
    let mut tx = pool.begin().await.unwrap();
    for at in 0..count {
        let object = format!("pm_{account}x{at}");
        let insert = sqlx::query(insert).bind(account_id).bind(object);
        insert.execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn count(pool: &AnyPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

/// The calls of an account's detachments that the gateway received.
async fn detachments(world: &World, account: u64) -> Vec<Value> {
    let prefix = format!("/v1/payment_methods/pm_{account}x");
    let all = world.gateway_requests().await.into_iter();
    all.filter(|call| call["path"].as_str().unwrap().starts_with(&prefix))
        .collect()
}

/// A world whose server waits for the gateway longer than a test runs.
async fn patient_world() -> World {
    World::with(|settings| settings.gateway_timeout_ms = Some(25_000)).await
}

async fn studio_hangs(world: &World) {
    let hangs =
        json!({"on": "api", "do": "latency", "ms": 600_000, "method": "POST", "path": DETACH});
    world.gateway_fault(hangs).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_whose_gateway_hangs_delays_no_other() {
    let world = patient_world().await;
    let pool = world.database().await;
    studio_hangs(&world).await;
    add_detachments(&pool, STUDIO, 100).await;
    eventually("the studio's calls hang", async || {
        !detachments(&world, STUDIO).await.is_empty()
    })
    .await;
    add_detachments(&pool, BARBER, 20).await;
    eventually("the barber's jobs are done", async || {
        let left = "SELECT COUNT(*) FROM outbox WHERE account_id = 7";
        count(&pool, left).await == 0
    })
    .await;
    assert_eq!(detachments(&world, BARBER).await.len(), 20);
    let hanging = detachments(&world, STUDIO).await;
    assert_eq!(hanging.len(), 2, "the bound of a lane: {hanging:?}");
    assert!(hanging.iter().all(|call| call["status"].is_null()));
    let left = "SELECT COUNT(*) FROM outbox WHERE account_id = 40426 AND attempts = 0";
    assert_eq!(count(&pool, left).await, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_kind_of_job_of_the_same_account_is_not_delayed() {
    let world = patient_world().await;
    let pool = world.database().await;
    studio_hangs(&world).await;
    add_detachments(&pool, STUDIO, 5).await;
    eventually("a detachment hangs", async || {
        !detachments(&world, STUDIO).await.is_empty()
    })
    .await;
    let cancel = "INSERT INTO outbox (account_id, action, object_id, due_at, created_at)
                  VALUES (40426, 'cancel', 'seti_none', 0, 0)";
    sqlx::query(cancel).execute(&pool).await.unwrap();
    eventually("the cancellation is done", async || {
        let left = "SELECT COUNT(*) FROM outbox WHERE action = 'cancel'";
        count(&pool, left).await == 0
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_database_do_each_job_once() {
    let world = patient_world().await;
    let second = Server::start(ServerConfig::check(world.settings.clone()).unwrap())
        .await
        .unwrap();
    // The gateway takes its time, so that one server cannot do all jobs before the other one polls.
    let slow = json!({"on": "api", "do": "latency", "ms": 200, "method": "POST", "path": DETACH});
    world.gateway_fault(slow).await;
    let pool = world.database().await;
    add_detachments(&pool, STUDIO, 30).await;
    add_detachments(&pool, BARBER, 30).await;
    let leases = Mutex::new(HashSet::new());
    eventually("all jobs are done", async || {
        let tokens = "SELECT DISTINCT lease_token FROM outbox WHERE lease_token IS NOT NULL";
        let tokens: Vec<String> = sqlx::query_scalar(tokens).fetch_all(&pool).await.unwrap();
        leases.lock().unwrap().extend(tokens);
        count(&pool, "SELECT COUNT(*) FROM outbox").await == 0
    })
    .await;
    let leases = leases.into_inner().unwrap();
    assert_eq!(leases.len(), 2, "both servers had jobs");
    for account in [STUDIO, BARBER] {
        let calls = detachments(&world, account).await;
        assert_eq!(calls.len(), 30, "each job was done once");
    }
    second.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_gives_its_jobs_back() {
    let mut world = patient_world().await;
    let pool = world.database().await;
    studio_hangs(&world).await;
    add_detachments(&pool, STUDIO, 3).await;
    eventually("the calls hang", async || {
        detachments(&world, STUDIO).await.len() == 2
    })
    .await;
    let leased = "SELECT COUNT(*) FROM outbox WHERE lease_token IS NOT NULL";
    assert_eq!(count(&pool, leased).await, 2);
    world.stop().await;
    assert_eq!(count(&pool, leased).await, 0);
    let untouched = "SELECT COUNT(*) FROM outbox WHERE attempts = 0";
    assert_eq!(count(&pool, untouched).await, 3);
    world.gateway_recovers().await;
    world.start().await;
    eventually("the next start does them", async || {
        count(&pool, "SELECT COUNT(*) FROM outbox").await == 0
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_of_an_account_that_is_not_configured_waits_and_stops_nothing() {
    let world = World::open().await;
    let pool = world.database().await;
    add_detachments(&pool, 99, 3).await;
    add_detachments(&pool, BARBER, 3).await;
    eventually("the others are done, and these have failed", async || {
        let failed = "SELECT COUNT(*) FROM outbox WHERE account_id = 99 AND attempts >= 1";
        count(&pool, failed).await == 3 && count(&pool, "SELECT COUNT(*) FROM outbox").await == 3
    })
    .await;
    let error: String = sqlx::query_scalar("SELECT last_error FROM outbox LIMIT 1")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(error.contains("not configured"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn housekeeping_deletes_more_rows_than_one_batch_while_others_write() {
    let mut world = World::open().await;
    world.stop().await;
    let pool = world.database().await;
    let owner = "INSERT INTO owners (id, account_id, kind, created_at) VALUES (900, 7, 'guest', 1)";
    let expired = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1700)
                   INSERT INTO attempts (account_id, owner_id, created_at) SELECT 7, 900, i FROM n";
    for sql in [owner, expired] {
        sqlx::query(sql).execute(&pool).await.unwrap();
    }
    world.start().await;
    let signed_up = world.person("ann").await;
    assert!(signed_up.cards().await.is_empty());
    eventually("the expired attempts are deleted", async || {
        let old = "SELECT COUNT(*) FROM attempts WHERE owner_id = 900";
        count(&pool, old).await == 0
    })
    .await;
}
