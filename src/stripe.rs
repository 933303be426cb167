//! Stripe as the page wants it.
//!
//! [`options`], [`answer`] and [`error`] are plain data, tested natively.

pub mod answer;
pub mod error;
pub mod options;

pub use error::StripeError;
