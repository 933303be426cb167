//! Whose fields are on the page: the one place where the two are told apart.
//!
//! The form and the save know a `Card` of fields, a `Client` to call and a `load`; both providers have these, with the
//! same calls. Data types, such as an answer's card, are Stripe's for both.

#[cfg(feature = "braintree")]
pub use crate::braintree::{
    card_fields::BraintreeFields as CardFields, client::BraintreeClient as ProviderClient,
    load::load,
};
#[cfg(not(feature = "braintree"))]
pub use crate::stripe::{
    card_fields::StripeFields as CardFields, client::StripeClient as ProviderClient, load::load,
};
