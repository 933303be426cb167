//! `/v1/customers`: for servers only.

use super::payment_params::shipping;
use super::{Desk, payment_methods};
use crate::error::ApiError;
use crate::form::{Params, merge};
use crate::metadata;
use crate::object::payment_method::Bond;
use crate::object::{Customer, now};
use crate::readymade::card_behind;
use crate::span::Span;
use serde_json::{Map, Value};

const WRITABLE: &[&str] = &[
    "email",
    "name",
    "phone",
    "description",
    "address[*]",
    "metadata[*]",
    "preferred_locales[]",
    "shipping[*]",
    "tax_exempt",
    "invoice_settings[default_payment_method]",
    "payment_method",
];

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
        shipping: Value::Null,
        preferred_locales: Vec::new(),
        tax_exempt: "none".to_owned(),
        default_payment_method: None,
        invoice_prefix: mint.letters(8).to_uppercase(),
    };
    write(&mut customer, params)?;
    let id = customer.id.clone();
    desk.account().customers.put(&id, customer.clone());
    let attached = match params.text("payment_method") {
        Some(method) => payment_methods::attach_to(desk, method, &id).map(drop),
        None => Ok(()),
    };
    if let Err(refusal) = attached.and_then(|()| set_default(desk, &id)) {
        // A card that cannot be attached makes no customer.
        desk.account().customers.remove(&id);
        return Err(refusal);
    }
    let shown = living(desk, &id, "id")?.to_json();
    desk.record("customer.created", shown.clone());
    Ok(shown)
}

pub fn update(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(WRITABLE)?;
    let mut changed = living(desk, id, "id")?.clone();
    let before = changed.to_json();
    write(&mut changed, params)?;
    set_default(desk, id)?;
    let customer = living(desk, id, "id")?;
    changed.default_payment_method = customer.default_payment_method.take();
    *customer = changed;
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

pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "email",
        "limit",
        "starting_after",
        "ending_before",
        "created",
        "created[*]",
    ])?;
    let email = params.text("email");
    let created = Span::read(params, "created")?;
    let fits = |customer: &Customer| {
        !customer.deleted
            && created.holds(customer.created)
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

/// `invoice_settings[default_payment_method]`, which must be the customer's own; empty, it is unset. Of a ready-made id a
/// payment method is made and attached, as when the id stands alone.
fn set_default(desk: &mut Desk<'_>, id: &str) -> Result<(), ApiError> {
    let Some(method) = desk
        .params()
        .raw("invoice_settings[default_payment_method]")
    else {
        return Ok(());
    };
    let method = match method {
        "" => None,
        method if card_behind(method).is_some() => {
            Some(payment_methods::attach_to(desk, method, id)?)
        }
        method if payment_methods::known(desk, method)?.customer() == Some(id) => {
            Some(method.to_owned())
        }
        other => return Err(payment_methods::not_of_customer(other)),
    };
    living(desk, id, "id")?.default_payment_method = method;
    Ok(())
}

fn write(customer: &mut Customer, params: &Params) -> Result<(), ApiError> {
    let tax_exempt = params.choice("tax_exempt", &["none", "exempt", "reverse"])?;
    let shipping = shipping(params)?;
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
    customer.metadata = metadata::written(&customer.metadata, params, "metadata")?;
    if params.raw("address") == Some("") {
        customer.address.clear();
    }
    merge(&mut customer.address, params.map("address"));
    if !shipping.is_null() || params.raw("shipping") == Some("") {
        customer.shipping = shipping;
    }
    if let Some(tax_exempt) = tax_exempt {
        customer.tax_exempt = tax_exempt;
    }
    let locales = params.list("preferred_locales");
    if !locales.is_empty() {
        customer.preferred_locales = locales.into_iter().map(str::to_owned).collect();
    }
    Ok(())
}
