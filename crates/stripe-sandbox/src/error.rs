//! Errors of the API, in the shape every Stripe client reads. Made by the API's files, turned into a
//! response by [`crate::api`].

use crate::decline::Decline;
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

/// One refused call: a status and the members of `{"error": {…}}`.
#[derive(Clone, Debug)]
pub struct ApiError {
    pub status: StatusCode,
    /// Whether the call was refused before it began, so that it may be sent again under the same
    /// idempotency key.
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

    /// 403 `account_invalid`: an account that is not there, or another platform's.
    #[must_use]
    pub fn account_invalid(account: &str) -> Self {
        let shown: String = account.chars().take(64).collect();
        Self::new(
            StatusCode::FORBIDDEN,
            "invalid_request_error",
            &format!(
                "The provided key does not have access to account '{shown}' (or that account does not exist). Application \
                 access may have been revoked."
            ),
        )
        .code("account_invalid")
    }

    /// 402 for a whole card number from an account that may not send any.
    #[must_use]
    pub fn raw_card_number() -> Self {
        Self::new(
            StatusCode::PAYMENT_REQUIRED,
            "invalid_request_error",
            "Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that \
             map to the test card you are using, see https://stripe.com/docs/testing.",
        )
    }

    /// 402 for a payment that needs the person, from a caller who asked for an error then.
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

    /// 400 for a parameter that is known and has a value nobody can use.
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

    /// 400 for a parameter that means something only while an intent is confirmed.
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

    /// 400 with a parameter's value at fault.
    #[must_use]
    pub fn bad_value(code: &str, param: &str, message: &str) -> Self {
        let error = Self::invalid(message).code(code).param(param);
        match code.starts_with("parameter_") {
            true => error.before_execution(),
            false => error,
        }
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

    /// Adds `code` and the page that explains it.
    #[must_use]
    pub fn code(self, code: &str) -> Self {
        let url = format!(
            "https://stripe.com/docs/error-codes/{}",
            code.replace('_', "-")
        );
        self.with("code", code.into()).with("doc_url", url.into())
    }

    /// Marks the call as refused before it began.
    #[must_use]
    pub fn before_execution(mut self) -> Self {
        self.rejected_before_execution = true;
        self
    }

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
