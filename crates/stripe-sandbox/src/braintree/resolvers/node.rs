//! `node` and `idFromLegacyId`.

use super::{ResolverContext, ResolverResult, not_found, text};
use crate::braintree::global_id::LegacyIdType;
use crate::braintree::graphql::project::{ObjectStore as _, reference};
use serde_json::{Map, Value};

/// A reference to the object with a global id; it projects to null when there is no such object.
pub fn node(args: &Map<String, Value>) -> Value {
    reference(text(args, "id").unwrap_or_default())
}

/// `idFromLegacyId`.
///
/// # Errors
/// `NOT_FOUND` when the object does not exist.
pub fn global_id(context: &ResolverContext<'_>, args: &Map<String, Value>) -> ResolverResult {
    let id_type = text(args, "type").and_then(LegacyIdType::named);
    id_type
        .map(|id_type| id_type.global(text(args, "legacyId").unwrap_or_default()))
        .filter(|id| context.merchant.object(id).is_some())
        .map(Value::from)
        .ok_or_else(|| not_found(&["legacyId"]))
}
