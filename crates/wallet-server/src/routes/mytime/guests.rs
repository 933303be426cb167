//! `POST /guests`: someone who does not sign up, with a wallet of their own as long as their token lives.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::{Guest, GuestBody, NewGuest};

use super::sessions;
use crate::app::App;
use crate::clock::HOUR;
use crate::cors::check_page;
use crate::error::ApiError;
use crate::limiter::subscriber;
use crate::read::{self, ClientIp};
use crate::store::owners::{self, OwnerKind};

pub(super) fn router() -> Router<App> {
    Router::new().route("/guests", post(create))
}

async fn create(
    State(app): State<App>,
    ClientIp(ip): ClientIp,
    headers: HeaderMap,
    read::Json(new): read::Json<NewGuest>,
) -> Result<(StatusCode, Json<GuestBody>), ApiError> {
    app.limiter.take(
        &format!("sign-up {}", subscriber(ip)),
        app.config.limits.sign_ups_per_hour,
        HOUR,
    )?;
    let account = super::company::find(&app, new.company_id)?;
    check_page(&headers, &account)?;
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
