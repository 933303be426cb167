//! `POST /password-resets`: makes a token with which a person sets a new password. The booking site mails it.
//!
//! It is this project's own API, not a vendor's. The caller sends the account's holds key as a bearer token. It must never be
//! called from a browser, and never answer otherwise for an e-mail address without a user. See `docs/people.md`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::holds::authorize;
use crate::app::App;
use crate::audit::{self, Event};
use crate::clock::{MINUTE, Seconds, rfc3339};
use crate::config::WalletSystem;
use crate::error::ApiError;
use crate::extract;
use crate::normalize::email_key;
use crate::secret::{Fingerprint, generate_token};
use wallet_store::audit_events::AuditAction;
use wallet_store::{password_resets, users};

/// The time window of the limit for one e-mail address: that of failed sign-ins, whose setting it uses.
const WINDOW: Seconds = 15 * MINUTE;

/// The maximum length of an e-mail address: <https://www.rfc-editor.org/errata/eid1690>.
const MAX_EMAIL_BYTES: usize = 254;

pub(super) fn router() -> Router<App> {
    Router::new().route("/password-resets", post(create))
}

/// The body of `POST /password-resets`.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct NewPasswordReset {
    /// The number of the company's account.
    company_id: u64,
    /// The e-mail address that the person typed.
    email: String,
}

/// The token to mail. For an e-mail address without a user it opens nothing.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PasswordReset {
    /// 43 characters. It works once.
    token: String,
    /// When it ends, RFC 3339 in UTC: after 30 minutes.
    expires_at: String,
}

async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    extract::Json(new): extract::Json<NewPasswordReset>,
) -> Result<(StatusCode, Json<PasswordReset>), ApiError> {
    let account = authorize(&app, &headers, new.company_id)?;
    if account.system.kind() != WalletSystem::MyTime {
        return Err(ApiError::Unprocessable(
            "The people of this account have no password here.".to_owned(),
        ));
    }
    if new.email.len() > MAX_EMAIL_BYTES {
        return Err(ApiError::Unprocessable(
            "`email` must have 254 characters or fewer.".to_owned(),
        ));
    }
    // Also for unknown addresses, so that the limit tells nobody who is a user.
    let key = format!("sign-in reset {} {}", account.id, email_key(&new.email));
    let max = app.config.limits.sign_ins_per_15_minutes;
    app.limiter.count_attempt(&key, max, WINDOW)?;
    let user = users::find_by_email(app.store.pool(), account.id, &new.email).await?;
    let owner = user.map(|user| user.owner_id);
    let token = generate_token()?;
    let fingerprint = Fingerprint::of(token.reveal());
    let mut tx = app.store.write().await?;
    let expires_at = password_resets::insert(&mut tx, account.id, owner, fingerprint).await?;
    let event = Event::new(AuditAction::PasswordResetRequested);
    audit::record(&mut *tx, account.id, owner, event).await?;
    tx.commit().await?;
    let reset = PasswordReset {
        token: token.reveal().to_owned(),
        expires_at: rfc3339(expires_at),
    };
    Ok((StatusCode::CREATED, Json(reset)))
}
