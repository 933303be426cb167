//! `createCustomer`, `updateCustomer`, `deleteCustomer`.

use super::{ResolverContext, ResolverResult, not_found, object, text};
use crate::braintree::global_id::LegacyIdType;
use crate::braintree::graphql::project::reference;
use crate::braintree::merchant::timestamp;
use crate::braintree::object::Customer;
use serde_json::{Map, Value, json};

const CUSTOMER: &[&str] = &["input", "customerId"];

pub fn create(context: &mut ResolverContext<'_>, input: &Map<String, Value>) -> ResolverResult {
    let id = context.merchant.new_id();
    let customer = Customer {
        id: id.clone(),
        created: timestamp(),
        details: object(input, "customer"),
        default: None,
        deleted: false,
    };
    context.merchant.customers.put(&id, customer);
    Ok(json!({ "customer": reference(&LegacyIdType::Customer.global(&id)) }))
}

/// `updateCustomer`; members that are not sent keep their values.
pub fn update(context: &mut ResolverContext<'_>, input: &Map<String, Value>) -> ResolverResult {
    let id = text(input, "customerId").unwrap_or_default();
    existing(context, id)?
        .details
        .extend(object(input, "customer"));
    Ok(json!({ "customer": reference(id) }))
}

/// `deleteCustomer`; also deletes the customer's cards from the vault.
pub fn delete(context: &mut ResolverContext<'_>, input: &Map<String, Value>) -> ResolverResult {
    let customer = existing(context, text(input, "customerId").unwrap_or_default())?;
    customer.deleted = true;
    let id = customer.id.clone();
    for method in context
        .merchant
        .vault
        .all_mut()
        .filter(|method| method.customer == id)
    {
        method.deleted = true;
    }
    Ok(json!({}))
}

fn existing<'d>(
    context: &'d mut ResolverContext<'_>,
    id: &str,
) -> Result<&'d mut Customer, crate::braintree::graphql::GraphError> {
    LegacyIdType::Customer
        .legacy(id)
        .and_then(|legacy| context.merchant.customers.get_mut(&legacy))
        .filter(|customer| !customer.deleted)
        .ok_or_else(|| not_found(CUSTOMER))
}
