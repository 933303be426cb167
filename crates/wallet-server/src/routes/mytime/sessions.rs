//! `POST /sessions` signs a user in, `DELETE /sessions` signs out at once.
//!
//! A wrong password and an unknown user must never get different responses.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::{NewSession, UserBody};

use super::caller::MyTimeCaller;
use super::presenter;
use crate::app::App;
use crate::audit::{self, Event};
use crate::challenge::{self, failed_sign_ins_key};
use crate::client_network::ClientNetwork;
use crate::clock::{MINUTE, Seconds};
use crate::cors::check_origin;
use crate::error::ApiError;
use crate::extract;
use crate::normalize::email_key;
use crate::password::{self, PasswordCheck};
use crate::secret::{Fingerprint, Secret, generate_token};
use crate::wallet::release_cards_of_gone_guest;
use wallet_store::StoreConnection;
use wallet_store::audit_events::AuditAction;
use wallet_store::owners::{self, OwnerId};
use wallet_store::{sessions, users};

/// The time window of failed sign-ins: 15 minutes.
const FAILED_SIGN_IN_WINDOW: Seconds = 15 * MINUTE;

/// One network may fail this many times more often than one user, because the people of an office share it.
const NETWORK_LIMIT_FACTOR: u32 = 10;

pub(super) fn router() -> Router<App> {
    Router::new().route("/sessions", post(sign_in).delete(sign_out))
}

/// Creates a session of an owner. The caller must send the token in its response and store it nowhere.
pub(super) async fn create_session(
    app: &App,
    db: &mut StoreConnection,
    owner: OwnerId,
) -> Result<Secret, ApiError> {
    let token = generate_token()?;
    sessions::insert(
        db,
        Fingerprint::of(token.reveal()),
        owner,
        app.config.session_seconds,
    )
    .await?;
    Ok(token)
}

async fn sign_in(
    State(app): State<App>,
    network: ClientNetwork,
    headers: HeaderMap,
    extract::Json(new): extract::Json<NewSession>,
) -> Result<Json<UserBody>, ApiError> {
    let limit = app.config.limits.sign_ins_per_15_minutes;
    let network_key = failed_sign_ins_key(&network);
    let user_key = format!(
        "sign-in {network} {} {}",
        new.company_id,
        email_key(&new.email)
    );
    challenge::require(&app, &network, new.recaptcha_token.as_deref()).await?;
    app.limiter.count_attempt(
        &network_key,
        limit.saturating_mul(NETWORK_LIMIT_FACTOR),
        FAILED_SIGN_IN_WINDOW,
    )?;
    app.limiter
        .count_attempt(&user_key, limit, FAILED_SIGN_IN_WINDOW)?;

    let account = super::company::find(&app, new.company_id).ok();
    if let Some(account) = &account {
        check_origin(&headers, account)?;
    }
    let user = match &account {
        Some(account) => users::find_by_email(app.store.pool(), account.id, &new.email).await?,
        None => None,
    };
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let password = if new.password.chars().count() > password::MAX_PASSWORD_CHARS {
        String::new()
    } else {
        new.password
    };
    let password = Secret::new(password);
    let check = app.passwords.verify(password.clone(), stored).await?;
    let known = user.as_ref().map(|user| user.owner_id);
    let (Some(user), PasswordCheck::Match | PasswordCheck::OutdatedMatch) = (user, check) else {
        if let Some(account) = &account {
            let event = Event::new(AuditAction::SignInFailed);
            audit::record(app.store.pool(), account.id, known, event).await?;
        }
        return Err(ApiError::WrongPassword);
    };
    if check == PasswordCheck::OutdatedMatch {
        let hash = app.passwords.hash(password).await?;
        users::update_password_hash(app.store.pool(), user.owner_id, &hash).await?;
    }
    app.limiter.remove_attempt(&network_key);
    app.limiter.remove_attempt(&user_key);

    let owner = owners::find(app.store.pool(), user.account_id, user.owner_id)
        .await?
        .ok_or(ApiError::WrongPassword)?;
    let mut tx = app.store.write().await?;
    let token = create_session(&app, &mut tx, owner.id).await?;
    let event = Event::new(AuditAction::SignedIn);
    audit::record(&mut *tx, owner.account_id, Some(owner.id), event).await?;
    tx.commit().await?;
    Ok(Json(presenter::user(&app, &owner, Some(&token)).await?))
}

async fn sign_out(State(app): State<App>, caller: MyTimeCaller) -> Result<StatusCode, ApiError> {
    let mut tx = app.store.write().await?;
    sessions::delete(&mut *tx, caller.token).await?;
    let event = Event::new(AuditAction::SignedOut);
    audit::record(&mut *tx, caller.account.id, Some(caller.owner.id), event).await?;
    tx.commit().await?;
    // The token has ended already. What fails here, the clean-up does.
    let owner = caller.owner.id;
    if let Err(error) = release_cards_of_gone_guest(&app, caller.account.id, owner).await {
        tracing::warn!(%error, "releasing the cards of a guest failed, retry scheduled");
    }
    Ok(StatusCode::NO_CONTENT)
}
