//! Quilt's payment API with Stripe, `/v1`: a payment at a card reader is captured, then its card is saved.
//!
//! The shapes are those of Quilt's page "Save COF - CP - manual capture - customer with intent". It shows no response: the
//! responses are ours, and so are the calls that list and remove cards, cancel a payment and connect to a reader. [`steps`]
//! has the four steps in their order. A card must never be saved before its payment is captured.

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
pub use request::{ChargeMethod, QuiltPayment};
pub use response::{CaptureResponse, Card, CardList, DeletedCard, IntentResponse};

/// The path prefix of every endpoint of this API.
pub const BASE: &str = "/v1";

#[cfg(test)]
mod tests;
