//! One entry of `errors` in a response, in Braintree's format.

use graphql_parser::Pos;
use serde_json::{Map, Value, json};

/// `extensions.errorClass`, the member that clients branch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorClass {
    Validation,
    Authentication,
    Authorization,
    NotFound,
    /// The `Braintree-Version` header is missing or invalid.
    UnsupportedClient,
    ServiceAvailability,
    Internal,
}

impl ErrorClass {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Validation => "VALIDATION",
            Self::Authentication => "AUTHENTICATION",
            Self::Authorization => "AUTHORIZATION",
            Self::NotFound => "NOT_FOUND",
            Self::UnsupportedClient => "UNSUPPORTED_CLIENT",
            Self::ServiceAvailability => "SERVICE_AVAILABILITY",
            Self::Internal => "INTERNAL",
        }
    }

    fn error_type(self) -> &'static str {
        match self {
            Self::Validation => "user_error",
            Self::ServiceAvailability | Self::Internal => "internal_error",
            _ => "developer_error",
        }
    }
}

/// One error. Its message must never repeat a value of the request, which may be a card number.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphError {
    message: String,
    class: Option<ErrorClass>,
    legacy_code: Option<&'static str>,
    input_path: Vec<&'static str>,
    path: Vec<Value>,
    position: Option<Pos>,
}

impl GraphError {
    /// An invalid document. It has no class, as at Braintree.
    #[must_use]
    pub fn document(message: impl Into<String>, position: Pos) -> Self {
        Self {
            position: Some(position),
            ..Self::plain(message)
        }
    }

    /// A part of a document that the sandbox's schema lacks. Braintree's full schema may have it.
    #[must_use]
    pub fn not_modelled(what: &str, braintree_message: &str, position: Pos) -> Self {
        Self::document(
            format!(
                "The sandbox does not model {what}. Where Braintree does not know it either, it says: {braintree_message}"
            ),
            position,
        )
    }

    /// An invalid value, with Braintree's message; [`Self::not_modelled`] when `unknown_field` is set.
    #[must_use]
    pub fn of_value(unknown_field: Option<String>, braintree_message: &str, position: Pos) -> Self {
        match unknown_field {
            Some(field) => Self::not_modelled(&field, braintree_message, position),
            None => Self::document(braintree_message, position),
        }
    }

    /// An error with a message only.
    #[must_use]
    pub fn plain(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            class: None,
            legacy_code: None,
            input_path: Vec::new(),
            path: Vec::new(),
            position: None,
        }
    }

    #[must_use]
    pub fn of(class: ErrorClass, message: &str) -> Self {
        Self {
            class: Some(class),
            ..Self::plain(message)
        }
    }

    /// Invalid input, with Braintree's `legacyCode` and the path of the input member.
    #[must_use]
    pub fn invalid(legacy_code: &'static str, message: &str, input_path: &[&'static str]) -> Self {
        Self {
            legacy_code: Some(legacy_code),
            input_path: input_path.to_vec(),
            ..Self::of(ErrorClass::Validation, message)
        }
    }

    /// Sets `inputPath`.
    #[must_use]
    pub fn at_input(mut self, input_path: &[&'static str]) -> Self {
        self.input_path = input_path.to_vec();
        self
    }

    /// Prepends the response key `key` to `path`, and sets the position if none is set.
    #[must_use]
    pub fn under(mut self, key: &str, position: Pos) -> Self {
        self.path.insert(0, key.into());
        self.position.get_or_insert(position);
        self
    }

    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut entry = Map::from_iter([("message".to_owned(), Value::from(self.message.clone()))]);
        if let Some(Pos { line, column }) = self.position {
            entry.insert(
                "locations".to_owned(),
                json!([{ "line": line, "column": column }]),
            );
        }
        if !self.path.is_empty() {
            entry.insert("path".to_owned(), json!(self.path));
        }
        if let Some(class) = self.class {
            let mut extensions = Map::from_iter([
                ("errorType".to_owned(), Value::from(class.error_type())),
                ("errorClass".to_owned(), class.as_str().into()),
            ]);
            if let Some(code) = self.legacy_code {
                extensions.insert("legacyCode".to_owned(), code.into());
            }
            if !self.input_path.is_empty() {
                extensions.insert("inputPath".to_owned(), json!(self.input_path));
            }
            entry.insert("extensions".to_owned(), extensions.into());
        }
        Value::Object(entry)
    }
}
