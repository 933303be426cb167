//! `/api/appointments`: a visitor's own visits. The wallet's token says whose; nobody sees another's.

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get};
use axum::{Json, Router};
use booking_page::api::{Appointment, NewAppointment};

use super::Site;
use crate::booking::{Cancelled, Desk};
use crate::error::SiteError;
use crate::token::Token;

pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/appointments", get(list).post(book))
        .route("/appointments/{id}", delete(cancel))
}

async fn list(State(desk): State<Desk>, token: Token) -> Result<Json<Vec<Appointment>>, SiteError> {
    let user = desk.who(&token).await?;
    Ok(Json(desk.ahead(user).await?))
}

async fn book(
    State(desk): State<Desk>,
    token: Token,
    new: Result<Json<NewAppointment>, JsonRejection>,
) -> Result<(StatusCode, Json<Appointment>), SiteError> {
    let Json(new) = new?;
    let user = desk.who(&token).await?;
    Ok((StatusCode::CREATED, Json(desk.book(user, &new).await?)))
}

/// 204: the card is free. 202: cancelled, and the card follows as soon as the wallet answers.
async fn cancel(
    State(desk): State<Desk>,
    token: Token,
    Path(id): Path<String>,
) -> Result<StatusCode, SiteError> {
    let user = desk.who(&token).await?;
    Ok(match desk.cancel(user, &id).await? {
        Cancelled::Lifted => StatusCode::NO_CONTENT,
        Cancelled::LiftedSoon => StatusCode::ACCEPTED,
    })
}
