//! BokaMera's Stripe checkout, `/payment/stripe/v1`: a payment for a booking, on Stripe's own page or inside the site's.
//!
//! The shapes are those of the vendor's page "StripeV1CreateCheckout" and of ServiceStack, which its API is made with.
//! The `.json` suffix and `?format=json` are the server's matter; JSONP is not offered, as it hands an answer with
//! secrets to any site.

mod body;
mod error;
mod guid;
mod request;
mod response;
mod tree;
mod web_address;

pub use body::{ArticleBody, CreateCheckout, StatusBody, UiMode, member_name};
pub use error::{ErrorResponse, ResponseError, ResponseStatus};
pub use guid::Guid;
pub use request::{
    Article, CheckoutMode, CheckoutRequest, CheckoutSecret, Reference, SessionId, StatusRequest,
};
pub use response::{
    Checkout, CheckoutResponse, CheckoutStatus, CheckoutTarget, StatusResponse, WireSecret,
};
pub use web_address::WebAddress;

/// Where the API begins.
pub const BASE: &str = "/payment/stripe/v1";

#[cfg(test)]
mod tests;
