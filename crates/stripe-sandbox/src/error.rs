//! Errors of the API, in Stripe's JSON format. Returned by the API's files, sent by [`crate::api`]. A message must
//! never contain a key or a card number.

use crate::decline::Decline;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

/// An error: the HTTP status and the members of `{"error": {…}}`.
#[derive(Clone, Debug)]
pub struct ApiError {
    pub status: StatusCode,
    /// Whether the call was rejected before it was executed, so that it may be sent again with the same idempotency
    /// key.
    pub rejected_before_execution: bool,
    body: Map<String, Value>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, kind: &str, message: &str) -> Self {
        let mut body = Map::new();
        body.insert("type".to_owned(), kind.into());
        body.insert("message".to_owned(), message.into());
        Self {
            status,
            rejected_before_execution: matches!(status.as_u16(), 401 | 403 | 409 | 429),
            body,
        }
    }

    #[must_use]
    pub fn invalid(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request_error", message)
    }

    /// 401 for no key, an unknown key, or a live key.
    #[must_use]
    pub fn unauthorized(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_request_error", message)
    }

    /// 401 `secret_key_required`: a publishable key on a call that needs a secret key.
    #[must_use]
    pub fn secret_key_required() -> Self {
        Self::unauthorized(
            "This API call cannot be made with a publishable API key. Please use a secret API key.",
        )
        .code("secret_key_required")
    }

    #[must_use]
    pub fn resource_missing(noun: &str, id: &str, param: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "invalid_request_error",
            &format!("No such {noun}: '{id}'"),
        )
        .code("resource_missing")
        .param(param)
    }

    /// 403 `account_invalid`: an account that does not exist, or is of another platform.
    #[must_use]
    pub fn account_invalid(account: &str) -> Self {
        let shortened: String = account.chars().take(64).collect();
        Self::new(
            StatusCode::FORBIDDEN,
            "invalid_request_error",
            &format!(
                "The provided key does not have access to account '{shortened}' (or that account does not exist). Application \
                 access may have been revoked."
            ),
        )
        .code("account_invalid")
    }

    /// 402 for a card number from a server whose account is not enabled for it.
    #[must_use]
    pub fn raw_card_number() -> Self {
        Self::new(
            StatusCode::PAYMENT_REQUIRED,
            "invalid_request_error",
            "Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that \
             map to the test card you are using, see https://stripe.com/docs/testing.",
        )
    }

    /// 402 for a payment that needs authentication, when the caller has set `error_on_requires_action`.
    #[must_use]
    pub fn action_required() -> Self {
        Self::new(
            StatusCode::PAYMENT_REQUIRED,
            "card_error",
            "This payment required an authentication action to complete, but `error_on_requires_action` was set.",
        )
        .code("authentication_required")
        .with("decline_code", "authentication_required".into())
    }

    /// 400 for a known parameter with an invalid value.
    #[must_use]
    pub fn invalid_value(param: &str, message: &str) -> Self {
        Self::invalid(message).param(param).before_execution()
    }

    #[must_use]
    pub fn parameters_exclusive(params: &[&str]) -> Self {
        Self::invalid(&format!(
            "You may only specify one of these parameters: {}.",
            params.join(", ")
        ))
        .code("parameters_exclusive")
        .param(params.first().copied().unwrap_or_default())
        .before_execution()
    }

    /// 400 for a parameter that is allowed only with `confirm`.
    #[must_use]
    pub fn needs_confirm(param: &str) -> Self {
        Self::invalid_value(
            param,
            &format!("The parameter `{param}` can only be used together with `confirm=true`."),
        )
    }

    #[must_use]
    pub fn parameter_missing(param: &str) -> Self {
        Self::invalid(&format!("Missing required param: {param}."))
            .code("parameter_missing")
            .param(param)
            .before_execution()
    }

    /// 400 with `code`, for an invalid value of `param`.
    #[must_use]
    pub fn bad_value(code: &str, param: &str, message: &str) -> Self {
        let error = Self::invalid(message).code(code).param(param);
        match code.starts_with("parameter_") {
            true => error.before_execution(),
            false => error,
        }
    }

    /// 402 `card_error`: the card was declined, or its details are invalid.
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

    /// 409 `idempotency_key_in_use`: the first request is still being executed.
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

    /// Adds `code`, and its page as `doc_url`.
    #[must_use]
    pub fn code(self, code: &str) -> Self {
        let url = format!(
            "https://stripe.com/docs/error-codes/{}",
            code.replace('_', "-")
        );
        self.with("code", code.into()).with("doc_url", url.into())
    }

    /// Marks the call as rejected before it was executed.
    #[must_use]
    pub fn before_execution(mut self) -> Self {
        self.rejected_before_execution = true;
        self
    }

    #[must_use]
    pub fn param(self, param: &str) -> Self {
        self.with("param", param.into())
    }

    /// Adds a member, such as the intent of the error.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.body.insert(name.to_owned(), value);
        self
    }

    #[must_use]
    pub fn message(&self) -> &str {
        self.body
            .get("message")
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    /// The members of `error`, for `last_setup_error` and `last_payment_error`.
    #[must_use]
    pub fn members(&self) -> Value {
        Value::Object(self.body.clone())
    }

    #[must_use]
    pub fn body(&self) -> Value {
        json!({ "error": self.members() })
    }
}
