//! Lists that an object contains only when `expand[]` names them. Called by `expand.rs` for each level of a path.
//!
//! `sources`, `tax_ids` and `subscriptions` of a customer are not modelled, so the list is always empty, as at Stripe
//! for a customer without any. Sources: <https://docs.stripe.com/api/customers/object>, "This field is not included by
//! default"; for `refunds` of a charge <https://docs.stripe.com/api/charges/object>.

use crate::account::Account;
use crate::object::Refund;
use serde_json::{Value, json};

/// How many items an expanded list holds, as at Stripe.
const MAX_EXPANDED_ITEMS: usize = 10;

/// Adds the list `step` to the object `at`, when the object has such a list.
pub fn add(account: &Account, at: &mut Value, step: &str) {
    let text = |name: &str| at.get(name).and_then(Value::as_str).unwrap_or_default();
    let id = text("id");
    let deleted = at.get("deleted").is_some();
    let list = match (text("object"), step) {
        ("customer", "sources" | "subscriptions" | "tax_ids") if !deleted => {
            empty(&format!("/v1/customers/{id}/{step}"))
        }
        ("charge", "refunds") => refunds(account, id),
        _ => return,
    };
    if let Some(members) = at.as_object_mut() {
        members.insert(step.to_owned(), list);
    }
}

fn empty(url: &str) -> Value {
    json!({ "object": "list", "data": [], "has_more": false, "url": url })
}

fn refunds(account: &Account, charge: &str) -> Value {
    let mut all = account
        .refunds
        .newest_first()
        .filter(|(_, refund)| refund.charge == charge)
        .map(|(_, refund)| Refund::to_json(refund));
    let data: Vec<Value> = all.by_ref().take(MAX_EXPANDED_ITEMS).collect();
    let url = format!("/v1/charges/{charge}/refunds");
    json!({ "object": "list", "data": data, "has_more": all.next().is_some(), "url": url })
}
