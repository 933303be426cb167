//! Runs a write once per idempotency key, and stores its response for repeats.
//!
//! Used by the save routes. Writes of one owner run one after another. It must never store a response that asks the caller
//! to try again.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;

use super::json_response::JsonResponse;
use super::vendor_api::RenderError;
use crate::app::App;
use crate::error::ApiError;
use crate::locale::Locale;
use crate::secret::Fingerprint;
use wallet_store::idempotency_responses::{self, StoredResponse};
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

/// One write of an owner's wallet.
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
        work: impl Future<Output = Result<JsonResponse, ApiError>>,
    ) -> Result<JsonResponse, ApiError> {
        let _lock = app.owner_locks.lock_for_request(self.owner).await?;
        let request = Fingerprint::of(self.content);
        let pool = app.store.pool();
        if let Some(key) = self.key.fingerprint
            && let Some(stored) = idempotency_responses::find(pool, self.owner, key).await?
        {
            return replay(stored, request);
        }
        let response = match work.await {
            Err(error) if error.is_final() => (self.render_error)(&error, self.key.locale),
            other => other?,
        };
        if let Some(key) = self.key.fingerprint {
            let language = response.language.map(Locale::as_str);
            let stored = (response.status.as_u16(), response.body.as_str(), language);
            idempotency_responses::insert(pool, self.owner, key, request, stored).await?;
        }
        Ok(response)
    }
}

fn replay(stored: StoredResponse, request: Fingerprint) -> Result<JsonResponse, ApiError> {
    if stored.request_hash != request.as_bytes() {
        return Err(ApiError::Unprocessable(
            "This key was already used for another request.".to_owned(),
        ));
    }
    let status =
        StatusCode::from_u16(stored.status).map_err(|e| ApiError::Internal(e.to_string()))?;
    Ok(JsonResponse {
        status,
        body: stored.body,
        language: stored.language.as_deref().and_then(Locale::parse),
    })
}
