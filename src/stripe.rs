//! Stripe's fields and calls: handles that clean up when they are dropped, and calls that return the frame's own types.
//!
//! [`options`], [`field_style`], [`answer`] and [`error`] are plain data, tested natively. [`load`], [`card_fields`] and [`client`]
//! exist in the browser only, over the externs of `js`. It must never receive a card number: only Stripe's own frames
//! have it.

pub mod answer;
pub mod error;
pub mod field_style;
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
