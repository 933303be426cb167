//! `GET /api/services` and `GET /api/times?service=`, both public.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use booking_page::api::{Day, Service, Slot};
use jiff::Timestamp;
use serde::Deserialize;

use super::AppState;
use crate::booking::BookingService;
use crate::catalog::Offer;
use crate::error::SiteError;

pub(super) fn router() -> Router<AppState> {
    Router::new()
        .route("/services", get(services))
        .route("/times", get(times))
}

#[derive(Debug, Deserialize)]
struct TimesQuery {
    service: String,
}

async fn services(State(bookings): State<BookingService>) -> Json<Vec<Service>> {
    Json(bookings.catalog.services().to_vec())
}

async fn times(
    State(bookings): State<BookingService>,
    query: Result<Query<TimesQuery>, QueryRejection>,
) -> Result<Json<Vec<Day>>, SiteError> {
    let Query(query) = query.map_err(|rejection| SiteError::InvalidRequest(rejection.status()))?;
    let service = bookings
        .catalog
        .service(&query.service)
        .ok_or(SiteError::NotOffered)?;
    let now = Timestamp::now();
    let taken = bookings
        .store
        .taken_starts(&service.id, now.as_second())
        .await?;
    let slot = |offer: Offer| Slot {
        free: !taken.contains(&offer.at_seconds),
        at: offer.at,
    };
    let day = |offers: Vec<Offer>| Day {
        times: offers.into_iter().map(slot).collect(),
    };
    Ok(Json(
        bookings
            .catalog
            .days(service, now)
            .into_iter()
            .map(day)
            .collect(),
    ))
}
