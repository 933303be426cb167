//! How BokaMera says no: ServiceStack's `{ResponseStatus:{ErrorCode, Message, Errors:[…]}}`.
//!
//! See <https://docs.servicestack.net/error-handling>. The stack trace of a server in debug mode is never written.

use serde::{Deserialize, Serialize};

use crate::tree::{FromTree, Tree};

/// A no: of one sentence, or of one for each member that is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ResponseStatus {
    /// For programs; the first member's when members are wrong.
    pub error_code: String,
    /// A sentence for the person; the first member's when members are wrong.
    pub message: String,
    /// What is wrong, member by member.
    pub errors: Vec<ResponseError>,
}

/// What is wrong with a member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct ResponseError {
    /// For programs.
    pub error_code: String,
    /// Which: `CancelUrl`, `Articles[0].Quantity`.
    pub field_name: String,
    /// A sentence for the person.
    pub message: String,
}

impl ResponseStatus {
    /// A no that is about no member.
    #[must_use]
    pub fn new(error_code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            error_code: error_code.into(),
            message: message.into(),
            errors: Vec::new(),
        }
    }

    /// Tells of one more member; the first one's code and sentence stand for all.
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

/// The body of a no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ErrorResponse {
    /// Why.
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
