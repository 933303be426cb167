//! Integration tests of the sandbox, over HTTP on ports of their own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod accounts;
mod behaviour;
mod braintree;
mod browser_view;
mod card_updates;
mod cards;
mod challenge;
mod charge_follow_ups;
mod charges;
mod checkout;
mod checkout_create;
mod client_libraries;
mod customers;
mod events;
mod faults;
mod idempotency;
mod intent_faults;
mod keys;
mod metadata;
mod money;
mod not_modelled;
mod origins;
mod parameters;
mod payment_intent_states;
mod payments;
mod receiver;
mod setups;
mod support;
mod terminal;
mod testing_page;
mod tokens;
mod truncated_responses;
mod versions;
mod virtual_hosts;
mod webhooks;
