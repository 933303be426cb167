//! The errors a fault sends in place of an answer. Called by [`crate::fault`] to know which there are, and by [`crate::api`].

use crate::error::ApiError;
use axum::http::StatusCode;

impl ApiError {
    /// The codes a fault can choose among with `status`, the usual one first.
    #[must_use]
    pub fn codes_with(status: u16) -> &'static [&'static str] {
        match status {
            409 => &["idempotency_key_in_use"],
            429 => &["rate_limit", "lock_timeout"],
            _ => &[],
        }
    }

    /// A fault's answer: the body Stripe sends with `status`, and with that `code` where there is more than one. Source:
    /// <https://docs.stripe.com/error-codes>, where a lock that is not had in time is a 429.
    #[must_use]
    pub fn spoiled(status: StatusCode, code: Option<&str>, key: Option<&str>) -> Self {
        match status.as_u16() {
            401 => Self::unauthorized("Invalid API Key provided: sk_test_***"),
            429 if code == Some("lock_timeout") => Self::new(
                status,
                "invalid_request_error",
                "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. \
                 If you see this error intermittently, retry the request.",
            )
            .code("lock_timeout"),
            429 => Self::new(
                status,
                "invalid_request_error",
                "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
            )
            .code("rate_limit"),
            409 => Self::idempotency_in_use(key.unwrap_or_default()),
            400..=499 => Self::new(status, "invalid_request_error", "The request was refused."),
            _ => Self::new(
                status,
                "api_error",
                "Sorry! There was an error while talking to one of our backends. Support has been notified.",
            ),
        }
    }
}
