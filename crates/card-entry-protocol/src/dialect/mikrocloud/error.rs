//! MikroCloud's error responses: a message, and with status 422 the errors by field.
//!
//! A sentence must never repeat a value of the request.

use serde::{Deserialize, Serialize};

use crate::dialect::fields::FieldErrors;

/// The body of every error response.
///
/// ```
/// use card_entry_protocol::dialect::fields::FieldErrors;
/// use card_entry_protocol::dialect::mikrocloud::ErrorBody;
///
/// let mut errors = FieldErrors::default();
/// errors.add("id", "The id is required.");
/// errors.add("id", "The id is invalid.");
/// assert_eq!(ErrorBody::with_errors(errors).message, "The id is required. (and 1 more error)");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
pub struct ErrorBody {
    /// A sentence for the person: the first error, and the number of the others.
    #[serde(default)]
    pub message: String,
    /// The errors by field, with status 422 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<FieldErrors>,
}

impl ErrorBody {
    /// Creates an error with one sentence.
    #[must_use]
    pub fn with_message(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            errors: None,
        }
    }

    /// Creates an error with all errors of a request. The message is "first error (and 2 more errors)".
    #[must_use]
    pub fn with_errors(errors: FieldErrors) -> Self {
        let first = errors.first().map_or("", |(_, error)| error).to_owned();
        let more = errors.0.values().flatten().count().saturating_sub(1);
        let message = match more {
            0 => first,
            1 => format!("{first} (and 1 more error)"),
            more => format!("{first} (and {more} more errors)"),
        };
        Self {
            message,
            errors: Some(errors),
        }
    }
}
