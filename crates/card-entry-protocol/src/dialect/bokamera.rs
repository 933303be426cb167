//! BokaMera's Stripe checkout, `/payment/stripe/v1`: a payment for a booking, on Stripe's own page or inside the site's.
//!
//! The shapes are those of the vendor's page "StripeV1CreateCheckout" and of ServiceStack, which its API is made with.
//! The `.json` suffix and `?format=json` are the server's matter; JSONP is not offered, as it hands an answer with
//! secrets to any site.

mod address;
mod answer;
mod body;
mod guid;
mod order;
mod refusal;
mod tree;

pub use address::WebAddress;
pub use answer::{Checkout, CheckoutAnswer, CheckoutStatus, Hidden, Opening, StatusAnswer};
pub use body::{ArticleBody, CreateCheckout, StatusBody, UiMode, member_name};
pub use guid::Guid;
pub use order::{Article, CheckoutOrder, CheckoutSecret, Mode, Reference, SessionId, StatusOrder};
pub use refusal::{FieldRefusal, Refusal, RefusalBody};

/// Where the API begins.
pub const BASE: &str = "/payment/stripe/v1";

#[cfg(test)]
mod tests;
