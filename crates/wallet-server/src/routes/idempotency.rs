//! Idempotency keys: a write is done once for each key, also by several servers on one database, and a key is never
//! accepted for two different requests.
//!
//! Used by the routes that save, charge or open a checkout. The key is recorded with the request's hash before the work.
//! It must never store a response that asks the caller to try again.

mod claim;
mod retention;

use std::pin::Pin;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;

use super::json_response::JsonResponse;
use super::vendor_api::RenderError;
use crate::app::App;
use crate::error::ApiError;
use crate::locale::Locale;
use crate::secret::Fingerprint;
use claim::{Claim, claim_or_wait};
use retention::Retention;
use wallet_store::idempotency_keys::{KeyScope, KeyedRequest, StoredResponse};
use wallet_store::owners::OwnerId;

/// The maximum length of an idempotency key, as at Stripe: <https://docs.stripe.com/api/idempotent_requests>.
const MAX_KEY_BYTES: usize = 255;

/// The `Idempotency-Key` header of a request, and the language of its response.
#[derive(Debug, Clone, Copy)]
pub(super) struct IdempotencyKey {
    /// The fingerprint of the header. `None` means that the request has no such header.
    pub fingerprint: Option<Fingerprint>,
    /// The language of the response.
    pub locale: Locale,
}

impl FromRequestParts<App> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let locale = Locale::of(&parts.headers);
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Ok(Self {
                fingerprint: None,
                locale,
            });
        };
        match value.to_str() {
            Ok(key) if (1..=MAX_KEY_BYTES).contains(&key.len()) => Ok(Self {
                fingerprint: Some(Fingerprint::of(key)),
                locale,
            }),
            _ => Err(ApiError::Unprocessable(
                "The idempotency key must have 1 to 255 plain characters.".to_owned(),
            )),
        }
    }
}

impl IdempotencyKey {
    /// The request as it is recorded, if it has a key. `content` tells it from other requests of the same scope.
    fn request(self, scope: KeyScope, content: &str) -> Option<KeyedRequest> {
        let key = self.fingerprint?;
        Some(KeyedRequest {
            scope,
            key,
            request: Fingerprint::of(content),
        })
    }
}

/// The work of a request. It is on the heap, because a save is a large future and this module wraps it several times.
pub(super) type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One write of an owner's wallet whose response is stored.
pub(super) struct IdempotentWrite<'a> {
    /// The owner whose wallet it changes.
    pub owner: OwnerId,
    pub key: IdempotencyKey,
    /// The content of the request. A repeat with other content is refused.
    pub content: &'a str,
    /// The vendor's format of errors.
    pub render_error: RenderError,
}

impl IdempotentWrite<'_> {
    /// Returns the stored response of the key, or runs `work` under the owner's lock and stores its response. An error
    /// that every repeat would get is stored, too.
    pub(super) async fn run(
        self,
        app: &App,
        work: Work<'_, Result<JsonResponse, ApiError>>,
    ) -> Result<JsonResponse, ApiError> {
        let work = async {
            let _lock = app.owner_locks.lock_for_request(self.owner).await?;
            work.await
        };
        let scope = KeyScope::Owner(self.owner);
        let Some(request) = self.key.request(scope, self.content) else {
            return self.render_final(work.await);
        };
        let claim = match claim_or_wait(app, request).await? {
            Claim::Claimed(claim) => claim,
            Claim::Finished(stored) => return replay(stored),
        };
        let result = claim.run(app, work).await;
        let retention = Retention::of(&result);
        let response = self.render_final(result);
        match (&response, retention) {
            (Ok(response), Retention::Keep) => {
                let language = response.language.map(Locale::as_str);
                let stored = StoredResponse {
                    status: response.status.as_u16(),
                    body: response.body.clone(),
                    language: language.map(str::to_owned),
                };
                claim.finish(app, &stored).await;
            }
            _ => claim.release(app).await,
        }
        response
    }

    /// Renders an error that is stored as the response that every repeat gets.
    fn render_final(
        &self,
        result: Result<JsonResponse, ApiError>,
    ) -> Result<JsonResponse, ApiError> {
        match result {
            Err(error) if error.is_final() => Ok((self.render_error)(&error, self.key.locale)),
            other => other,
        }
    }
}

/// Runs `work` for a key whose response is not stored, because it has a client secret or changes with the payment. The
/// same request runs the work again, which finds what it did before. Another request under the key is refused, and one
/// that comes meanwhile waits.
pub(super) async fn run_without_response<T, E: From<ApiError>>(
    app: &App,
    key: IdempotencyKey,
    (scope, content): (KeyScope, &str),
    work: Work<'_, Result<T, E>>,
) -> Result<T, E> {
    let Some(request) = key.request(scope, content) else {
        return work.await;
    };
    let claim = match claim_or_wait(app, request).await? {
        Claim::Claimed(claim) => claim,
        // Only a write of another kind stores a response.
        Claim::Finished(_) => return Err(other_request().into()),
    };
    let result = claim.run(app, work).await;
    claim.release(app).await;
    result
}

/// The error of a key that was used for another request.
fn other_request() -> ApiError {
    ApiError::Unprocessable("This key was already used for another request.".to_owned())
}

fn replay(stored: StoredResponse) -> Result<JsonResponse, ApiError> {
    let status =
        StatusCode::from_u16(stored.status).map_err(|e| ApiError::Internal(e.to_string()))?;
    Ok(JsonResponse {
        status,
        body: stored.body,
        language: stored.language.as_deref().and_then(Locale::parse),
    })
}
