//! MyTime's error responses: `message`, or `error`, or `errors{field:[…]}` at the top or under `user`.
//!
//! A sentence must never repeat a value of the request.

use serde::{Deserialize, Serialize};

use crate::dialect::fields::FieldErrors;
use crate::secret::ClientSecret;

/// The body of every error response. Exactly one member is set, with 402 also `client_secret`.
///
/// ```
/// use card_entry_protocol::dialect::mytime::ErrorBody;
///
/// let body: ErrorBody = serde_json::from_str(r#"{"user":{"errors":{"email":["is taken"]}}}"#)?;
/// assert_eq!(body.sentence(), Some("is taken"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ErrorBody {
    /// A sentence for the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// A sentence for the person, in the older form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The errors by field, at the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<FieldErrors>,
    /// The errors by field, under the model's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserErrors>,
    /// With status 402: the client secret of the intent that the person has to confirm with their bank first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<ClientSecret>,
}

/// The errors of a user, under the model's name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct UserErrors {
    /// The errors by field, e.g. `email`.
    pub errors: FieldErrors,
}

impl ErrorBody {
    /// Creates an error with one sentence, in `message`.
    #[must_use]
    pub fn with_message(message: impl Into<String>) -> Self {
        Self {
            message: Some(message.into()),
            ..Self::default()
        }
    }

    /// Creates an error with one sentence in the older form, in `error`.
    #[must_use]
    pub fn with_error(error: impl Into<String>) -> Self {
        Self {
            error: Some(error.into()),
            ..Self::default()
        }
    }

    /// Creates an error with the errors of a user's fields.
    #[must_use]
    pub fn with_user_errors(errors: FieldErrors) -> Self {
        Self {
            user: Some(UserErrors { errors }),
            ..Self::default()
        }
    }

    /// The first sentence for the person: `message`, else `error`, else the first error of a field.
    #[must_use]
    pub fn sentence(&self) -> Option<&str> {
        let fields = self
            .errors
            .as_ref()
            .or(self.user.as_ref().map(|user| &user.errors));
        let first = || fields?.0.values().flatten().next();
        self.message
            .as_ref()
            .or(self.error.as_ref())
            .or_else(first)
            .map(String::as_str)
    }
}
