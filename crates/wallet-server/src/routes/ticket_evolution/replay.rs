//! A signed change is done once: the signature has no date, so the same request sent again gets the first answer again,
//! and is told that it was done once that answer is a day old or true no more. Sent again while the first is still under
//! way it waits for that one's answer, and after a while is told to come back.
//!
//! Around every route, inside the seal. Only what changed something, or gave a secret away, is remembered, and that for
//! good; who wants the same once more signs a body that differs, by any member: two clients of one name, or a client
//! token for each form. It must never keep a client token.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use tokio::time::{sleep, timeout};

use super::seal::Signer;
use crate::app::App;
use crate::error::ApiError;
use crate::routes::answer::Answer;
use crate::secret::Fingerprint;
use crate::store::signatures;

/// No answer here comes near it.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// How long a repeat waits for the answer of the first, at most: shorter than a browser waits.
const MAX_WAIT: Duration = Duration::from_secs(8);

const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// When a repeat that waited in vain may come again, in seconds.
const RETRY_AFTER_SECONDS: i64 = 2;

/// How often a request that takes long says that it is still under way: see [`signatures::ABANDONED_SECONDS`].
const RENEW_INTERVAL: Duration = Duration::from_secs(15);

/// A request that was done, and whose answer is no answer any more.
pub(super) const DONE: ApiError =
    ApiError::Conflict("This very request was done before. Sign one that differs to do it again.");

/// The answer an update got when it was made: its route changes nothing then, and answers the same if that is still so.
#[derive(Debug, Clone)]
pub(super) struct Earlier(pub String);

/// Answers a change that was made under this signature before; else lets it be made.
pub(super) async fn once(
    State(app): State<App>,
    signer: Signer,
    request: Request,
    next: Next,
) -> Result<Response<Body>, ApiError> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(next.run(request).await);
    }
    let is_secret = request.uri().path().ends_with("/braintree_client_token");
    let (account, signature) = (signer.account.id, signer.signature);
    let pool = app.store.pool();
    if let Some(earlier) = claim(&app, account, signature).await? {
        tracing::info!(account, "a signed request came again");
        return match (earlier.status, earlier.body) {
            (Some(status), Some(body)) => {
                if *request.method() == Method::PUT {
                    let mut look = request;
                    *look.body_mut() = Body::empty();
                    look.extensions_mut().insert(Earlier(body));
                    return Ok(next.run(look).await);
                }
                Ok(again(status, body))
            }
            (Some(_), None) => Err(DONE),
            (None, _) => Err(ApiError::UnderWay(RETRY_AFTER_SECONDS)),
        };
    }
    let response = renewing(&app, account, signature, next.run(request)).await;
    if !response.status().is_success() {
        signatures::give_up(pool, account, signature).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, LARGEST_ANSWER)
        .await
        .map_err(|error| ApiError::Broken(error.to_string()))?;
    let text = String::from_utf8_lossy(&body);
    let kept = (!is_secret).then_some(&*text);
    signatures::settle(pool, account, signature, parts.status.as_u16(), kept).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// Claims the signature. An earlier request that has it and is under way is waited for: it ends with an answer, or gives
/// the signature up.
async fn claim(
    app: &App,
    account: i64,
    signature: Fingerprint,
) -> Result<Option<signatures::Earlier>, ApiError> {
    let wait = MAX_WAIT.min(app.config.request_timeout / 2);
    let begun = Instant::now();
    loop {
        let earlier = signatures::claim(app.store.pool(), account, signature).await?;
        let under_way = earlier
            .as_ref()
            .is_some_and(|earlier| earlier.status.is_none());
        if !under_way || begun.elapsed() >= wait {
            return Ok(earlier);
        }
        sleep(POLL_INTERVAL).await;
    }
}

/// Does the work, and keeps the claim alive meanwhile: several cards with a slow vault take longer than a claim lasts.
async fn renewing<T>(
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
        if let Err(error) = signatures::renew(app.store.pool(), account, signature).await {
            tracing::warn!(%error, "the claim of a signed request could not be renewed");
        }
    }
}

fn again(status: u16, body: String) -> Response<Body> {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    if body.is_empty() {
        return status.into_response();
    }
    let mut response = Answer {
        status,
        body,
        language: None,
    }
    .into_response();
    let yes = header::HeaderValue::from_static("true");
    response.headers_mut().insert("idempotent-replayed", yes);
    response
}
