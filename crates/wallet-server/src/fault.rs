//! Injects faults, for development and tests: the next calls of a route fail, are delayed, or lose their response.
//!
//! A layer around every wallet API. It does nothing unless `allow_faults` is set. It must never run with a real
//! gateway: the configuration refuses that.

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
use schemars::JsonSchema;
use serde::Deserialize;

use crate::app::App;
use crate::error::ApiError;

/// A fault to inject, as `POST /faults` takes it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InjectedFault {
    /// `METHOD /route` as the vendor's pages write it, such as `POST /user/credit_cards` (MyTime) or
    /// `POST /v1/account/payment-methods` (MikroCloud); `*` matches all.
    pub route: String,
    /// How many calls it is injected into.
    #[serde(default = "default_count")]
    pub count: u32,
    /// Respond with this status.
    #[serde(default)]
    pub status: Option<u16>,
    /// Wait before the call.
    #[serde(default)]
    pub delay_ms: u64,
    /// Close the connection without a response.
    #[serde(default)]
    pub drop: bool,
    /// Panic, as a defect of the program would.
    #[serde(default)]
    pub panic: bool,
    /// Run the call first, so that it takes effect and only its response is lost.
    #[serde(default)]
    pub after: bool,
    /// Inject only into calls with this `Authorization` header.
    #[serde(default)]
    pub token: Option<String>,
}

fn default_count() -> u32 {
    1
}

/// The faults that are not used up yet.
#[derive(Debug, Default)]
pub struct FaultQueue(Mutex<Vec<InjectedFault>>);

impl FaultQueue {
    pub fn add(&self, fault: InjectedFault) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(fault);
    }

    pub fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn take(&self, call: &str, token: Option<&str>) -> Option<InjectedFault> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let matches = |fault: &&mut InjectedFault| {
            (fault.route == "*" || fault.route == call)
                && fault
                    .token
                    .as_deref()
                    .is_none_or(|wanted| token == Some(wanted))
        };
        let fault = faults.iter_mut().find(matches)?;
        fault.count = fault.count.saturating_sub(1);
        let taken = fault.clone();
        faults.retain(|fault| fault.count > 0);
        Some(taken)
    }
}

/// Injects the next fault of this call, if there is one.
pub async fn inject(State(app): State<App>, request: Request, next: Next) -> Response {
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
    tracing::warn!(call, "injecting a fault");
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    if fault.panic {
        std::panic::resume_unwind(Box::new("injected fault"));
    }
    if fault.after {
        let response = next.run(request).await;
        return injected_response(&fault).unwrap_or(response);
    }
    match injected_response(&fault) {
        Some(response) => response,
        None => next.run(request).await,
    }
}

fn token_of(headers: &HeaderMap) -> Option<String> {
    let token = headers
        .get("authorization")
        .or(headers.get("gauthorization"))?;
    token.to_str().ok().map(str::to_owned)
}

fn injected_response(fault: &InjectedFault) -> Option<Response> {
    if fault.drop {
        return Some(broken_response());
    }
    let status = StatusCode::from_u16(fault.status?).ok()?;
    let error = match status {
        StatusCode::UNAUTHORIZED => ApiError::NotSignedIn,
        _ => ApiError::InjectedFault(status),
    };
    Some(error.into_response())
}

/// A body that fails before its first byte, so that the connection closes without a response.
fn broken_response() -> Response {
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
