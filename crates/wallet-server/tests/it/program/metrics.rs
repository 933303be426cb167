//! The metrics, at their own address: what they count, and that nothing secret is in them.

use std::net::SocketAddr;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::exposition::Exposition;
use super::{Program, settings_file_of};
use crate::support::bank::{MASTERCARD, VISA};
use crate::support::{Answer, STUDIO, World, eventually};

/// A card that the sandbox declines.
const DECLINED: &str = "4000000000000002";

/// A program with metrics, and the addresses of both in the world.
pub(super) async fn program(world: &mut World, more: &[&str]) -> (Program, SocketAddr) {
    let file = settings_file_of(world).await;
    let mut arguments = vec!["--config", &file, "--metrics-listen", "0", "--allow-faults"];
    arguments.extend(more);
    let program = Program::start(&arguments);
    eventually("it listens", || async {
        program.log().contains("address=")
    })
    .await;
    world.stop().await;
    world.address = program.address();
    let log = program.log();
    let metrics = log.split("metrics=").nth(1).unwrap();
    let metrics = metrics.split_whitespace().next().unwrap();
    let metrics: SocketAddr = metrics.parse().unwrap();
    assert!(metrics.ip().is_loopback(), "a port alone: {metrics}");
    (program, metrics)
}

pub(super) async fn scrape(world: &World, metrics: SocketAddr) -> (Exposition, String) {
    let response = world.http.get(format!("http://{metrics}/metrics"));
    let response = response.send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(
        response.headers()["content-type"],
        "text/plain; version=0.0.4"
    );
    let text = response.text().await.unwrap();
    (Exposition::read(&text), text)
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_counted_exactly_by_route_and_status() {
    let mut world = World::open().await;
    let (program, metrics) = program(&mut world, &[]).await;
    for (path, times) in [
        (format!("/api/mkp/v1/companies/{STUDIO}?token=canary"), 3),
        ("/api/mkp/v1/companies/canary".to_owned(), 2),
        ("/canary/canary".to_owned(), 4),
        ("/api/mkp/v1/canary".to_owned(), 1),
    ] {
        for _ in 0..times {
            let request = world.get(&path).header("authorization", "canary");
            request.send().await.unwrap();
        }
    }
    let fault = json!({"route": "POST /users", "panic": true});
    let set = world.http.post(world.url("/__faults")).json(&fault);
    assert!(set.send().await.unwrap().status().is_success());
    assert_eq!(world.post("/users", &json!({})).await.status, 500);
    let fault = json!({"route": "POST /guests", "delay_ms": 2_000});
    let set = world.http.post(world.url("/__faults")).json(&fault);
    assert!(set.send().await.unwrap().status().is_success());
    let left = world.http.post(world.api("/guests"));
    let left = left.json(&json!({"company_id": STUDIO}));
    tokio::select! {
        answer = left.send() => panic!("it was to take longer: {answer:?}"),
        () = program.delays("POST /guests") => {}
    }

    let company = ("route", "/api/mkp/v1/companies/{id}");
    let guests = ("route", "/api/mkp/v1/guests");
    eventually("the request that was left is counted", async || {
        let (read, _) = scrape(&world, metrics).await;
        read.sum(
            "card_entry_requests_total",
            &[guests, ("status", "client_left")],
        ) == 1.0
    })
    .await;
    let (read, text) = scrape(&world, metrics).await;
    let requests = |labels: &[(&str, &str)]| read.sum("card_entry_requests_total", labels);
    assert_eq!(
        requests(&[company, ("status", "2xx"), ("method", "GET")]),
        3.0
    );
    assert_eq!(
        requests(&[company, ("status", "4xx"), ("system", "mytime")]),
        2.0
    );
    assert_eq!(
        requests(&[("route", "unmatched"), ("status", "4xx")]),
        5.0,
        "{text}"
    );
    assert_eq!(
        requests(&[("route", "/api/mkp/v1/users"), ("status", "5xx")]),
        1.0
    );
    assert_eq!(requests(&[guests]), 1.0);
    let timed = read.sum("card_entry_request_duration_seconds_count", &[company]);
    assert_eq!(timed, 5.0);
    assert!(!text.contains("canary"), "{text}");
    let own = world.get("/metrics").send().await.unwrap();
    assert_eq!(own.status(), 404, "not at the server's own address");
}

#[tokio::test(flavor = "multi_thread")]
async fn saves_gateway_calls_limits_and_the_outbox_are_counted_exactly() {
    let mut world = World::open().await;
    let (program, metrics) = program(&mut world, &["--sign-ups-per-hour", "2"]).await;
    let (read, _) = scrape(&world, metrics).await;
    assert!(
        read.has("card_entry_saves_total{outcome=\"saved\"}"),
        "0 is shown"
    );

    let ann = world.person("ann").await;
    let guest = json!({"company_id": STUDIO});
    let mut secrets = vec![ann.token.clone()];
    let guests = [(); 3].map(|()| world.post("/guests", &guest));
    let mut statuses = Vec::new();
    for guest in guests {
        let answer: Answer = guest.await;
        statuses.push(answer.status);
        if let Some(token) = answer
            .body
            .pointer("/user/guest_token")
            .and_then(Value::as_str)
        {
            secrets.push(token.to_owned());
        }
    }
    assert_eq!(statuses, [201, 429, 429]);
    let bank = world.bank();
    assert_eq!(ann.adds(VISA).await.status, 201);
    assert_eq!(ann.adds(VISA).await.status, 200);
    assert_eq!(ann.adds(MASTERCARD).await.status, 201);
    let declined = ann.saves(&bank.types_card(DECLINED).await).await;
    assert_eq!(declined.status, 422, "{declined:?}");
    assert_eq!(ann.saves("pm_doesnotexist00").await.status, 422);
    secrets.push(ann.card_id().await);

    eventually("the outbox is empty", async || {
        let (read, _) = scrape(&world, metrics).await;
        read.sum("card_entry_outbox_jobs", &[]) == 0.0
    })
    .await;
    let (read, text) = scrape(&world, metrics).await;
    let saves = |outcome| read.sum("card_entry_saves_total", &[("outcome", outcome)]);
    let outcomes = ["saved", "already_saved", "replaced", "declined", "refused"].map(saves);
    assert_eq!(outcomes, [1.0; 5], "{text}");
    let limit = [("limit", "sign_ups_per_hour")];
    assert_eq!(read.sum("card_entry_rate_limits_hit_total", &limit), 2.0);
    let operation = ("operation", "POST /v1/setup_intents");
    let calls = read.sum("card_entry_gateway_calls_total", &[operation]);
    let made = world.gateway_calls("POST", "/v1/setup_intents").await;
    assert!(
        calls > 0.0 && calls == made as f64,
        "{calls} of {made}: {text}"
    );
    let declined = [("outcome", "declined"), ("provider", "stripe")];
    assert_eq!(read.sum("card_entry_gateway_calls_total", &declined), 1.0);
    let timed = read.sum(
        "card_entry_gateway_call_duration_seconds_count",
        &[operation],
    );
    assert_eq!(timed, calls);
    assert_eq!(read.sum("card_entry_database_up", &[]), 1.0);
    assert!(read.sum("card_entry_database_pool_connections", &[]) >= 1.0);
    for secret in &secrets {
        assert!(!text.contains(secret.as_str()), "{secret}: {text}");
        assert!(secret.starts_with("cus_") || !program.log().contains(secret.as_str()));
    }
    for word in ["pm_", "cus_", "seti_", "sk_test", "@", "127.0.0.1"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metrics_address_says_that_the_server_is_stopping() {
    let mut world = World::open().await;
    let (mut program, metrics) = program(&mut world, &[]).await;
    let ready = async || {
        let response = world.http.get(format!("http://{metrics}/readyz"));
        let response = response.send().await.unwrap();
        let status = response.status();
        (status, response.json::<Value>().await.unwrap())
    };
    assert_eq!(ready().await.0, StatusCode::OK);
    let fault = json!({"route": "GET /companies/{id}", "delay_ms": 6_000});
    let set = world.http.post(world.url("/__faults")).json(&fault);
    assert!(set.send().await.unwrap().status().is_success());
    let slow = tokio::spawn(world.get(&format!("/api/mkp/v1/companies/{STUDIO}")).send());
    program.delays("GET /companies/{id}").await;
    let stopping = tokio::task::spawn_blocking(move || program.terminate());
    eventually("it is not ready", async || {
        ready().await.0 == StatusCode::SERVICE_UNAVAILABLE
    })
    .await;
    let (_, body) = ready().await;
    assert_eq!(
        body,
        json!({"status": "not_ready", "not_ready": ["server"]})
    );
    assert_eq!(slow.await.unwrap().unwrap().status(), 200);
    assert!(stopping.await.unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_and_a_database_that_fail_are_seen() {
    let mut world = World::open().await;
    let (_program, metrics) = program(&mut world, &[]).await;
    let ann = world.person("ann").await;
    assert_eq!(ann.adds(VISA).await.status, 201);
    let method = world.bank().types_card(MASTERCARD).await;
    world
        .gateway_fault(json!({"on": "api", "do": "status", "status": 500, "by": "secret"}))
        .await;
    assert_eq!(ann.saves(&method).await.status, 503);
    assert_eq!(ann.deletes(&ann.card_id().await).await.status, 200);
    eventually("a detachment failed", async || {
        let (read, _) = scrape(&world, metrics).await;
        let detach = ("operation", "POST /v1/payment_methods/{id}/detach");
        let failed = [detach, ("outcome", "indeterminate")];
        read.sum("card_entry_gateway_calls_total", &failed) >= 1.0
    })
    .await;
    let (read, text) = scrape(&world, metrics).await;
    let failed = [("outcome", "indeterminate")];
    assert_eq!(read.sum("card_entry_saves_total", &failed), 1.0, "{text}");
    assert!(read.sum("card_entry_outbox_jobs", &[]) >= 1.0, "{text}");
    assert!(read.has("card_entry_outbox_oldest_job_age_seconds"));

    let pool = world.program_database().await.pool().await;
    let rename = sqlx::query("ALTER TABLE outbox RENAME TO outbox_away");
    rename.execute(&pool).await.unwrap();
    pool.close().await;
    let (read, text) = scrape(&world, metrics).await;
    assert!(read.has("card_entry_database_up"), "{text}");
    assert_eq!(read.sum("card_entry_database_up", &[]), 0.0);
    assert!(!read.has("card_entry_outbox_jobs"));
}
