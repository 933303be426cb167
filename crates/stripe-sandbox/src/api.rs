//! The API origin: `api.stripe.com` as far as it is modelled. Called by wallet servers with a secret
//! key, and by the controller frame with a publishable one.
//!
//! What is not modelled is refused, never answered with something plausible.

mod accounts;
mod answer;
mod call;
mod charges;
mod checkout_create;
mod checkout_items;
pub mod checkout_pay;
mod checkout_place;
pub mod checkout_sessions;
mod confirmation_tokens;
mod customers;
mod desk;
mod disputes;
mod events;
mod expand;
mod expand_lists;
pub mod inner;
mod intent_params;
mod new_card;
mod payment_capture;
mod payment_confirm;
mod payment_end;
mod payment_intents;
mod payment_methods;
mod payment_params;
mod refunds;
mod respond;
mod routes;
mod sequel;
pub mod settle;
mod setup_confirm;
mod setup_end;
mod setup_intents;
mod terminal;
mod terminal_card;
mod terminal_pay;
pub mod terminal_reader;
mod tokens;
mod webhook_endpoints;

pub use call::Call;
pub use desk::Desk;

use crate::control;
use crate::control::{card_updates, post_office, switchboard};
use crate::home;
use crate::world::World;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// Every path of the API origin.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/", get(home::show))
        .route("/healthz", get(|| async { "ok" }))
        .route(
            "/sandbox/faults",
            post(control::set_faults).get(control::list_faults),
        )
        .route("/sandbox/faults/known", get(control::list_known))
        .route("/sandbox/requests", get(control::list_requests))
        .route(
            "/sandbox/switches",
            get(switchboard::list).post(switchboard::set),
        )
        .route(
            "/sandbox/webhooks",
            get(post_office::list).post(post_office::set_habits),
        )
        .route("/sandbox/webhooks/redeliver", post(post_office::redeliver))
        .route("/sandbox/webhooks/roll", post(post_office::roll))
        .route("/sandbox/home.js", get(home::script))
        .route("/sandbox/home.css", get(home::style))
        .route("/sandbox/cards", get(control::cards::list))
        .route("/sandbox/card_updates", post(card_updates::update))
        .nest("/braintree", crate::braintree::api_router())
        .route("/sandbox/terminal/{verb}", post(crate::terminal::serve))
        .fallback(answer::answer)
        .with_state(world)
}
