//! Faults on demand, for development and tests: the next calls of a route fail, wait or lose their answer.
//!
//! Around every wallet API; inert unless `allow_faults` is set, which is refused with a real gateway.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::Error;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use card_entry_protocol::dialect::mytime::BASE;
use http_body::Frame;
use serde::Deserialize;

use crate::app::App;
use crate::error::ApiError;

/// What goes wrong, and how often.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// `METHOD /route` as the vendor's pages write it, such as `POST /user/credit_cards` (MyTime) or
    /// `POST /v1/account/payment-methods` (MikroCloud); `*` is any.
    pub route: String,
    /// How many calls it strikes.
    #[serde(default = "once")]
    pub count: u32,
    /// Answer with this status instead.
    #[serde(default)]
    pub status: Option<u16>,
    /// Wait so many milliseconds first.
    #[serde(default)]
    pub delay_ms: u64,
    /// Close the connection instead of answering.
    #[serde(default)]
    pub drop: bool,
    /// Fail as a mistake in the program would.
    #[serde(default)]
    pub panic: bool,
    /// Do the call first, then strike: the answer is lost, not the deed.
    #[serde(default)]
    pub after: bool,
    /// Strike only calls with this token.
    #[serde(default)]
    pub token: Option<String>,
}

fn once() -> u32 {
    1
}

/// The faults still to come.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    /// Adds a fault.
    pub fn add(&self, fault: Fault) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(fault);
    }

    /// Takes all faults back.
    pub fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn take(&self, call: &str, token: Option<&str>) -> Option<Fault> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let strikes = |fault: &&mut Fault| {
            (fault.route == "*" || fault.route == call)
                && fault
                    .token
                    .as_deref()
                    .is_none_or(|wanted| token == Some(wanted))
        };
        let fault = faults.iter_mut().find(strikes)?;
        fault.count = fault.count.saturating_sub(1);
        let taken = fault.clone();
        faults.retain(|fault| fault.count > 0);
        Some(taken)
    }
}

/// Lets the next fault of this call strike.
pub async fn strike(State(app): State<App>, request: Request, next: Next) -> Response {
    if !app.config.allow_faults {
        return next.run(request).await;
    }
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str);
    let call = format!(
        "{} {}",
        request.method(),
        route.strip_prefix(BASE).unwrap_or(route)
    );
    let token = token_of(request.headers());
    let Some(fault) = app.faults.take(&call, token.as_deref()) else {
        return next.run(request).await;
    };
    tracing::warn!(call, "a fault strikes");
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    if fault.panic {
        std::panic::resume_unwind(Box::new("a fault that was asked for"));
    }
    if fault.after {
        let answer = next.run(request).await;
        return spoilt(&fault).unwrap_or(answer);
    }
    match spoilt(&fault) {
        Some(answer) => answer,
        None => next.run(request).await,
    }
}

fn token_of(headers: &HeaderMap) -> Option<String> {
    let token = headers
        .get("authorization")
        .or(headers.get("gauthorization"))?;
    token.to_str().ok().map(str::to_owned)
}

fn spoilt(fault: &Fault) -> Option<Response> {
    if fault.drop {
        return Some(broken_answer());
    }
    let status = StatusCode::from_u16(fault.status?).ok()?;
    let error = match status {
        StatusCode::UNAUTHORIZED => ApiError::NotSignedIn,
        _ => ApiError::Asked(status),
    };
    Some(error.into_response())
}

/// A body that fails before its first byte: the connection closes without an answer.
fn broken_answer() -> Response {
    struct Failing;
    impl axum::body::HttpBody for Failing {
        type Data = axum::body::Bytes;
        type Error = Error;
        fn poll_frame(
            self: core::pin::Pin<&mut Self>,
            _: &mut core::task::Context<'_>,
        ) -> core::task::Poll<Option<Result<Frame<Self::Data>, Error>>> {
            core::task::Poll::Ready(Some(Err(Error::new(std::io::Error::other("dropped")))))
        }
    }
    Response::new(Body::new(Failing))
}
