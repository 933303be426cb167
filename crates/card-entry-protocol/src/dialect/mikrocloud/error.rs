//! How MikroCloud says no: a message, and with 422 what is wrong, field by field.

use serde::{Deserialize, Serialize};

use crate::dialect::fields::FieldErrors;

/// The body of any refusal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// A sentence for the person; of several mistakes the first, and how many more there are.
    #[serde(default)]
    pub message: String,
    /// Sentences by field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<FieldErrors>,
}

impl ErrorBody {
    /// A refusal with one sentence.
    #[must_use]
    pub fn with_message(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            errors: None,
        }
    }

    /// What is wrong with a request, all of it.
    #[must_use]
    pub fn with_errors(errors: FieldErrors) -> Self {
        let first = errors.first().map_or("", |(_, said)| said).to_owned();
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
