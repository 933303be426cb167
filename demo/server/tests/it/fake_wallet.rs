//! Stands in for the wallet server: `GET /user` and the holds API, with a switch for each way they can fail.
//!
//! Two people have tokens: Ana and Ben. What it holds is what a test reads back.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub const HOLDS_KEY: &str = "hk_test_0123456789abcdef";
pub const ANA: &str = "token-of-ana";
pub const BEN: &str = "token-of-ben";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mood {
    #[default]
    Well,
    NoCard,
    /// Holds: the key is wrong.
    WrongKey,
    /// Holds: placed, but the answer is lost.
    AnswerLost,
    Broken,
    /// Everything: a page of another kind.
    Html,
    /// Holds: answers after a while.
    Slow,
    LiftFails,
}

#[derive(Default)]
pub struct Book {
    pub mood: Mood,
    pub holds: BTreeMap<String, Value>,
}

#[derive(Clone)]
pub struct StandIn {
    pub base: String,
    book: Arc<Mutex<Book>>,
}

type Shared = State<Arc<Mutex<Book>>>;

impl StandIn {
    pub async fn start() -> Self {
        let book = Arc::new(Mutex::new(Book::default()));
        let app = Router::new()
            .route("/api/mkp/v1/user", get(user))
            .route("/holds", post(hold))
            .route("/holds/{reference}", delete(lift))
            .with_state(book.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { base, book }
    }

    pub fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    pub fn feel(&self, mood: Mood) {
        self.book().mood = mood;
    }

    pub fn holds(&self) -> Vec<Value> {
        self.book().holds.values().cloned().collect()
    }
}

async fn user(
    State(book): Shared,
    headers: HeaderMap,
    Query(query): Query<BTreeMap<String, String>>,
) -> (StatusCode, String) {
    assert_eq!(query.get("company_id").map(String::as_str), Some("40426"));
    match book.lock().unwrap().mood {
        Mood::Broken => return (StatusCode::INTERNAL_SERVER_ERROR, "{}".to_owned()),
        Mood::Html => return (StatusCode::OK, "<html>".to_owned()),
        _ => {}
    }
    let id = match headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
    {
        Some(ANA) => 1,
        Some(BEN) => 2,
        _ => return (StatusCode::UNAUTHORIZED, "{}".to_owned()),
    };
    (
        StatusCode::OK,
        json!({"user": {"id": id, "email": "e@example.com", "credit_cards": []}}).to_string(),
    )
}

fn is_ours(headers: &HeaderMap) -> bool {
    headers
        .get("authorization")
        .is_some_and(|value| value == &format!("Bearer {HOLDS_KEY}"))
}

async fn hold(State(book): Shared, headers: HeaderMap, Json(hold): Json<Value>) -> StatusCode {
    assert!(is_ours(&headers) && hold["company_id"] == 40426);
    let mood = book.lock().unwrap().mood;
    if mood == Mood::Slow {
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let reference = hold["reference"].as_str().unwrap().to_owned();
    match mood {
        Mood::NoCard => StatusCode::NOT_FOUND,
        Mood::WrongKey => StatusCode::UNAUTHORIZED,
        Mood::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        Mood::AnswerLost => {
            book.lock().unwrap().holds.insert(reference, hold);
            StatusCode::BAD_GATEWAY
        }
        Mood::Well | Mood::Html | Mood::Slow | Mood::LiftFails => {
            book.lock().unwrap().holds.insert(reference, hold);
            StatusCode::CREATED
        }
    }
}

async fn lift(
    State(book): Shared,
    headers: HeaderMap,
    Path(reference): Path<String>,
) -> StatusCode {
    assert!(is_ours(&headers));
    let mut book = book.lock().unwrap();
    if matches!(book.mood, Mood::Broken | Mood::LiftFails) {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    book.holds.remove(&reference);
    StatusCode::NO_CONTENT
}
