//! The error bodies of the fault `do: status`. Called by [`super::rule`] for the codes, and by [`crate::api`] for the
//! body.

use crate::error::ApiError;
use axum::http::StatusCode;

impl ApiError {
    /// The codes that Stripe sends with `status`; the first is the default.
    #[must_use]
    pub fn fault_codes_for(status: u16) -> &'static [&'static str] {
        match status {
            409 => &["idempotency_key_in_use"],
            429 => &["rate_limit", "lock_timeout"],
            _ => &[],
        }
    }

    /// The error Stripe sends with `status`, and with `code` where `status` has more than one. `key` is the idempotency
    /// key. Source: <https://docs.stripe.com/error-codes>, where `lock_timeout` is a 429.
    #[must_use]
    pub fn injected_fault(status: StatusCode, code: Option<&str>, key: Option<&str>) -> Self {
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
