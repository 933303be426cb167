//! The sandbox from outside: bytes in, bytes out, over ports of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod braintree;
mod cards;
mod challenge;
mod checkout;
mod checkout_made;
mod customers;
mod faults;
mod idempotency;
mod keys;
mod mishaps;
mod names;
mod origins;
mod payments;
mod receiver;
mod setups;
mod support;
mod terminal;
mod views;
mod webhooks;
