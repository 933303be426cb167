//! Quilt's payment API with Stripe, `/v1`: a card is taken at a reader, the payment captured, then the card kept.
//!
//! The shapes are those of Quilt's page "Save COF - CP - manual capture - customer with intent". It shows no answer:
//! those here are ours, as are reading and removing cards, giving a payment up and reaching a reader. The four steps in their order are [`steps`].

mod body;
mod cancel;
mod connection_token;
mod error;
mod id;
mod request;
mod response;
pub mod steps;
mod tree;

pub use body::{CaptureBody, CaptureMethod, CardBody, CardQuery, IntentBody, MethodType};
pub use cancel::{CancelBody, CancelResponse};
pub use connection_token::{ConnectionTokenBody, ConnectionTokenResponse, ConnectionTokenSecret};
pub use error::{QuiltError, QuiltErrorBody, QuiltErrorCode, QuiltResult};
pub use id::{
    ExternalAccountId, ExternalCustomerId, ExternalTransactionId, PaymentId, PaymentStatus,
};
pub use request::{ChargeMethod, PaymentRequest};
pub use response::{CaptureResponse, Card, CardList, DeletedCard, IntentResponse};

/// Where the API begins.
pub const BASE: &str = "/v1";

#[cfg(test)]
mod tests;
