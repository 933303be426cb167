//! The authorization of Braintree's fields.
//!
//! Made by the form. It must never contain anything but a client token or a tokenization key.

use crate::stripe::StripeError;
use crate::stripe::options::ClientOptions;

/// What Braintree's fields are created with.
#[derive(Clone)]
pub struct BraintreeClient {
    pub(super) authorization: String,
}

impl BraintreeClient {
    /// Stores an authorization. Braintree checks it when the fields are created.
    ///
    /// # Errors
    /// None; Stripe's has the same signature and can fail.
    pub fn start(authorization: &str, _: &ClientOptions<'_>) -> Result<Self, StripeError> {
        Ok(Self {
            authorization: authorization.to_owned(),
        })
    }
}
