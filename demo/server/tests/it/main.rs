//! Tests of the booking site over HTTP. Most use a fake wallet server that can fail in every way; `with_wallet_server` uses the
//! real one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod appointments;
mod bokamera;
mod fake_wallet;
mod mikrocloud;
mod pages;
mod site;
mod sweep;
mod ticket_evolution;
mod with_wallet_server;
