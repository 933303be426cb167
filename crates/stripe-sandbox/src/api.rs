//! The API origin: the part of `api.stripe.com` that the sandbox models. Called by wallet servers with a secret key,
//! and by the controller frame with a publishable key.
//!
//! A call that is not modelled is refused. It must never get a made-up response.

mod accounts;
mod call;
pub mod challenge_end;
mod charge_follow_up;
mod charges;
mod checkout_create;
mod checkout_items;
pub mod checkout_pay;
pub mod checkout_sessions;
mod checkout_ui;
mod confirmation_tokens;
mod customers;
mod dispatch;
mod disputes;
mod events;
mod expand;
mod expand_lists;
mod intent_params;
pub mod internal_call;
mod payment_capture;
mod payment_confirm;
mod payment_intent_update;
mod payment_intents;
mod payment_method_data;
mod payment_methods;
mod payment_outcome;
mod payment_params;
mod refunds;
mod request_context;
mod response;
mod routes;
mod setup_confirm;
mod setup_intents;
mod setup_outcome;
mod terminal;
mod terminal_card;
mod terminal_pay;
pub mod terminal_reader;
mod tokens;
mod webhook_endpoints;

pub use call::Call;
pub use request_context::RequestContext;

use crate::control;
use crate::control::{behaviour_admin, card_updates, idempotency_admin, webhook_admin};
use crate::dashboard;
use crate::state::SandboxState;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

/// The paths of the API origin: the sandbox's own, and every other path as a call of the API.
pub fn router(state: Arc<SandboxState>) -> Router {
    Router::new()
        .route("/", get(dashboard::show))
        .route("/healthz", get(|| async { "ok" }))
        .route(
            "/sandbox/faults",
            post(control::set_faults).get(control::list_faults),
        )
        .route("/sandbox/faults/known", get(control::list_presets))
        .route("/sandbox/requests", get(control::list_requests))
        .route(
            "/sandbox/switches",
            get(behaviour_admin::list).post(behaviour_admin::set),
        )
        .route("/sandbox/idempotency", post(idempotency_admin::age))
        .route(
            "/sandbox/webhooks",
            get(webhook_admin::list).post(webhook_admin::set_delivery_policy),
        )
        .route(
            "/sandbox/webhooks/redeliver",
            post(webhook_admin::redeliver),
        )
        .route("/sandbox/webhooks/roll", post(webhook_admin::roll_secret))
        .route("/sandbox/home.js", get(dashboard::script))
        .route("/sandbox/home.css", get(dashboard::style))
        .route("/sandbox/cards", get(control::cards::list))
        .route("/sandbox/card_updates", post(card_updates::update))
        .nest("/braintree", crate::braintree::api_router())
        .route("/sandbox/terminal/{verb}", post(crate::terminal::serve))
        .fallback(dispatch::handle)
        .with_state(state)
}
