//! Raw card numbers: refused, or sent to the vault while the operator allows it; never stored.

use std::io::Write;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use crate::support::World;
use crate::support::seller::Seller;

/// A number that the vault knows and no other test here uses.
const CANARY: &str = "4009348888881881";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn by_number(ned: &Seller<'_>, number: &str) -> Value {
    let mut card = ned.card("x");
    let members = card.as_object_mut().unwrap();
    members.remove("nonce");
    members.insert("number".to_owned(), json!(number));
    members.insert("verification_code".to_owned(), json!("789"));
    card
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

async fn open(until: Option<&str>) -> World {
    let until = until.map(str::to_owned);
    World::with(|settings| {
        for account in &mut settings.accounts {
            if let Some(own) = &mut account.ticket_evolution {
                own.raw_numbers_until.clone_from(&until);
            }
        }
    })
    .await
}

async fn create(ned: &Seller<'_>, card: Value) -> (u16, reqwest::header::HeaderMap, String) {
    let (path, body) = (
        ned.path("/credit_cards"),
        json!({"credit_cards": [card]}).to_string(),
    );
    let request = ned.world.http.post(ned.world.url(&path));
    let signature = ned.sign(&reqwest::Method::POST, &path, &body);
    let request = request
        .header("x-token", "tickets-token")
        .header("x-signature", signature);
    let answer = request.body(body).send().await.unwrap();
    (
        answer.status().as_u16(),
        answer.headers().clone(),
        answer.text().await.unwrap(),
    )
}

#[tokio::test]
async fn a_raw_number_is_refused_unless_it_is_enabled() {
    for until in [None, Some("2026-01-01")] {
        let world = open(until).await;
        let ned = Seller::with_client(&world, "tickets").await;
        let (status, headers, body) = create(&ned, by_number(&ned, CANARY)).await;
        assert_eq!(status, 422, "{body}");
        assert_eq!(headers["deprecation"], "@1704067200");
        assert!(headers.contains_key("sunset"));
        assert!(
            body.contains("send a nonce") && !body.contains(CANARY),
            "{body}"
        );
        let calls = serde_json::to_string(&world.gateway_requests().await).unwrap();
        assert!(!calls.contains(CANARY));
    }
}

#[tokio::test]
async fn a_raw_number_reaches_the_vault_and_no_log_row_or_response() {
    let log = Log::default();
    let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG);
    // The subscriber is that of the whole binary; it also collects lines of other tests.
    tracing::subscriber::set_global_default(lines.with_writer(log.clone()).finish()).unwrap();
    let world = open(Some("2099-12-31")).await;
    let ned = Seller::with_client(&world, "tickets").await;
    let mut answers = Vec::new();
    let (status, headers, body) = create(&ned, by_number(&ned, CANARY)).await;
    assert_eq!(status, 201, "{body}");
    assert_eq!(headers["deprecation"], "@1704067200");
    assert_eq!(headers["sunset"], "Fri, 01 Jan 2100 00:00:00 GMT");
    answers.push(body);
    // In every member, and with every error: a duplicate, a wrong year, an outage, no JSON.
    let mut wrong = by_number(&ned, CANARY);
    wrong["expiration_year"] = json!("2001");
    answers.push(create(&ned, wrong).await.2);
    let mut again = by_number(&ned, CANARY);
    again["label"] = json!("Again");
    let (status, _, body) = create(&ned, again.clone()).await;
    assert_eq!(status, 422, "{body}");
    answers.push(body);
    for member in [
        "label",
        "name",
        "nonce",
        "ip_address",
        "expiration_month",
        "expiration_year",
        "verification_code",
    ] {
        let mut card = by_number(&ned, CANARY);
        card[member] = json!(CANARY);
        let (status, _, body) = create(&ned, card).await;
        assert_eq!(status, 422, "{member}: {body}");
        answers.push(body);
    }
    let fault = json!({"on": "braintree", "do": "graphql_status", "status": 500, "times": 1});
    world.gateway_fault_of("tickets", fault).await;
    let (status, _, body) = create(&ned, again).await;
    assert_eq!(status, 503);
    answers.push(body);
    answers.push(
        ned.post(&ned.path("/credit_cards"), &json!([CANARY]))
            .await
            .body
            .to_string(),
    );
    assert!(
        answers.iter().all(|answer| !answer.contains(CANARY)),
        "{answers:?}"
    );
    assert!(!holds(&world.database_dump().await, CANARY), "a row");
    let lines = log.0.lock().unwrap().clone();
    assert!(
        holds(&lines, "/v9/clients") && !holds(&lines, CANARY),
        "a log line"
    );
    // The number did reach the vault; without that the test proves nothing.
    let calls = serde_json::to_string(&world.gateway_requests().await).unwrap();
    assert!(calls.contains(CANARY));
    assert_eq!(ned.cards().await[0]["last_digits"], json!("1881"));
}

