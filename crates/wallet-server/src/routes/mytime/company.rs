//! `GET /companies/{id}`: what a booking page needs to know of its company; public.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::{Company, CompanyBody, CompanyLocation};

use crate::app::App;
use crate::config::{Account, Kind, System};
use crate::error::ApiError;

pub(super) fn router() -> Router<App> {
    Router::new().route("/companies/{id}", get(show))
}

/// Finds a company by the number a request names.
pub(super) fn find(app: &App, company_id: u64) -> Result<Arc<Account>, ApiError> {
    i64::try_from(company_id)
        .ok()
        .and_then(|id| app.config.accounts.by_id(id))
        .filter(|account| account.system.kind() == Kind::MyTime)
        .ok_or(ApiError::NotFound("There is no such company."))
}

async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<CompanyBody>, ApiError> {
    let account = find(&app, id.parse().unwrap_or(0))?;
    let number = |id: i64| u64::try_from(id).unwrap_or_default();
    let locations = match &account.system {
        System::MyTime(own) => own.locations.as_slice(),
        _ => &[],
    };
    Ok(Json(CompanyBody {
        company: Company {
            id: number(account.id),
            name: account.name.clone(),
            stripe_key: account.publishable_key.as_str().to_owned(),
            currency: account.currency.as_str().to_owned(),
            country: account.country.clone(),
            locations: locations
                .iter()
                .map(|at| CompanyLocation {
                    id: number(at.id),
                    name: at.name.clone(),
                })
                .collect(),
        },
    }))
}
