//! BokaMera's Stripe checkout, `/payment/stripe/v1`: pays for a booking on Stripe's page or in the site's own page.
//!
//! The shapes are those of the vendor's page "StripeV1CreateCheckout" and of ServiceStack, the framework of its API. The
//! server handles the `.json` suffix and `?format=json`. JSONP must never be offered: it gives a response with secrets to
//! any site.
//!
//! ```
//! use card_entry_protocol::dialect::bokamera::{UiModeOptions, CreateCheckout};
//!
//! let body: CreateCheckout = serde_json::from_str(
//!     r#"{
//!         "CompanyId": "dea5b9b5-9b5c-4d5e-8b5a-0123456789ab",
//!         "CountryCode": "SE",
//!         "Articles": [{"ArticleId": 7, "Quantity": 2}],
//!         "InternalReferenceId": "booking 12"
//!     }"#,
//! )?;
//! let request = body.check().expect("a valid request");
//! assert_eq!(request.mode, UiModeOptions::Hosted { cancel: None });
//! assert_eq!(request.articles[0].quantity, 2);
//!
//! let errors = CreateCheckout::default().check().unwrap_err();
//! assert_eq!(errors.message, "CompanyId is missing.");
//! # Ok::<(), serde_json::Error>(())
//! ```

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
    Article, CheckoutRequest, CheckoutSecret, Reference, SessionId, StatusRequest, UiModeOptions,
};
pub use response::{
    Checkout, CheckoutResponse, CheckoutStatus, CheckoutTarget, StatusResponse, WireSecret,
};
pub use web_address::WebAddress;

/// The path prefix of every endpoint of this API.
pub const BASE: &str = "/payment/stripe/v1";

#[cfg(test)]
mod tests;
