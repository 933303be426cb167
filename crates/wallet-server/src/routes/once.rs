//! A write that is done once: in its owner's turn, and with the same answer for the same idempotency key.
//!
//! Used by every dialect's save. It must never keep an answer that asks the caller to try again.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;

use super::answer::Answer;
use super::dialect::Shape;
use crate::app::App;
use crate::error::ApiError;
use crate::secret::Fingerprint;
use crate::store::answers;
use crate::store::owners::OwnerId;
use crate::words::Locale;

/// The longest idempotency key, Stripe's own limit: <https://docs.stripe.com/api/idempotent_requests>.
const LONGEST_KEY: usize = 255;

/// The fingerprint of the `idempotency-key` header, if the request has one; and the language of what is answered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key(pub Option<Fingerprint>, pub Locale);

impl FromRequestParts<App> for Key {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let locale = Locale::of(&parts.headers);
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None, locale));
        };
        match value.to_str() {
            Ok(key) if (1..=LONGEST_KEY).contains(&key.len()) => {
                Ok(Self(Some(Fingerprint::of(key)), locale))
            }
            _ => Err(ApiError::Refused(
                "The idempotency key must have 1 to 255 plain characters.".to_owned(),
            )),
        }
    }
}

/// Runs `work` in the owner's turn, unless the key's answer to the same `request` is known already. A refusal that
/// names a reason in the request itself is an answer too, and is kept as the dialect shapes it.
pub(super) async fn once(
    app: &App,
    owner: OwnerId,
    key: Key,
    request: &str,
    shape: Shape,
    work: impl Future<Output = Result<Answer, ApiError>>,
) -> Result<Answer, ApiError> {
    let _turn = app.turns.enter(owner).await?;
    let request = Fingerprint::of(request);
    if let Some(key) = key.0
        && let Some(known) = answers::find(app.store.pool(), owner, key).await?
    {
        return replay(known, request);
    }
    let answer = match work.await {
        Err(refusal) if refusal.is_final() => shape(&refusal, key.1),
        other => other?,
    };
    if let Some(key) = key.0 {
        let language = answer.language.map(Locale::as_str);
        let kept = (answer.status.as_u16(), answer.body.as_str(), language);
        answers::insert(app.store.pool(), owner, key, request, kept).await?;
    }
    Ok(answer)
}

fn replay(known: answers::Answer, request: Fingerprint) -> Result<Answer, ApiError> {
    if known.request_hash != request.as_bytes() {
        return Err(ApiError::Refused(
            "This key was already used for another request.".to_owned(),
        ));
    }
    let status = StatusCode::from_u16(known.status).map_err(|e| ApiError::Broken(e.to_string()))?;
    Ok(Answer {
        status,
        body: known.body,
        language: known.language.as_deref().and_then(Locale::parse),
    })
}
