//! Stripe as the page wants it: handles that undo themselves when dropped, calls that answer in our own types.
//!
//! [`options`], [`answer`] and [`error`] are plain data, tested natively; [`load`], [`card_fields`] and [`client`] are the
//! browser's half, over the bare externs of `js`. It must never be given a card number: only Stripe's own frames see it.

pub mod answer;
pub mod error;
pub mod options;

#[cfg(target_arch = "wasm32")]
pub mod card_fields;
#[cfg(target_arch = "wasm32")]
pub mod client;
#[cfg(target_arch = "wasm32")]
pub mod element;
#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(target_arch = "wasm32")]
pub mod load;

pub use error::StripeError;
