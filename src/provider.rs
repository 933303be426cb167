//! Selects the provider of the card fields, Stripe or Braintree; the only place where the two differ for the form.
//!
//! The form and the save use a `CardFields`, a `ProviderClient` and a `load`. Both providers have them with the same
//! calls. The data types, such as a payment method's card, are Stripe's for both.

#[cfg(feature = "braintree")]
pub use crate::braintree::{
    card_fields::BraintreeFields as CardFields, client::BraintreeClient as ProviderClient,
    load::load,
};
#[cfg(not(feature = "braintree"))]
pub use crate::stripe::{
    card_fields::StripeFields as CardFields, client::StripeClient as ProviderClient, load::load,
};
