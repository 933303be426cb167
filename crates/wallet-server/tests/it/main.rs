//! The server from outside: real HTTP, a real SQLite file, the sandbox as the gateway. One binary, one file a subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod accept;
mod audit;
mod bokamera;
mod breaker_stages;
mod card_testing;
mod challenge;
mod connections;
mod consents;
mod cors;
mod delete;
mod expired;
mod frame;
mod gateway_errors;
mod gateway_failures;
mod growth;
mod guests;
mod holds;
mod idempotency;
mod inputs;
mod limits;
mod lost_customer;
mod malformed_requests;
mod mikrocloud;
mod networks;
mod open_intents;
mod openapi;
mod outbox;
mod people;
mod program;
mod proxies;
mod quilt;
mod release;
mod replayed_failures;
mod request_ids;
mod run_to_completion;
mod save;
mod server_failures;
mod sign_in;
mod start;
mod support;
mod ticket_evolution;
mod unreadable_row;
mod verification;
mod webhooks;
