//! `POST /sessions` opens a session, `DELETE /sessions` ends it at once.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::{NewSession, UserBody};
use sqlx::SqliteConnection;

use super::caller::Caller;
use super::view;
use crate::app::App;
use crate::challenge::{self, failed_sign_ins};
use crate::clock::Seconds;
use crate::cors::check_page;
use crate::error::ApiError;
use crate::limiter::Place;
use crate::password::{self, Verdict};
use crate::read;
use crate::secret::{Fingerprint, Secret, draw};
use crate::store::owners::{self, OwnerId};
use crate::store::{sessions, users};
use crate::typed::email_key;

/// The window in which failed sign-ins are counted: a quarter of an hour.
const WINDOW: Seconds = 15 * 60;

/// How many times the limit of one e-mail one address may fail over all e-mails: offices share an address.
const SHARED: u32 = 10;

pub(super) fn router() -> Router<App> {
    Router::new().route("/sessions", post(create).delete(delete))
}

/// Opens a session for an owner; the token is in the answer and nowhere else.
pub(super) async fn open(
    app: &App,
    db: &mut SqliteConnection,
    owner: OwnerId,
) -> Result<Secret, ApiError> {
    let token = draw()?;
    sessions::insert(
        db,
        Fingerprint::of(token.reveal()),
        owner,
        app.config.session_seconds,
    )
    .await?;
    Ok(token)
}

async fn create(
    State(app): State<App>,
    place: Place,
    headers: HeaderMap,
    read::Json(new): read::Json<NewSession>,
) -> Result<Json<UserBody>, ApiError> {
    let limit = app.config.limits.sign_ins_per_quarter;
    let anyone = failed_sign_ins(&place);
    let person = format!(
        "sign-in {place} {} {}",
        new.company_id,
        email_key(&new.email)
    );
    challenge::ask(&app, &place, new.recaptcha_token.as_deref()).await?;
    app.limiter
        .take(&anyone, limit.saturating_mul(SHARED), WINDOW)?;
    app.limiter.take(&person, limit, WINDOW)?;

    let account = super::company::find(&app, new.company_id).ok();
    if let Some(account) = &account {
        check_page(&headers, account)?;
    }
    let user = match &account {
        Some(account) => users::by_email(app.store.pool(), account.id, &new.email).await?,
        None => None,
    };
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let password = if new.password.chars().count() > password::LONGEST {
        String::new()
    } else {
        new.password
    };
    let password = Secret::new(password);
    let verdict = app.passwords.verify(password.clone(), stored).await?;
    let (Some(user), Verdict::Right | Verdict::Outdated) = (user, verdict) else {
        return Err(ApiError::WrongPassword);
    };
    if verdict == Verdict::Outdated {
        let hash = app.passwords.hash(password).await?;
        users::rehash(app.store.pool(), user.owner_id, &hash).await?;
    }
    app.limiter.give_back(&anyone);
    app.limiter.give_back(&person);

    let owner = owners::find(app.store.pool(), user.account_id, user.owner_id)
        .await?
        .ok_or(ApiError::WrongPassword)?;
    let mut tx = app.store.write().await?;
    let token = open(&app, &mut tx, owner.id).await?;
    tx.commit().await?;
    Ok(Json(view::user(&app, &owner, Some(&token)).await?))
}

async fn delete(State(app): State<App>, caller: Caller) -> Result<StatusCode, ApiError> {
    sessions::delete(app.store.pool(), caller.token).await?;
    Ok(StatusCode::NO_CONTENT)
}
