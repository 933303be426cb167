//! BokaMera's error responses: ServiceStack's `{ResponseStatus:{ErrorCode, Message, Errors:[…]}}`, in ServiceStack's names.
//!
//! See <https://docs.servicestack.net/error-handling>. The `StackTrace` of a server in debug mode must never be written.

use serde::{Deserialize, Serialize};

use crate::tree::{FromTree, Tree};

/// An error: one sentence, and one [`ResponseError`] for each invalid member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(default, rename_all = "PascalCase")]
pub struct ResponseStatus {
    /// The error code for programs; that of the first invalid member, if there is one.
    pub error_code: String,
    /// A sentence for the person; that of the first invalid member, if there is one.
    pub message: String,
    /// The errors of the invalid members.
    pub errors: Vec<ResponseError>,
}

/// The error of one invalid member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(default, rename_all = "PascalCase")]
pub struct ResponseError {
    /// The error code for programs, e.g. `NotEmpty`.
    pub error_code: String,
    /// The member, e.g. `CancelUrl` or `Articles[0].Quantity`.
    pub field_name: String,
    /// A sentence for the person.
    pub message: String,
}

impl ResponseStatus {
    /// Creates an error that belongs to no member.
    #[must_use]
    pub fn new(error_code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            error_code: error_code.into(),
            message: message.into(),
            errors: Vec::new(),
        }
    }

    /// Adds the error of a member. The first one also sets the code and the sentence of the whole error.
    pub fn add(&mut self, error_code: &str, field_name: &str, message: impl Into<String>) {
        let message = message.into();
        if self.errors.is_empty() {
            self.error_code = error_code.to_owned();
            self.message.clone_from(&message);
        }
        self.errors.push(ResponseError {
            error_code: error_code.to_owned(),
            field_name: field_name.to_owned(),
            message,
        });
    }
}

/// The body of an error response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemas", derive(schemars::JsonSchema))]
#[serde(rename_all = "PascalCase")]
pub struct ErrorResponse {
    /// The error code, the sentence, and the errors of the members.
    pub response_status: ResponseStatus,
}

impl FromTree for ResponseError {
    fn from_tree(tree: &Tree) -> Option<Self> {
        Some(Self {
            error_code: tree.read("ErrorCode").unwrap_or_default(),
            field_name: tree.read("FieldName").unwrap_or_default(),
            message: tree.read("Message")?,
        })
    }
}

impl FromTree for ErrorResponse {
    fn from_tree(tree: &Tree) -> Option<Self> {
        let status = tree.get("ResponseStatus");
        status.is_map().then(|| Self {
            response_status: ResponseStatus {
                error_code: status.read("ErrorCode").unwrap_or_default(),
                message: status.read("Message").unwrap_or_default(),
                errors: status.lenient_list("Errors").unwrap_or_default(),
            },
        })
    }
}
