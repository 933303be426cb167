//! Quilt's payment API with Stripe, `/v1`: a card is taken at a reader, the payment captured, then the card kept.
//!
//! The shapes are those of Quilt's page "Save COF - CP - manual capture - customer with intent". It shows no answer:
//! those here are ours, as are reading and removing cards, giving a payment up and reaching a reader. The four steps in their order are [`steps`].

mod answer;
mod body;
mod cancel;
mod failure;
mod id;
mod order;
mod reader;
pub mod steps;
mod tree;

pub use answer::{CaptureAnswer, Card, CardList, Deleted, IntentAnswer};
pub use body::{CaptureBody, CaptureMethod, CardBody, CardQuery, IntentBody, MethodType};
pub use cancel::{CancelAnswer, CancelBody};
pub use failure::{Code, Failure, FailureBody, Outcome};
pub use id::{
    ExternalAccountId, ExternalCustomerId, ExternalTransactionId, PaymentId, PaymentStatus,
};
pub use order::{Charge, IntentOrder};
pub use reader::{ReaderAnswer, ReaderBody, ReaderToken};

/// Where the API begins.
pub const BASE: &str = "/v1";

#[cfg(test)]
mod tests;
