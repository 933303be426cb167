//! How MyTime says no: `message`, or `error`, or `errors{field:[…]}`, at the top or under `user`.

use serde::{Deserialize, Serialize};

use crate::dialect::fields::FieldErrors;
use crate::secret::ClientSecret;

/// The body of any refusal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorBody {
    /// A sentence for the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// A sentence for the person, in the older form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Sentences by field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<FieldErrors>,
    /// The same under the model's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserErrors>,
    /// With 402: the intent the person has to confirm with their bank first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<ClientSecret>,
}

/// Errors under the model's name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserErrors {
    /// Sentences by field.
    pub errors: FieldErrors,
}

impl ErrorBody {
    /// A refusal with one sentence.
    #[must_use]
    pub fn with_message(message: impl Into<String>) -> Self {
        Self {
            message: Some(message.into()),
            ..Self::default()
        }
    }

    /// A refusal with one sentence in the older form.
    #[must_use]
    pub fn with_error(error: impl Into<String>) -> Self {
        Self {
            error: Some(error.into()),
            ..Self::default()
        }
    }

    /// A refusal of fields, under `user`.
    #[must_use]
    pub fn with_user_errors(errors: FieldErrors) -> Self {
        Self {
            user: Some(UserErrors { errors }),
            ..Self::default()
        }
    }

    /// The first sentence for the person, in the order MyTime means them.
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
