//! `POST /guests`: creates a guest, whose wallet lasts as long as the guest's token.
//!
//! It must never create a guest without the rate limit and the CAPTCHA.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::{Guest, GuestBody, NewGuest};

use super::sessions;
use crate::app::App;
use crate::audit::{self, Event};
use crate::challenge;
use crate::client_network::ClientNetwork;
use crate::clock::HOUR;
use crate::cors::check_origin;
use crate::error::ApiError;
use crate::extract;
use wallet_store::audit_events::AuditAction;
use wallet_store::owners::{self, OwnerKind};

pub(super) fn router() -> Router<App> {
    Router::new().route("/guests", post(create))
}

async fn create(
    State(app): State<App>,
    network: ClientNetwork,
    headers: HeaderMap,
    extract::Json(new): extract::Json<NewGuest>,
) -> Result<(StatusCode, Json<GuestBody>), ApiError> {
    app.limiter.count_attempt(
        &format!("sign-up {network}"),
        app.config.limits.sign_ups_per_hour,
        HOUR,
    )?;
    let account = super::company::find(&app, new.company_id)?;
    check_origin(&headers, &account)?;
    challenge::require(&app, &network, new.recaptcha_token.as_deref()).await?;
    let mut tx = app.store.write().await?;
    let owner = owners::insert(&mut *tx, account.id, OwnerKind::Guest).await?;
    let token = sessions::create_session(&app, &mut tx, owner.id).await?;
    let event = Event::new(AuditAction::SignedUp);
    audit::record(&mut *tx, account.id, Some(owner.id), event).await?;
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
