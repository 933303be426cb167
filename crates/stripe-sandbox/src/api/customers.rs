//! `/v1/customers`. A publishable key must never reach them.

use super::payment_params::shipping;
use super::{RequestContext, payment_methods};
use crate::error::ApiError;
use crate::form::{Params, merge};
use crate::metadata;
use crate::object::payment_method::Attachment;
use crate::object::{Customer, now};
use crate::test_tokens::test_card_of;
use crate::time_range::TimeRange;
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

pub fn create(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(WRITABLE)?;
    let ids = &mut ctx.account().ids;
    let mut customer = Customer {
        id: ids.id("cus").chars().take(18).collect(),
        created: now(),
        deleted: false,
        texts: Map::new(),
        address: Map::new(),
        metadata: Map::new(),
        shipping: Value::Null,
        preferred_locales: Vec::new(),
        tax_exempt: "none".to_owned(),
        default_payment_method: None,
        invoice_prefix: ids.alphanumeric(8).to_uppercase(),
    };
    write(&mut customer, params)?;
    let id = customer.id.clone();
    ctx.account().customers.put(&id, customer.clone());
    let attached = match params.text("payment_method") {
        Some(method) => payment_methods::attach_to(ctx, method, &id).map(drop),
        None => Ok(()),
    };
    if let Err(refusal) = attached.and_then(|()| set_default(ctx, &id)) {
        // When the card cannot be attached, no customer is created.
        ctx.account().customers.remove(&id);
        return Err(refusal);
    }
    let object = find_customer(ctx, &id, "id")?.to_json();
    ctx.record("customer.created", object.clone());
    Ok(object)
}

pub fn update(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(WRITABLE)?;
    let mut changed = find_customer(ctx, id, "id")?.clone();
    let before = changed.to_json();
    write(&mut changed, params)?;
    set_default(ctx, id)?;
    let customer = find_customer(ctx, id, "id")?;
    changed.default_payment_method = customer.default_payment_method.take();
    *customer = changed;
    let after = customer.to_json();
    ctx.record_change("customer.updated", &before, after.clone());
    Ok(after)
}

/// `GET /v1/customers/:id`; a deleted customer is returned with `deleted`.
pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    let customer = ctx
        .account()
        .customers
        .get(id)
        .ok_or_else(|| ApiError::resource_missing("customer", id, "id"))?;
    Ok(customer.to_json())
}

pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "email",
        "limit",
        "starting_after",
        "ending_before",
        "created",
        "created[*]",
    ])?;
    let email = params.text("email");
    let created = TimeRange::parse(params, "created")?;
    let matches = |customer: &Customer| {
        !customer.deleted
            && created.contains(customer.created)
            && email.is_none_or(|email| {
                customer.texts.get("email").and_then(Value::as_str) == Some(email)
            })
    };
    ctx.account()
        .customers
        .page(params, "/v1/customers", matches, Customer::to_json)
}

/// `DELETE /v1/customers/:id`: its payment methods cannot be used again.
pub fn delete(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    let customer = find_customer(ctx, id, "id")?;
    let last = customer.to_json();
    customer.deleted = true;
    let object = customer.to_json();
    for method in ctx
        .account()
        .payment_methods
        .all_mut()
        .filter(|method| method.customer() == Some(id))
    {
        method.attachment = Attachment::Unusable;
    }
    ctx.record("customer.deleted", last);
    Ok(object)
}

/// The customer `id`, unless it was deleted.
pub fn find_customer<'d>(
    ctx: &'d mut RequestContext<'_>,
    id: &str,
    param: &str,
) -> Result<&'d mut Customer, ApiError> {
    ctx.account()
        .customers
        .get_mut(id)
        .filter(|customer| !customer.deleted)
        .ok_or_else(|| ApiError::resource_missing("customer", id, param))
}

/// Sets `invoice_settings[default_payment_method]`. It must be attached to the customer; an empty value unsets it. For
/// a test id such as `pm_card_visa` a payment method is created and attached.
fn set_default(ctx: &mut RequestContext<'_>, id: &str) -> Result<(), ApiError> {
    let Some(method) = ctx.params().raw("invoice_settings[default_payment_method]") else {
        return Ok(());
    };
    let method = match method {
        "" => None,
        method if test_card_of(method).is_some() => {
            Some(payment_methods::attach_to(ctx, method, id)?)
        }
        method if payment_methods::find(ctx, method)?.customer() == Some(id) => {
            Some(method.to_owned())
        }
        other => return Err(payment_methods::not_of_customer(other)),
    };
    find_customer(ctx, id, "id")?.default_payment_method = method;
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
    customer.metadata = metadata::merged(&customer.metadata, params, "metadata")?;
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
