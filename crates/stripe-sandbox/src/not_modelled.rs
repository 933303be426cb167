//! The errors for what the sandbox does not model, in one form: *The sandbox does not model …*. Returned wherever the
//! API refuses an unknown path or parameter. The sandbox must never make up a response instead.

use crate::error::ApiError;
use axum::http::StatusCode;

impl ApiError {
    /// 400 for a feature that the sandbox does not model.
    #[must_use]
    pub fn not_modelled(what: &str) -> Self {
        Self::invalid(&format!("The sandbox does not model {what}.")).before_execution()
    }

    /// 404 for a path outside of the API.
    #[must_use]
    pub fn unknown_path(method: &str, path: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "invalid_request_error",
            &format!("Unrecognized request URL ({method}: {path})."),
        )
    }

    /// 404 for a path of the API that the sandbox does not have. Stripe may have it.
    #[must_use]
    pub fn path_not_modelled(method: &str, path: &str) -> Self {
        let stripes_message = format!("Unrecognized request URL ({method}: {path}).");
        let message = not_modelled_or_unknown(&format!("{method} {path}"), &stripes_message);
        Self::new(StatusCode::NOT_FOUND, "invalid_request_error", &message)
    }

    /// 400 for an `expand` path that the sandbox does not have. Stripe may have it.
    #[must_use]
    pub fn expand_not_modelled(path: &str, stripes_message: &str) -> Self {
        let what = format!("the expansion of '{path}'");
        Self::invalid_value("expand", &not_modelled_or_unknown(&what, stripes_message))
    }

    /// 400 `parameter_unknown` for a parameter that the sandbox does not have. Stripe may have it.
    #[must_use]
    pub fn parameter_unknown(param: &str) -> Self {
        let stripes_message = format!("Received unknown parameter: {param}");
        let what = format!("the parameter '{param}' of this call");
        Self::invalid(&not_modelled_or_unknown(&what, &stripes_message))
            .code("parameter_unknown")
            .param(param)
            .before_execution()
    }
}

/// The message for an unknown path or parameter. The sandbox has no complete list of what Stripe has, so the message
/// says both: that it is not modelled, and what Stripe says when it does not know it.
fn not_modelled_or_unknown(what: &str, stripes_message: &str) -> String {
    format!(
        "The sandbox does not model {what}. Where Stripe does not know it either, it says: {stripes_message}"
    )
}
