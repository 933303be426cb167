//! Runs each signed write once. A signature has no date, so an attacker could send a recorded request again.
//!
//! A layer around every route, inside of the signature layer. A repeat gets the first response; a day later, or if that
//! response is no longer true, it gets 409. A repeat of a request in progress waits for its response, then gets 409 with
//! `Retry-After`. Signatures of successful writes are stored forever. To do the same once more, a caller signs a body that
//! differs in any member, such as `request_id`. A client token must never be stored.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use tokio::time::{sleep, timeout};

use super::request_signature::SignedCaller;
use crate::app::App;
use crate::error::ApiError;
use crate::routes::json_response::JsonResponse;
use crate::secret::Fingerprint;
use wallet_store::request_signatures;

/// The maximum size of a stored response; real ones are much smaller.
const MAX_RESPONSE_BYTES: usize = 1024 * 1024;

/// The maximum time that a repeat waits for the response of the first request.
const MAX_WAIT: Duration = Duration::from_secs(8);

const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// The time after which a repeat may be sent again if the first request is still in progress, in seconds.
const RETRY_AFTER_SECONDS: i64 = 2;

/// The interval in which a long request renews its claim: see [`request_signatures::CLAIM_TIMEOUT_SECONDS`].
const RENEW_INTERVAL: Duration = Duration::from_secs(15);

/// The error of a repeat whose first response is too old or no longer true.
pub(super) const ALREADY_DONE: ApiError =
    ApiError::Conflict("This very request was done before. Sign one that differs to do it again.");

/// The first response of an update, for its route. The route then changes nothing, and returns it if it is still true.
#[derive(Debug, Clone)]
pub(super) struct EarlierResponse(pub String);

/// Returns the response of an earlier request with this signature, or runs the request.
pub(super) async fn replay_or_run(
    State(app): State<App>,
    caller: SignedCaller,
    request: Request,
    next: Next,
) -> Result<Response<Body>, ApiError> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(next.run(request).await);
    }
    let is_secret = request.uri().path().ends_with("/braintree_client_token");
    let (account, signature) = (caller.account.id, caller.signature);
    let pool = app.store.pool();
    if let Some(earlier) = claim(&app, account, signature).await? {
        tracing::info!(account, "signed request repeated: it is not run again");
        return match (earlier.status, earlier.body) {
            (Some(status), Some(body)) => {
                if *request.method() == Method::PUT {
                    let mut read_only = request;
                    *read_only.body_mut() = Body::empty();
                    read_only.extensions_mut().insert(EarlierResponse(body));
                    return Ok(next.run(read_only).await);
                }
                Ok(replay(status, body))
            }
            (Some(_), None) => Err(ALREADY_DONE),
            (None, _) => Err(ApiError::RequestInProgress(RETRY_AFTER_SECONDS)),
        };
    }
    let response = run_with_claim(&app, account, signature, next.run(request)).await;
    if !response.status().is_success() {
        request_signatures::release(pool, account, signature).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, MAX_RESPONSE_BYTES)
        .await
        .map_err(|error| ApiError::Internal(error.to_string()))?;
    let text = String::from_utf8_lossy(&body);
    let stored_body = (!is_secret).then_some(&*text);
    request_signatures::complete(pool, account, signature, parts.status.as_u16(), stored_body)
        .await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// Claims the signature, or returns the earlier request that has it. It waits while that one is in progress: it ends with
/// a response, or releases the signature.
async fn claim(
    app: &App,
    account: i64,
    signature: Fingerprint,
) -> Result<Option<request_signatures::EarlierRequest>, ApiError> {
    let wait = MAX_WAIT.min(app.config.request_timeout / 2);
    let started = Instant::now();
    loop {
        let earlier = request_signatures::claim(app.store.pool(), account, signature).await?;
        let in_progress = earlier
            .as_ref()
            .is_some_and(|earlier| earlier.status.is_none());
        if !in_progress || started.elapsed() >= wait {
            return Ok(earlier);
        }
        sleep(POLL_INTERVAL).await;
    }
}

/// Runs `work` and renews the claim meanwhile: several cards with a slow vault can take longer than a claim lasts.
async fn run_with_claim<T>(
    app: &App,
    account: i64,
    signature: Fingerprint,
    work: impl Future<Output = T>,
) -> T {
    let mut work = std::pin::pin!(work);
    loop {
        if let Ok(done) = timeout(RENEW_INTERVAL, &mut work).await {
            return done;
        }
        if let Err(error) = request_signatures::renew(app.store.pool(), account, signature).await {
            tracing::warn!(%error, "claim of a signed request not renewed");
        }
    }
}

fn replay(status: i64, body: String) -> Response<Body> {
    let status = u16::try_from(status).ok();
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::OK);
    if body.is_empty() {
        return status.into_response();
    }
    let mut response = JsonResponse {
        status,
        body,
        language: None,
    }
    .into_response();
    let yes = header::HeaderValue::from_static("true");
    response.headers_mut().insert("idempotent-replayed", yes);
    response
}
