//! The sandbox: stands in for Stripe where Stripe cannot be reached, in development and in tests only.
//!
//! Four origins, one process, nothing on disk, reached on ports or by the real host [`names`] over TLS:
//!
//! - **scripts** serves Stripe.js ([`script`]), the only code that runs in the embedding page;
//! - **fields** serves one frame per field and the hidden controller ([`fields`]): digits live here only;
//! - **hooks** serves the bank's 3D Secure page ([`hooks`]);
//! - **api** is `api.stripe.com` ([`api`]), with the control endpoints and a page for people beside it.
//!
//! The life of a request to the API, in module order: [`key`] says whose account it is, [`journal`]
//! notes it, [`faults`] may spoil it, [`idempotency`] may have answered it before, [`form`] reads its
//! parameters, and a file in [`api`] changes the [`account`], where [`card`] decides what a card does.
//!
//! It must never take a live key, a number that is not a published test number, or a place in production.

pub mod account;
pub mod api;
pub mod behaviour;
pub mod braintree;
pub mod browser;
pub mod card;
pub mod certificate;
pub mod checkout;
pub mod collection;
pub mod control;
pub mod dashboard;
pub mod decline;
pub mod error;
pub mod faults;
pub mod fields;
pub mod form;
pub mod glob;
pub mod id_generator;
pub mod idempotency;
pub mod journal;
pub mod key;
pub mod metadata;
pub mod money;
mod not_modelled;
pub mod object;
pub mod options;
pub mod origins;
pub mod sandbox;
pub mod script;
pub mod serve;
pub mod state;
pub mod terminal;
pub mod test_tokens;
pub mod three_d_secure;
pub mod time_range;
pub mod version;
pub mod virtual_hosts;
pub mod webhook;

pub use options::{NamesOptions, Options};
pub use origins::Origins;
pub use sandbox::Sandbox;
