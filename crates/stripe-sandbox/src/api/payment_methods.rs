//! `/v1/payment_methods`: create, retrieve, update, attach, detach and list.
//! A payment method must never be attached to two customers.

use super::customers::find_customer;
use super::{RequestContext, payment_method_data};
use crate::card::CardResult;
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::PaymentMethod;
use crate::object::payment_method::Attachment;
use serde_json::Value;

const WRITABLE: &[&str] = &[
    "type",
    "card[number]",
    "card[exp_month]",
    "card[exp_year]",
    "card[cvc]",
    "card[token]",
    "card[networks][preferred]",
    "billing_details[*]",
    "metadata[*]",
    "allow_redisplay",
];

pub fn create(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    ctx.params().allow(WRITABLE)?;
    let id = payment_method_data::create(ctx, "")?;
    object_of(ctx, &id)
}

pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    let id = payment_method_data::resolve(ctx, id)?;
    object_of(ctx, &id)
}

pub fn update(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "billing_details[*]",
        "metadata[*]",
        "card[exp_month]",
        "card[exp_year]",
        "allow_redisplay",
    ])?;
    let redisplay = params.choice("allow_redisplay", &["always", "limited", "unspecified"])?;
    let expiry = match params
        .text("card[exp_month]")
        .or(params.text("card[exp_year]"))
    {
        Some(_) => Some(payment_method_data::expiry(params, "card")?),
        None => None,
    };
    let id = &payment_method_data::resolve(ctx, id)?;
    let method = find(ctx, id)?;
    if method.customer().is_none() {
        return Err(ApiError::invalid(
            "You must save this PaymentMethod to a customer before you can update it.",
        ));
    }
    let before = method.to_json(Rights::Secret);
    payment_method_data::write_details(method, params, "")?;
    if let Some((month, year)) = expiry {
        (method.exp_month, method.exp_year) = (month, year);
    }
    if let Some(redisplay) = redisplay {
        method.allow_redisplay = redisplay;
    }
    let after = method.to_json(Rights::Secret);
    ctx.record_change("payment_method.updated", &before, after);
    object_of(ctx, id)
}

pub fn attach(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&["customer"])?;
    let customer = params.required("customer")?;
    let id = attach_to(ctx, id, customer)?;
    object_of(ctx, &id)
}

/// Attaches a payment method without an intent. Returns its id, which is a new one for a test id.
pub fn attach_to(
    ctx: &mut RequestContext<'_>,
    id: &str,
    customer: &str,
) -> Result<String, ApiError> {
    find_customer(ctx, customer, "customer")?;
    let id = payment_method_data::resolve(ctx, id)?;
    let method = find(ctx, &id)?;
    match &method.attachment {
        Attachment::Attached(owner) if owner == customer => return Ok(id),
        Attachment::Attached(_) => {
            return Err(ApiError::invalid(
                "The payment method you provided has already been attached to a customer.",
            ));
        }
        Attachment::Unusable => return Err(no_longer_usable()),
        Attachment::Unattached => {}
    }
    if let CardResult::Decline(decline) = method.card.at_attach() {
        return Err(ApiError::card(decline));
    }
    method.attachment = Attachment::Attached(customer.to_owned());
    let object = method.to_json(Rights::Secret);
    ctx.record("payment_method.attached", object);
    Ok(id)
}

pub fn detach(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    let id = &payment_method_data::resolve(ctx, id)?;
    let method = find(ctx, id)?;
    let Attachment::Attached(customer) = method.attachment.clone() else {
        return Err(ApiError::invalid(
            "The payment method you provided is not attached to a customer so detachment is impossible.",
        ));
    };
    let before = method.to_json(Rights::Secret);
    method.attachment = Attachment::Unusable;
    let after = method.to_json(Rights::Secret);
    if let Some(customer) = ctx.account().customers.get_mut(&customer) {
        customer.default_payment_method = customer
            .default_payment_method
            .take()
            .filter(|default| default != id);
    }
    ctx.record_change("payment_method.detached", &before, after);
    object_of(ctx, id)
}

pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "customer",
        "type",
        "limit",
        "starting_after",
        "ending_before",
    ])?;
    let customer = params.required("customer")?;
    page(ctx, customer, "/v1/payment_methods")
}

pub fn list_of(ctx: &mut RequestContext<'_>, customer: &str) -> Result<Value, ApiError> {
    ctx.params()
        .allow(&["type", "limit", "starting_after", "ending_before"])?;
    page(
        ctx,
        customer,
        &format!("/v1/customers/{customer}/payment_methods"),
    )
}

pub fn retrieve_of(
    ctx: &mut RequestContext<'_>,
    customer: &str,
    id: &str,
) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    let id = &payment_method_data::resolve(ctx, id)?;
    match find(ctx, id)?.customer() {
        Some(owner) if owner == customer => object_of(ctx, id),
        _ => Err(not_of_customer(id)),
    }
}

fn page(ctx: &mut RequestContext<'_>, customer: &str, url: &str) -> Result<Value, ApiError> {
    let (params, rights) = (ctx.params(), ctx.rights());
    find_customer(ctx, customer, "customer")?;
    let cards = params.text("type").is_none_or(|kind| kind == "card");
    ctx.account().payment_methods.page(
        params,
        url,
        |method| cards && method.customer() == Some(customer),
        |method| method.to_json(rights),
    )
}

pub fn find<'d>(
    ctx: &'d mut RequestContext<'_>,
    id: &str,
) -> Result<&'d mut PaymentMethod, ApiError> {
    ctx.account()
        .payment_methods
        .get_mut(id)
        .ok_or_else(|| ApiError::resource_missing("PaymentMethod", id, "payment_method"))
}

/// Checks that `customer` may use the payment method.
///
/// # Errors
/// 400 when it is attached to another customer, or cannot be used again.
pub fn check_usable_by(method: &PaymentMethod, customer: Option<&str>) -> Result<(), ApiError> {
    match (&method.attachment, customer) {
        (Attachment::Unusable, _) => Err(no_longer_usable()),
        (Attachment::Attached(owner), Some(customer)) if owner != customer => {
            Err(not_of_customer(&method.id))
        }
        (Attachment::Attached(_), None) => Err(ApiError::invalid(
            "The PaymentMethod you provided belongs to a Customer; give that Customer as well.",
        )
        .param("payment_method")),
        _ => Ok(()),
    }
}

fn object_of(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let rights = ctx.rights();
    find(ctx, id).map(|method| method.to_json(rights))
}

fn no_longer_usable() -> ApiError {
    ApiError::invalid(
        "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a \
         connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a \
         PaymentMethod multiple times, you must attach it to a Customer first.",
    )
}

/// 400 for a payment method that is not attached to the customer.
pub fn not_of_customer(id: &str) -> ApiError {
    ApiError::invalid(&format!(
        "The customer does not have a payment method with the ID {id}. The payment method must be attached to the customer."
    ))
    .code("resource_missing")
    .param("payment_method")
}
