//! `POST /passwords`: sets a new password with the token that the booking site mailed.
//!
//! It is this project's own call, not MyTime's. All tokens that cannot be used get the same response. It must never leave a
//! session of the person open.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::caller::MAX_TOKEN_BYTES;
use super::users::password_errors;
use crate::app::App;
use crate::audit::{self, Event};
use crate::client_network::ClientNetwork;
use crate::clock::{MINUTE, Seconds};
use crate::cors::check_origin;
use crate::error::{ApiError, ErrorsByField};
use crate::extract;
use crate::locale::Locale;
use crate::normalize;
use crate::routes::json_response::JsonResponse;
use crate::secret::{Fingerprint, Secret};
use wallet_store::audit_events::AuditAction;
use wallet_store::{password_resets, sessions, users};

/// The time window of failed attempts of one network: that of failed sign-ins, whose setting it uses.
const WINDOW: Seconds = 15 * MINUTE;

/// Renders `message`, the first sentence about a field.
pub(super) fn render_error(error: &ApiError, locale: Locale) -> JsonResponse {
    let translated = error.localized(locale);
    JsonResponse {
        status: error.status(),
        body: json!({"message": translated.text}).to_string(),
        language: Some(translated.locale),
    }
}

pub(super) fn router() -> Router<App> {
    Router::new().route("/", post(set))
}

/// The body of `POST /passwords`.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct NewPassword {
    /// The number of the company's account.
    company_id: u64,
    /// The token of the e-mail.
    #[schemars(with = "String")]
    token: Secret,
    /// The new password. The rules are those of sign-up.
    #[schemars(with = "String")]
    password: Secret,
    /// The same again.
    #[schemars(with = "String")]
    password_confirmation: Secret,
}

async fn set(
    State(app): State<App>,
    network: ClientNetwork,
    headers: HeaderMap,
    extract::Json(new): extract::Json<NewPassword>,
) -> Result<StatusCode, ApiError> {
    let key = format!("sign-in new password {network}");
    let max = app.config.limits.sign_ins_per_15_minutes;
    app.limiter.count_attempt(&key, max, WINDOW)?;
    let account = super::company::find(&app, new.company_id)?;
    check_origin(&headers, &account)?;
    let password = normalize::password(new.password.reveal());
    let confirmation = new.password_confirmation.reveal();
    let mut errors = ErrorsByField::new();
    for (field, sentence) in password_errors(&password, confirmation, app.config.password_min) {
        errors.entry(field.to_owned()).or_default().push(sentence);
    }
    if !errors.is_empty() {
        // A weak password is no guess of a token.
        app.limiter.remove_attempt(&key);
        return Err(ApiError::InvalidFields(errors));
    }
    if new.token.reveal().len() > MAX_TOKEN_BYTES {
        return Err(unusable_token());
    }
    let token = Fingerprint::of(new.token.reveal());
    if !password_resets::is_open(app.store.pool(), account.id, token).await? {
        return Err(unusable_token());
    }
    // Also for the token of nobody, so that it takes as long.
    let hash = app.passwords.hash(Secret::new(password)).await?;
    let mut tx = app.store.write().await?;
    let owner = password_resets::take(&mut *tx, account.id, token).await?;
    if let Some(owner) = owner {
        users::update_password_hash(&mut *tx, owner, &hash).await?;
        sessions::delete_of_owner(&mut *tx, owner).await?;
        let event = Event::new(AuditAction::PasswordReset);
        audit::record(&mut *tx, account.id, Some(owner), event).await?;
    }
    tx.commit().await?;
    if owner.is_none() {
        return Err(unusable_token());
    }
    app.limiter.remove_attempt(&key);
    Ok(StatusCode::NO_CONTENT)
}

/// The token is unknown, used, expired, replaced by a newer one, or of an e-mail address without a user.
fn unusable_token() -> ApiError {
    ApiError::Unprocessable("This link is no longer valid. Please ask for a new one.".to_owned())
}
