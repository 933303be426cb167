//! One API of the document: a vendor's wallet API, or this server's own calls.
//!
//! Declared by the module of each API. It must never name a call that the router does not have.

use serde_json::{Value, json};

use super::operation::{ApiOperation, SchemaOf, SharedError};

/// How a caller authenticates: a name of the document, and OpenAPI's Security Scheme Object.
#[derive(Debug, Clone, Copy)]
pub(super) enum SecurityScheme {
    /// A header with a key or token, without a scheme.
    Header {
        name: &'static str,
        header: &'static str,
        description: &'static str,
    },
    /// `Authorization: Bearer`.
    Bearer {
        name: &'static str,
        format: &'static str,
        description: &'static str,
    },
}

impl SecurityScheme {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Header { name, .. } | Self::Bearer { name, .. } => name,
        }
    }

    pub fn to_json(self) -> Value {
        match self {
            Self::Header {
                header,
                description,
                ..
            } => {
                json!({"type": "apiKey", "in": "header", "name": header, "description": description})
            }
            Self::Bearer {
                format,
                description,
                ..
            } => json!({
                "type": "http", "scheme": "bearer", "bearerFormat": format, "description": description
            }),
        }
    }
}

/// The calls under one path prefix, with one format of errors.
#[derive(Debug, Clone)]
pub(super) struct ApiDescription {
    /// The name, with which the names of its schemas begin.
    pub name: &'static str,
    /// The path prefix of its calls.
    pub base: &'static str,
    /// The tags of its calls, with a description.
    pub tags: &'static [(&'static str, &'static str)],
    pub schemes: &'static [SecurityScheme],
    /// The schemes that a caller needs: one of these lists, and all of that list.
    pub security: &'static [&'static [&'static str]],
    /// The format of an error.
    pub error: SchemaOf,
    pub shared_errors: &'static [SharedError],
    pub operations: Vec<ApiOperation>,
}
