//! `POST /guests`: someone who does not sign up, with a wallet of their own as long as their token lives.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::{Guest, GuestBody, NewGuest};

use super::sessions;
use crate::app::App;
use crate::challenge;
use crate::clock::HOUR;
use crate::cors::check_page;
use crate::error::ApiError;
use crate::limiter::Place;
use crate::read;
use crate::store::owners::{self, OwnerKind};

pub(super) fn router() -> Router<App> {
    Router::new().route("/guests", post(create))
}

async fn create(
    State(app): State<App>,
    place: Place,
    headers: HeaderMap,
    read::Json(new): read::Json<NewGuest>,
) -> Result<(StatusCode, Json<GuestBody>), ApiError> {
    app.limiter.take(
        &format!("sign-up {place}"),
        app.config.limits.sign_ups_per_hour,
        HOUR,
    )?;
    let account = super::company::find(&app, new.company_id)?;
    check_page(&headers, &account)?;
    challenge::ask(&app, &place, new.recaptcha_token.as_deref()).await?;
    let mut tx = app.store.write().await?;
    let owner = owners::insert(&mut *tx, account.id, OwnerKind::Guest).await?;
    let token = sessions::open(&app, &mut tx, owner.id).await?;
    tx.commit().await?;
    Ok((
        StatusCode::CREATED,
        Json(GuestBody {
            user: Guest {
                guest_token: token.reveal().to_owned(),
            },
        }),
    ))
}
