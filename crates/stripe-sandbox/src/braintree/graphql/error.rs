//! One entry of `errors` in an answer, in Braintree's form. Made wherever a document or a call is refused.

use graphql_parser::Pos;
use serde_json::{Map, Value, json};

/// `extensions.errorClass`: what a client decides by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorClass {
    /// The input, or what it names, is wrong: the person or the caller can mend it.
    Validation,
    Authentication,
    /// The caller may not do this.
    Authorization,
    /// What is named is not there.
    NotFound,
    /// The request lacks what every client must send.
    UnsupportedClient,
    /// The gateway is out of order.
    ServiceAvailability,
    /// The gateway has a fault.
    Internal,
}

impl ErrorClass {
    /// As it stands in an answer.
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

    fn kind(self) -> &'static str {
        match self {
            Self::Validation => "user_error",
            Self::ServiceAvailability | Self::Internal => "internal_error",
            _ => "developer_error",
        }
    }
}

/// One error. Its message never repeats a value that was sent: it may be a card number.
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
    /// A document that is not right GraphQL, or not right for the schema: no class, as at Braintree.
    #[must_use]
    pub fn document(message: impl Into<String>, position: Pos) -> Self {
        Self {
            position: Some(position),
            ..Self::plain(message)
        }
    }

    /// A part of a document that the excerpt of the schema does not have, in the one form the sandbox says so; Braintree's whole
    /// schema may have it.
    #[must_use]
    pub fn not_modelled(what: &str, theirs: &str, position: Pos) -> Self {
        Self::document(
            format!(
                "The sandbox does not model {what}. Where Braintree does not know it either, it says: {theirs}"
            ),
            position,
        )
    }

    /// A value that is wrong, in Braintree's words; of a `member` that the excerpt does not have, as [`Self::not_modelled`].
    #[must_use]
    pub fn of_value(member: Option<String>, theirs: &str, position: Pos) -> Self {
        match member {
            Some(member) => Self::not_modelled(&member, theirs, position),
            None => Self::document(theirs, position),
        }
    }

    /// An error without anything but words.
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

    /// An error of a class.
    #[must_use]
    pub fn of(class: ErrorClass, message: &str) -> Self {
        Self {
            class: Some(class),
            ..Self::plain(message)
        }
    }

    /// Input that is refused: Braintree's code for it, and where it stands.
    #[must_use]
    pub fn invalid(legacy_code: &'static str, message: &str, input_path: &[&'static str]) -> Self {
        Self {
            legacy_code: Some(legacy_code),
            input_path: input_path.to_vec(),
            ..Self::of(ErrorClass::Validation, message)
        }
    }

    /// Adds which input is meant.
    #[must_use]
    pub fn at_input(mut self, input_path: &[&'static str]) -> Self {
        self.input_path = input_path.to_vec();
        self
    }

    /// Puts the field of the answer it belongs to in front of its path, and where that stands in the document.
    #[must_use]
    pub fn under(mut self, key: &str, position: Pos) -> Self {
        self.path.insert(0, key.into());
        self.position.get_or_insert(position);
        self
    }

    /// The entry as it is sent.
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
                ("errorType".to_owned(), Value::from(class.kind())),
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
