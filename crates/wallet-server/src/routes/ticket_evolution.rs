//! Ticket Evolution's API, `/v9`: signed requests of a seller's server for the cards of its clients, kept in Braintree's
//! vault.

mod addresses;
mod cards;
mod clients;
mod create;
mod deprecated;
mod phones;
mod refusal;
mod replay;
mod seal;
mod view;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use card_entry_protocol::dialect::ticket_evolution::{BASE, ErrorBody};

use super::answer::Answer;
use super::dialect::Dialect;
use crate::app::App;
use crate::config::Kind;
use crate::cors::Rules;
use crate::error::ApiError;
use crate::words::Locale;

/// Ticket Evolution on the wire. No page may call: what signs is a secret of the seller's server.
pub(super) const DIALECT: Dialect = Dialect {
    base: BASE,
    shape,
    cors: Rules {
        kind: Kind::TicketEvolution,
        headers: "",
        methods: "",
    },
};

/// Its routes: the signature is looked at first.
pub(super) fn router(app: &App) -> Router<App> {
    Router::new()
        .merge(clients::router())
        .merge(addresses::router())
        .merge(phones::router())
        .merge(cards::router())
        .merge(create::router())
        .layer(from_fn_with_state(app.clone(), replay::once))
        .layer(from_fn_with_state(app.clone(), seal::check_form))
        .layer(from_fn_with_state(app.clone(), deprecated::mark))
        .layer(from_fn_with_state(app.clone(), seal::check))
}

/// `{error}`. The vendor has 503 for too many requests, and no status for a bank that is still at it.
fn shape(refusal: &ApiError, locale: Locale) -> Answer {
    let status = match refusal {
        ApiError::TooMany(_) | ApiError::Paused(_) | ApiError::Busy(_) => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        ApiError::Challenge(_) => StatusCode::UNPROCESSABLE_ENTITY,
        other => other.status(),
    };
    // A text is always written.
    let said = refusal.say(locale);
    let body = serde_json::to_string(&ErrorBody::new(said.text)).unwrap_or_default();
    Answer {
        status,
        body,
        language: Some(said.locale),
    }
}
