//! A small GraphQL engine: a document is read, checked against the schema, carried out, and answered with exactly
//! the fields it asks for. It knows nothing of cards; [`super::calls`] does.

pub mod coerce;
pub mod document;
pub mod error;
pub mod fragment;
pub mod project;
pub mod schema;
pub mod values;

pub use document::{Asked, Plan};
pub use error::{ErrorClass, GraphError};
pub use schema::Schema;
