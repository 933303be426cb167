//! `GET /api/services` and `GET /api/times?service=`: what is offered and when; public.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use booking_page::api::{Day, Service, Slot};
use jiff::Timestamp;
use serde::Deserialize;

use super::Site;
use crate::booking::Desk;
use crate::catalog::Offer;
use crate::error::SiteError;

pub(super) fn router() -> Router<Site> {
    Router::new()
        .route("/services", get(services))
        .route("/times", get(times))
}

#[derive(Debug, Deserialize)]
struct Which {
    service: String,
}

async fn services(State(desk): State<Desk>) -> Json<Vec<Service>> {
    Json(desk.catalog.services().to_vec())
}

async fn times(
    State(desk): State<Desk>,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<Vec<Day>>, SiteError> {
    let Query(which) = which.map_err(|rejection| SiteError::Unreadable(rejection.status()))?;
    let service = desk
        .catalog
        .service(&which.service)
        .ok_or(SiteError::NotOffered)?;
    let now = Timestamp::now();
    let taken = desk.store.taken(&service.id, now.as_second()).await?;
    let slot = |offer: Offer| Slot {
        free: !taken.contains(&offer.at_seconds),
        at: offer.at,
    };
    let day = |offers: Vec<Offer>| Day {
        times: offers.into_iter().map(slot).collect(),
    };
    Ok(Json(
        desk.catalog
            .days(service, now)
            .into_iter()
            .map(day)
            .collect(),
    ))
}
