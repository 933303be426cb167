//! `node` and `idFromLegacyId`.

use super::{Desk, Outcome, missing, text};
use crate::braintree::graphql::project::{Store as _, reference};
use crate::braintree::object::Kind;
use serde_json::{Map, Value};

/// The object behind a global id; null when there is none.
pub fn node(args: &Map<String, Value>) -> Value {
    reference(text(args, "id").unwrap_or_default())
}

/// The global id for an old one, if there is such an object.
pub fn global_id(desk: &Desk<'_>, args: &Map<String, Value>) -> Outcome {
    let kind = text(args, "type").and_then(Kind::named);
    kind.map(|kind| kind.global(text(args, "legacyId").unwrap_or_default()))
        .filter(|id| desk.merchant.object(id).is_some())
        .map(Value::from)
        .ok_or_else(|| missing(&["legacyId"]))
}
