//! `GET /companies/{id}`: the public data of a company that a booking page needs.
//!
//! It must never show a secret key.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use card_entry_protocol::dialect::mytime::{Company, CompanyBody, CompanyLocation};

use crate::app::App;
use crate::config::{Account, SystemConfig, WalletSystem};
use crate::error::ApiError;
use crate::log;

pub(super) fn router() -> Router<App> {
    Router::new().route("/companies/{id}", get(show))
}

/// The account of the company with this number.
pub(super) fn find(app: &App, company_id: u64) -> Result<Arc<Account>, ApiError> {
    let account = i64::try_from(company_id)
        .ok()
        .and_then(|id| app.config.accounts.by_id(id))
        .filter(|account| account.system.kind() == WalletSystem::MyTime)
        .ok_or(ApiError::NotFound("There is no such company."))?;
    log::record_account(account.id);
    Ok(account)
}

async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<CompanyBody>, ApiError> {
    let account = find(&app, id.parse().unwrap_or(0))?;
    let number = |id: i64| u64::try_from(id).unwrap_or_default();
    let locations = match &account.system {
        SystemConfig::MyTime(own) => own.locations.as_slice(),
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
