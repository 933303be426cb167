//! One call of an API, as the document describes it: parameters, body, responses.
//!
//! Each module of an API declares its calls with these types, and `document.rs` writes them. A declaration must never
//! have a schema of its own making: schemas come from the types that the server reads and writes.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::browser_client::CHALLENGE_HEADER;

/// Makes the schema of one type, as a reference where the type has a name.
pub(super) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// The schema of an object itself, whose members become query parameters.
fn members_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    T::json_schema(generator)
}

#[derive(Debug, Clone, Copy)]
pub(super) enum ParameterLocation {
    Path,
    Header,
}

/// A parameter in the path or in a header. It is a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct OperationParameter {
    pub name: &'static str,
    pub location: ParameterLocation,
    pub description: &'static str,
}

/// The content of a response.
#[derive(Debug, Clone, Copy)]
pub(super) enum ResponseContent {
    Empty,
    Json(SchemaOf),
    /// The API's own format of errors.
    Error,
    Html,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct OperationResponse {
    pub status: u16,
    pub description: &'static str,
    pub content: ResponseContent,
}

/// What decides whether an error that several calls share can be an answer of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorScope {
    Every,
    /// Calls that need a token, a key or a signature.
    Authenticated,
    /// Calls with a JSON body.
    WithBody,
    /// Calls that wait for Stripe or Braintree.
    WithGateway,
}

/// An error that several calls of an API share.
#[derive(Debug, Clone, Copy)]
pub(super) struct SharedError(pub u16, pub ErrorScope, pub &'static str);

#[derive(Debug, Clone)]
pub(super) struct ApiOperation {
    /// The method in lower case.
    pub method: &'static str,
    /// The path after the base of the API.
    pub path: &'static str,
    pub id: &'static str,
    pub tag: &'static str,
    pub summary: &'static str,
    /// More about the call, in sentences.
    pub notes: &'static str,
    pub is_public: bool,
    pub uses_gateway: bool,
    pub parameters: Vec<OperationParameter>,
    pub query: Option<SchemaOf>,
    pub body: Option<SchemaOf>,
    pub body_is_optional: bool,
    pub responses: Vec<OperationResponse>,
}

impl ApiOperation {
    pub fn new(
        (method, path): (&'static str, &'static str),
        (tag, id): (&'static str, &'static str),
        summary: &'static str,
    ) -> Self {
        Self {
            method,
            path,
            id,
            tag,
            summary,
            notes: "",
            is_public: false,
            uses_gateway: false,
            parameters: Vec::new(),
            query: None,
            body: None,
            body_is_optional: false,
            responses: Vec::new(),
        }
    }

    pub fn notes(mut self, notes: &'static str) -> Self {
        self.notes = notes;
        self
    }

    /// Marks a call that needs no authentication.
    pub fn public(mut self) -> Self {
        self.is_public = true;
        self
    }

    /// Marks a call that waits for Stripe or Braintree.
    pub fn with_gateway(mut self) -> Self {
        self.uses_gateway = true;
        self
    }

    pub fn in_path(self, name: &'static str, description: &'static str) -> Self {
        self.parameter(name, ParameterLocation::Path, description)
    }

    pub fn in_header(self, name: &'static str, description: &'static str) -> Self {
        self.parameter(name, ParameterLocation::Header, description)
    }

    /// Adds the header with which a repeated request gets the first response.
    pub fn idempotent(self) -> Self {
        self.in_header(
            "idempotency-key",
            "1 to 255 characters that stay the same when the request is repeated. The first response is repeated for a \
             day; the same key with another request is refused.",
        )
    }

    /// Adds the header of the CAPTCHA, which a card needs while most cards of the account are declined.
    pub fn with_challenge(self) -> Self {
        self.in_header(
            CHALLENGE_HEADER,
            "The token of a CAPTCHA, with `card_entry` in the server's settings. Without a valid one the answer is 422 \
             with an error at `recaptcha_token`, while most cards of the account are declined.",
        )
    }

    fn parameter(
        mut self,
        name: &'static str,
        location: ParameterLocation,
        description: &'static str,
    ) -> Self {
        self.parameters.push(OperationParameter {
            name,
            location,
            description,
        });
        self
    }

    pub fn query<T: JsonSchema>(mut self) -> Self {
        self.query = Some(members_of::<T>);
        self
    }

    pub fn body<T: JsonSchema>(mut self) -> Self {
        self.body = Some(schema_of::<T>);
        self
    }

    pub fn optional_body<T: JsonSchema>(mut self) -> Self {
        self.body_is_optional = true;
        self.body::<T>()
    }

    /// Adds a response with a JSON body. A status can have several forms of bodies.
    pub fn answer<T: JsonSchema>(self, status: u16, description: &'static str) -> Self {
        self.response(status, description, ResponseContent::Json(schema_of::<T>))
    }

    pub fn empty(self, status: u16, description: &'static str) -> Self {
        self.response(status, description, ResponseContent::Empty)
    }

    pub fn html(self, status: u16, description: &'static str) -> Self {
        self.response(status, description, ResponseContent::Html)
    }

    /// Adds an error in the API's own format.
    pub fn error(self, status: u16, description: &'static str) -> Self {
        self.response(status, description, ResponseContent::Error)
    }

    fn response(
        mut self,
        status: u16,
        description: &'static str,
        content: ResponseContent,
    ) -> Self {
        self.responses.push(OperationResponse {
            status,
            description,
            content,
        });
        self
    }

    /// Whether a shared error of this scope can be an answer of this call.
    pub fn can_answer(&self, scope: ErrorScope) -> bool {
        match scope {
            ErrorScope::Every => true,
            ErrorScope::Authenticated => !self.is_public,
            ErrorScope::WithBody => self.body.is_some(),
            ErrorScope::WithGateway => self.uses_gateway,
        }
    }
}
