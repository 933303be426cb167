//! What the fields are made with: an authorization, and the language.
//!
//! Made by the form. It must never be given anything but a client token or a tokenization key.

use crate::stripe::StripeError;
use crate::stripe::options::ClientOptions;

/// Braintree, as far as it can be started before there are fields.
#[derive(Clone)]
pub struct BraintreeClient {
    pub(super) authorization: String,
}

impl BraintreeClient {
    /// Takes an authorization; whether it is good shows when the fields are made.
    ///
    /// # Errors
    /// None: the same call of Stripe's has some.
    pub fn start(authorization: &str, _: &ClientOptions<'_>) -> Result<Self, StripeError> {
        Ok(Self {
            authorization: authorization.to_owned(),
        })
    }
}
