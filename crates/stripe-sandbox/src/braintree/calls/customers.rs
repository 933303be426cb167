//! `createCustomer`, `updateCustomer`, `deleteCustomer`.

use super::{Desk, Outcome, missing, part, text};
use crate::braintree::graphql::project::reference;
use crate::braintree::merchant::timestamp;
use crate::braintree::object::{Customer, Kind};
use serde_json::{Map, Value, json};

const CUSTOMER: &[&str] = &["input", "customerId"];

pub fn create(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    let id = desk.merchant.id();
    let made = Customer {
        id: id.clone(),
        created: timestamp(),
        texts: part(input, "customer"),
        default: None,
        deleted: false,
    };
    desk.merchant.customers.put(&id, made);
    Ok(json!({ "customer": reference(&Kind::Customer.global(&id)) }))
}

/// `updateCustomer`; what is not sent stays.
pub fn update(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    let id = text(input, "customerId").unwrap_or_default();
    living(desk, id)?.texts.extend(part(input, "customer"));
    Ok(json!({ "customer": reference(id) }))
}

/// `deleteCustomer`: its cards leave the vault with it.
pub fn delete(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    let customer = living(desk, text(input, "customerId").unwrap_or_default())?;
    customer.deleted = true;
    let id = customer.id.clone();
    for method in desk
        .merchant
        .vault
        .all_mut()
        .filter(|method| method.customer == id)
    {
        method.deleted = true;
    }
    Ok(json!({}))
}

fn living<'d>(
    desk: &'d mut Desk<'_>,
    id: &str,
) -> Result<&'d mut Customer, crate::braintree::graphql::GraphError> {
    Kind::Customer
        .legacy(id)
        .and_then(|legacy| desk.merchant.customers.get_mut(&legacy))
        .filter(|customer| !customer.deleted)
        .ok_or_else(|| missing(CUSTOMER))
}