#[tokio::test]
async fn every_response_to_a_raw_number_has_the_deprecation_header() {
    let world = open(Some("2099-12-31")).await;
    let ned = Seller::with_client(&world, "tickets").await;
    let good = by_number(&ned, CANARY);
    let with = |member: &str, value: Value| {
        let mut card = good.clone();
        card[member] = value;
        card
    };
    let fault = json!({"on": "braintree", "do": "graphql_status", "status": 500, "times": 1});
    world.gateway_fault_of("tickets", fault).await;
    for (card, status) in [
        (good.clone(), 503),
        (good.clone(), 201),
        (good.clone(), 201),
        (with("label", json!("Again")), 422),
        (with("label", json!("x".repeat(21))), 422),
        (with("number", json!("4111")), 422),
        (with("number", json!(4111)), 422),
        (with("label", json!(7)), 400),
        (with("nonce", json!("x")), 422),
    ] {
        let (said, headers, body) = create(&ned, card).await;
        assert_eq!(said, status, "{body}");
        assert_eq!(headers["deprecation"], "@1704067200", "{status} {body}");
        assert_eq!(headers["sunset"], "Fri, 01 Jan 2100 00:00:00 GMT");
    }
    assert_eq!(ned.cards().await.len(), 1);
    // The response to a repeat after a day, and for another client.
    let db = world.database().await;
    let a_day = "UPDATE request_signatures SET body = NULL";
    sqlx::query(a_day).execute(&db).await.unwrap();
    let nobody = Seller::of(&world, "tickets", "999999".to_owned());
    for (who, status) in [(&ned, 409), (&nobody, 404)] {
        let (said, headers, body) = create(who, good.clone()).await;
        assert_eq!(said, status, "{body}");
        assert!(headers.contains_key("deprecation") && headers.contains_key("sunset"));
    }
    // Also if the request is malformed in another way.
    let (path, body) = (
        ned.path("/credit_cards"),
        json!({"credit_cards": [good]}).to_string(),
    );
    let signature = ned.sign(&reqwest::Method::POST, &path, &body);
    for (query, name, value, status) in [
        ("?page=1", "accept", "*/*", 400),
        ("", "accept", "text/html", 406),
        ("", "content-encoding", "gzip", 415),
    ] {
        let request = ned
            .world
            .http
            .post(ned.world.url(&format!("{path}{query}")));
        let request = request
            .header("x-token", "tickets-token")
            .header(name, value);
        let request = request.header("x-signature", &signature).body(body.clone());
        let refused = request.send().await.unwrap();
        assert_eq!(refused.status(), status, "{name}");
        assert!(refused.headers().contains_key("deprecation"), "{name}");
    }
    let nonce = ned.types("378282246310005").await;
    let (said, headers, body) = create(&ned, ned.card(&nonce)).await;
    assert_eq!(said, 201, "{body}");
    assert!(!headers.contains_key("deprecation"));
}
