//! A fake wallet server: `GET /user` and the holds API, with a behaviour for each way they can fail.
//!
//! Two people have tokens: Ana and Ben. A test can read the holds.

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
pub enum Behaviour {
    #[default]
    Normal,
    NoCard,
    WrongKey,
    /// A hold is placed, but the response is 502.
    ResponseLost,
    ServerError,
    /// `GET /user` returns an HTML page.
    Html,
    /// A hold takes 300 ms.
    Slow,
    UnblockFails,
}

#[derive(Default)]
pub struct FakeWalletState {
    pub behaviour: Behaviour,
    pub holds: BTreeMap<String, Value>,
}

#[derive(Clone)]
pub struct FakeWallet {
    pub base: String,
    state: Arc<Mutex<FakeWalletState>>,
}

type SharedState = State<Arc<Mutex<FakeWalletState>>>;

impl FakeWallet {
    pub async fn start() -> Self {
        let state = Arc::new(Mutex::new(FakeWalletState::default()));
        let app = Router::new()
            .route("/api/mkp/v1/user", get(user))
            .route("/holds", post(hold))
            .route("/holds/{reference}", delete(lift))
            .with_state(state.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { base, state }
    }

    pub fn state(&self) -> MutexGuard<'_, FakeWalletState> {
        self.state.lock().unwrap()
    }

    pub fn set_behaviour(&self, behaviour: Behaviour) {
        self.state().behaviour = behaviour;
    }

    pub fn holds(&self) -> Vec<Value> {
        self.state().holds.values().cloned().collect()
    }
}

async fn user(
    State(state): SharedState,
    headers: HeaderMap,
    Query(query): Query<BTreeMap<String, String>>,
) -> (StatusCode, String) {
    assert_eq!(query.get("company_id").map(String::as_str), Some("40426"));
    match state.lock().unwrap().behaviour {
        Behaviour::ServerError => return (StatusCode::INTERNAL_SERVER_ERROR, "{}".to_owned()),
        Behaviour::Html => return (StatusCode::OK, "<html>".to_owned()),
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

fn has_holds_key(headers: &HeaderMap) -> bool {
    headers
        .get("authorization")
        .is_some_and(|value| value == &format!("Bearer {HOLDS_KEY}"))
}

async fn hold(
    State(state): SharedState,
    headers: HeaderMap,
    Json(hold): Json<Value>,
) -> StatusCode {
    assert!(has_holds_key(&headers) && hold["company_id"] == 40426);
    let behaviour = state.lock().unwrap().behaviour;
    if behaviour == Behaviour::Slow {
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let reference = hold["reference"].as_str().unwrap().to_owned();
    match behaviour {
        Behaviour::NoCard => StatusCode::NOT_FOUND,
        Behaviour::WrongKey => StatusCode::UNAUTHORIZED,
        Behaviour::ServerError => StatusCode::INTERNAL_SERVER_ERROR,
        Behaviour::ResponseLost => {
            state.lock().unwrap().holds.insert(reference, hold);
            StatusCode::BAD_GATEWAY
        }
        Behaviour::Normal | Behaviour::Html | Behaviour::Slow | Behaviour::UnblockFails => {
            state.lock().unwrap().holds.insert(reference, hold);
            StatusCode::CREATED
        }
    }
}

async fn lift(
    State(state): SharedState,
    headers: HeaderMap,
    Path(reference): Path<String>,
) -> StatusCode {
    assert!(has_holds_key(&headers));
    let mut state = state.lock().unwrap();
    if matches!(
        state.behaviour,
        Behaviour::ServerError | Behaviour::UnblockFails
    ) {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    state.holds.remove(&reference);
    StatusCode::NO_CONTENT
}
