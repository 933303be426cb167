//! Errors of the API, in the shape every Stripe client reads. Made by the API's files, turned into a
//! response by [`crate::api`].

use crate::decline::Decline;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

/// One refused call: a status and the members of `{"error": {…}}`.
#[derive(Clone, Debug)]
pub struct ApiError {
    /// HTTP status.
    pub status: StatusCode,
    body: Map<String, Value>,
}

impl ApiError {
    fn new(status: StatusCode, kind: &str, message: &str) -> Self {
        let mut body = Map::new();
        body.insert("type".to_owned(), kind.into());
        body.insert("message".to_owned(), message.into());
        Self { status, body }
    }

    /// 400 `invalid_request_error`.
    #[must_use]
    pub fn invalid(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", message)
    }

    /// 401: no key, an unknown key, a live key.
    #[must_use]
    pub fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_request_error", message)
    }

    /// 401 `secret_key_required`: a browser's key on a server's call.
    #[must_use]
    pub fn secret_key_required() -> Self {
        Self::unauthorized(
            "This API call cannot be made with a publishable API key. Please use a secret API key.",
        )
        .code("secret_key_required")
    }

    /// 404 `resource_missing`.
    #[must_use]
    pub fn missing(noun: &str, id: &str, param: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "invalid_request_error",
            &format!("No such {noun}: '{id}'"),
        )
        .code("resource_missing")
        .param(param)
    }

    /// 404 for a path the sandbox does not have.
    #[must_use]
    pub fn unknown_path(method: &str, path: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "invalid_request_error",
            &format!("Unrecognized request URL ({method}: {path})."),
        )
    }

    /// 400 `parameter_missing`.
    #[must_use]
    pub fn parameter_missing(param: &str) -> Self {
        Self::invalid(&format!("Missing required param: {param}."))
            .code("parameter_missing")
            .param(param)
    }

    /// 400 `parameter_unknown`.
    #[must_use]
    pub fn parameter_unknown(param: &str) -> Self {
        Self::invalid(&format!("Received unknown parameter: {param}"))
            .code("parameter_unknown")
            .param(param)
    }

    /// 400 with a parameter's value at fault.
    #[must_use]
    pub fn bad_value(code: &str, param: &str, message: &str) -> Self {
        Self::invalid(message).code(code).param(param)
    }

    /// 402 `card_error`: the bank, or the card's own details.
    #[must_use]
    pub fn card(decline: Decline) -> Self {
        let mut error = Self::new(
            StatusCode::PAYMENT_REQUIRED,
            "card_error",
            decline.message(),
        )
        .code(decline.code());
        if let Some(reason) = decline.decline_code() {
            error = error.with("decline_code", json!(reason));
        }
        match decline.param() {
            Some(param) => error.param(param),
            None => error,
        }
    }

    /// 400 `idempotency_error`: the key was used with other parameters.
    #[must_use]
    pub fn idempotency_mismatch(key: &str) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "idempotency_error",
            &format!(
                "Keys for idempotent requests can only be used with the same parameters they were first used with. \
                 Try using a key other than '{key}' if you meant to execute a different request."
            ),
        )
    }

    /// 409 `idempotency_key_in_use`: the first request has not been answered yet.
    #[must_use]
    pub fn idempotency_in_use(key: &str) -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "invalid_request_error",
            &format!(
                "There is currently another in-progress request using this Idempotent Key ({key})."
            ),
        )
        .code("idempotency_key_in_use")
    }

    /// A fault's answer: the body Stripe sends with `status`.
    #[must_use]
    pub fn spoiled(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::unauthorized("Invalid API Key provided: sk_test_***"),
            429 => Self::new(
                status,
                "invalid_request_error",
                "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
            )
            .code("rate_limit"),
            409 => Self::new(
                status,
                "invalid_request_error",
                "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.",
            )
            .code("lock_timeout"),
            400..=499 => Self::new(status, "invalid_request_error", "The request was refused."),
            _ => Self::new(
                status,
                "api_error",
                "Sorry! There was an error while talking to one of our backends. Support has been notified.",
            ),
        }
    }

    /// Adds `code` and the page that explains it.
    #[must_use]
    pub fn code(self, code: &str) -> Self {
        let url = format!(
            "https://stripe.com/docs/error-codes/{}",
            code.replace('_', "-")
        );
        self.with("code", code.into()).with("doc_url", url.into())
    }

    /// Adds `param`.
    #[must_use]
    pub fn param(self, param: &str) -> Self {
        self.with("param", param.into())
    }

    /// Adds any further member, such as the intent the error belongs to.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.body.insert(name.to_owned(), value);
        self
    }

    /// The members of `error`, for `last_setup_error` and `last_payment_error`.
    #[must_use]
    pub fn members(&self) -> Value {
        Value::Object(self.body.clone())
    }

    /// The body as sent.
    #[must_use]
    pub fn body(&self) -> Value {
        json!({ "error": self.members() })
    }
}
