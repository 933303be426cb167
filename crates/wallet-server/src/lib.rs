//! The wallet server: stores the cards of booking sites through a payment gateway, and serves the card-entry page.
//!
//! In the order in which a request passes them:
//!
//! 1. [`config`]: the operator's settings, raw and checked;
//! 2. [`server`]: listens and stops; `connections`: how many there are, and how long each may wait; [`routes`]: every path,
//!    one module for each wallet system;
//! 3. [`log`], [`cors`], [`headers`], [`body_drain`]: layers around every response; [`extract`]: request bodies and queries;
//! 4. `wallet`: creates setup intents, saves cards, sets the default, deletes; the same rules for all systems;
//! 5. `gateway`: the clients of Stripe and Braintree; `store`: the database; `outbox`: calls to the gateway that are
//!    retried until they succeed;
//! 6. [`monitor`], [`request_id`]: readiness, metrics, and the id that joins the log lines of a request; `audit`: who did
//!    what to which wallet;
//! 7. [`error`]: every error that a request can be answered with; [`openapi`]: the document of all calls;
//! 8. [`commands`] and [`doctor`]: what the program can do in place of serving.
//!
//! It must never store or log a card number, a client secret or a usable token, and never trust what a client claims about
//! a card.

#![deny(missing_docs)]
pub mod app;
pub(crate) mod audit;
pub mod body_drain;
pub mod browser_client;
pub mod challenge;
pub mod client_ip;
pub mod client_network;
pub(crate) use wallet_core::expiry;
pub use wallet_core::{clock, normalize, secret};
pub mod commands;
pub mod config;
pub(crate) mod connections;
pub mod cors;
pub mod dist;
pub mod doctor;
pub mod error;
pub mod extract;
pub(crate) mod fault;
pub(crate) mod gateway;
pub mod headers;
pub(crate) mod housekeeping;
pub mod jwt;
pub mod locale;
pub mod log;
pub mod monitor;
pub mod openapi;
pub(crate) mod outbox_runner;
pub(crate) mod owner_locks;
pub mod password;
pub(crate) mod person_export;
pub mod rate_limiter;
pub mod reload;
pub mod request_id;
pub mod routes;
pub mod server;
pub(crate) mod tasks;
pub(crate) mod wallet;
pub mod webhook_signature;
