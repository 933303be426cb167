//! A small GraphQL engine: parses a document, validates it against the schema and projects results onto the selected fields.
//! It knows nothing of cards; [`super::resolvers`] holds that part.

pub mod coerce;
pub mod document;
pub mod error;
pub mod fragment;
pub mod project;
pub mod schema;
pub mod values;

pub use document::{Plan, SelectedField};
pub use error::{ErrorClass, GraphError};
pub use schema::Schema;
