//! The sandbox from outside: bytes in, bytes out, over ports of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod accounts;
mod braintree;
mod card_updates;
mod cards;
mod challenge;
mod charges;
mod checkout;
mod checkout_made;
mod customers;
mod cuts;
mod events;
mod faults;
mod habits;
mod idempotency;
mod keys;
mod machines;
mod metadata;
mod mishaps;
mod money;
mod names;
mod not_modelled;
mod origins;
mod parameters;
mod payments;
mod receiver;
mod sequels;
mod setups;
mod support;
mod switches;
mod terminal;
mod testing_page;
mod tokens;
mod versions;
mod views;
mod webhooks;
