//! A sandbox of Stripe and of Braintree, for development and for tests: it replaces them where they cannot be reached.
//!
//! One process with four origins, reached on ports or by the real host names over TLS ([`virtual_hosts`]). It writes
//! nothing to disk.
//!
//! - **scripts** serves Stripe.js ([`script`]), the only code that runs in the embedding page;
//! - **fields** serves one frame for each field and the hidden controller frame ([`fields`]); card numbers are entered
//!   there;
//! - **hooks** serves the bank's 3D Secure page ([`three_d_secure`]) and the checkout pages ([`checkout`]);
//! - **api** is `api.stripe.com` ([`api`]), with the control endpoints ([`control`]) and the dashboard ([`dashboard`]).
//!
//! A request to the API passes these modules in order: [`key`] finds its account, [`journal`] records it,
//! [`idempotency`] may replay a stored response, [`faults`] may change the result, [`form`] parses its parameters, and
//! a file in [`api`] changes the [`account`]. [`card`] decides what a test card does.
//!
//! The sandbox must never accept a live key or a number that is not a published test number, and must never run in
//! production.

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
