//! `/api/appointments`: the appointments of the token's user. A visitor must never see another's.

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get};
use axum::{Json, Router};
use booking_page::api::{Appointment, NewAppointment};

use super::AppState;
use crate::booking::{BookingService, Cancellation};
use crate::error::SiteError;
use crate::wallet_token::WalletToken;

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/appointments", get(list).post(book))
        .route("/appointments/{id}", delete(cancel))
}

async fn list(
    State(bookings): State<BookingService>,
    token: WalletToken,
) -> Result<Json<Vec<Appointment>>, SiteError> {
    let user = bookings.user_of_token(&token).await?;
    Ok(Json(bookings.upcoming(user).await?))
}

async fn book(
    State(bookings): State<BookingService>,
    token: WalletToken,
    new: Result<Json<NewAppointment>, JsonRejection>,
) -> Result<(StatusCode, Json<Appointment>), SiteError> {
    let Json(new) = new?;
    let user = bookings.user_of_token(&token).await?;
    Ok((StatusCode::CREATED, Json(bookings.book(user, &new).await?)))
}

/// 204: the card is unblocked. 202: cancelled, and the sweep unblocks the card later.
async fn cancel(
    State(bookings): State<BookingService>,
    token: WalletToken,
    Path(id): Path<String>,
) -> Result<StatusCode, SiteError> {
    let user = bookings.user_of_token(&token).await?;
    Ok(match bookings.cancel(user, &id).await? {
        Cancellation::CardUnblocked => StatusCode::NO_CONTENT,
        Cancellation::UnblockPending => StatusCode::ACCEPTED,
    })
}
