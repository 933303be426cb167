//! `/v1/customers`: for servers only.

use super::Desk;
use crate::error::ApiError;
use crate::form::{Params, merge};
use crate::object::payment_method::Bond;
use crate::object::{Customer, now};
use serde_json::{Map, Value};

const WRITABLE: &[&str] = &[
    "email",
    "name",
    "phone",
    "description",
    "address[*]",
    "metadata[*]",
    "preferred_locales[]",
    "tax_exempt",
    "invoice_settings[default_payment_method]",
    "payment_method",
];

/// `POST /v1/customers`.
pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(WRITABLE)?;
    let mint = &mut desk.account().mint;
    let mut customer = Customer {
        id: mint.id("cus").chars().take(18).collect(),
        created: now(),
        deleted: false,
        texts: Map::new(),
        address: Map::new(),
        metadata: Map::new(),
        default_payment_method: None,
        invoice_prefix: mint.letters(8).to_uppercase(),
    };
    write(&mut customer, params);
    let id = customer.id.clone();
    desk.account().customers.put(&id, customer.clone());
    desk.record("customer.created", customer.to_json());
    if let Some(method) = params.text("payment_method") {
        super::payment_methods::attach_to(desk, method, &id)?;
    }
    Ok(customer.to_json())
}

/// `POST /v1/customers/:id`.
pub fn update(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(WRITABLE)?;
    let customer = living(desk, id, "id")?;
    let before = customer.to_json();
    write(customer, params);
    let after = customer.to_json();
    desk.record_change("customer.updated", &before, after.clone());
    Ok(after)
}

/// `GET /v1/customers/:id`; a deleted one is still named.
pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let customer = desk
        .account()
        .customers
        .get(id)
        .ok_or_else(|| ApiError::missing("customer", id, "id"))?;
    Ok(customer.to_json())
}

/// `GET /v1/customers`.
pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["email", "limit", "starting_after", "ending_before"])?;
    let email = params.text("email");
    let fits = |customer: &Customer| {
        !customer.deleted
            && email.is_none_or(|email| {
                customer.texts.get("email").and_then(Value::as_str) == Some(email)
            })
    };
    desk.account()
        .customers
        .page(params, "/v1/customers", fits, Customer::to_json)
}

/// `DELETE /v1/customers/:id`: its cards can never be used again.
pub fn delete(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let customer = living(desk, id, "id")?;
    let last = customer.to_json();
    customer.deleted = true;
    let shown = customer.to_json();
    for method in desk
        .account()
        .methods
        .all_mut()
        .filter(|method| method.customer() == Some(id))
    {
        method.bond = Bond::Spent;
    }
    desk.record("customer.deleted", last);
    Ok(shown)
}

/// The customer `id`, unless it was deleted.
pub fn living<'d>(
    desk: &'d mut Desk<'_>,
    id: &str,
    param: &str,
) -> Result<&'d mut Customer, ApiError> {
    desk.account()
        .customers
        .get_mut(id)
        .filter(|customer| !customer.deleted)
        .ok_or_else(|| ApiError::missing("customer", id, param))
}

fn write(customer: &mut Customer, params: &Params) {
    for name in Customer::TEXTS {
        if let Some(value) = params.raw(name) {
            let value = if value.is_empty() {
                Value::Null
            } else {
                value.into()
            };
            customer.texts.insert((*name).to_owned(), value);
        }
    }
    merge(&mut customer.address, params.map("address"));
    merge(&mut customer.metadata, params.map("metadata"));
    if let Some(method) = params.raw("invoice_settings[default_payment_method]") {
        customer.default_payment_method = Some(method.to_owned()).filter(|id| !id.is_empty());
    }
}
