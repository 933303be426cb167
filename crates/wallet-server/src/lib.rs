//! The wallet server: keeps the cards of booking sites, and serves the page that asks for them.
//!
//! In the order a request meets them:
//!
//! 1. [`settings`] and [`config`]: what the operator set, and what was made of it once it was checked;
//! 2. [`server`]: listening and stopping; [`routes`]: every address there is, one module for each wallet system;
//! 3. [`log`], [`cors`], [`headers`], [`leftover`]: around every answer; [`mod@read`]: what came;
//! 4. [`wallet`]: begin, save, choose, delete: the rules, whatever the system;
//! 5. [`gateway`]: Stripe, whose word is proof; [`store`]: the database; [`outbox`]: what Stripe must still be told;
//! 6. [`error`]: every way to say no.
//!
//! It must never store or log a card number, a client secret or a usable token, and never believe a client about a
//! card.

#![deny(missing_docs)]
pub mod app;
pub mod challenge;
pub mod client_ip;
pub mod clock;
pub mod config;
pub mod cors;
pub mod dist;
pub mod error;
pub mod expiry;
pub mod fault;
pub mod gateway;
pub mod headers;
pub mod jwt;
pub mod leftover;
pub mod limiter;
pub mod log;
pub mod outbox;
pub mod password;
pub mod read;
pub mod routes;
pub mod secret;
pub mod server;
pub mod settings;
pub mod signature;
pub mod store;
pub mod tasks;
pub mod turns;
pub mod typed;
pub mod wallet;
pub mod words;
