//! What the sandbox has not, said in one form: *The sandbox does not model …*. Called wherever the API refuses what it does
//! not know.

use crate::error::ApiError;
use axum::http::StatusCode;

impl ApiError {
    /// 400 for what the sandbox leaves out on purpose.
    #[must_use]
    pub fn not_modelled(what: &str) -> Self {
        Self::invalid(&format!("The sandbox does not model {what}.")).before_execution()
    }

    /// 404 for a path that neither the sandbox has nor Stripe.
    #[must_use]
    pub fn unknown_path(method: &str, path: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "invalid_request_error",
            &format!("Unrecognized request URL ({method}: {path})."),
        )
    }

    /// 404 for a path of the API that the sandbox does not have; Stripe may.
    #[must_use]
    pub fn path_not_modelled(method: &str, path: &str) -> Self {
        let theirs = format!("Unrecognized request URL ({method}: {path}).");
        let words = not_modelled_or_unknown(&format!("{method} {path}"), &theirs);
        Self::new(StatusCode::NOT_FOUND, "invalid_request_error", &words)
    }

    /// 400 for a path of `expand` that the sandbox does not have; Stripe may.
    #[must_use]
    pub fn expand_not_modelled(path: &str, theirs: &str) -> Self {
        let what = format!("the expansion of '{path}'");
        Self::invalid_value("expand", &not_modelled_or_unknown(&what, theirs))
    }

    /// 400 `parameter_unknown`, for a parameter that the sandbox does not have; Stripe may.
    #[must_use]
    pub fn parameter_unknown(param: &str) -> Self {
        let theirs = format!("Received unknown parameter: {param}");
        let what = format!("the parameter '{param}' of this call");
        Self::invalid(&not_modelled_or_unknown(&what, &theirs))
            .code("parameter_unknown")
            .param(param)
            .before_execution()
    }
}

/// The one sentence for what is not here. The sandbox has no list of all that Stripe has, so it cannot tell what Stripe has
/// and it has not from what nobody has, and says both.
fn not_modelled_or_unknown(what: &str, theirs: &str) -> String {
    format!(
        "The sandbox does not model {what}. Where Stripe does not know it either, it says: {theirs}"
    )
}
