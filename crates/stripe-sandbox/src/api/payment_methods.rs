//! `/v1/payment_methods`: made in browsers, kept by servers.

use super::customers::living;
use super::{Desk, new_card};
use crate::card::Step;
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::PaymentMethod;
use crate::object::payment_method::Bond;
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

pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    desk.params().allow(WRITABLE)?;
    let id = new_card::make(desk, "")?;
    show(desk, &id)
}

pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let id = new_card::resolve(desk, id)?;
    show(desk, &id)
}

pub fn update(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
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
        Some(_) => Some(new_card::expiry(params, "card")?),
        None => None,
    };
    let id = &new_card::resolve(desk, id)?;
    let method = known(desk, id)?;
    if method.customer().is_none() {
        return Err(ApiError::invalid(
            "You must save this PaymentMethod to a customer before you can update it.",
        ));
    }
    let before = method.to_json(Rights::Secret);
    new_card::describe(method, params, "")?;
    if let Some((month, year)) = expiry {
        (method.exp_month, method.exp_year) = (month, year);
    }
    if let Some(redisplay) = redisplay {
        method.allow_redisplay = redisplay;
    }
    let after = method.to_json(Rights::Secret);
    desk.record_change("payment_method.updated", &before, after);
    show(desk, id)
}

pub fn attach(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["customer"])?;
    let customer = params.need("customer")?;
    let id = attach_to(desk, id, customer)?;
    show(desk, &id)
}

/// Attaches a card without an intent; returns its id, which is new for a ready-made one.
pub fn attach_to(desk: &mut Desk<'_>, id: &str, customer: &str) -> Result<String, ApiError> {
    living(desk, customer, "customer")?;
    let id = new_card::resolve(desk, id)?;
    let method = known(desk, &id)?;
    match &method.bond {
        Bond::Attached(owner) if owner == customer => return Ok(id),
        Bond::Attached(_) => {
            return Err(ApiError::invalid(
                "The payment method you provided has already been attached to a customer.",
            ));
        }
        Bond::Spent => return Err(spent()),
        Bond::Free => {}
    }
    if let Step::Refuse(decline) = method.card.at_attach() {
        return Err(ApiError::card(decline));
    }
    method.bond = Bond::Attached(customer.to_owned());
    let shown = method.to_json(Rights::Secret);
    desk.record("payment_method.attached", shown);
    Ok(id)
}

pub fn detach(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let id = &new_card::resolve(desk, id)?;
    let method = known(desk, id)?;
    let Bond::Attached(customer) = method.bond.clone() else {
        return Err(ApiError::invalid(
            "The payment method you provided is not attached to a customer so detachment is impossible.",
        ));
    };
    let before = method.to_json(Rights::Secret);
    method.bond = Bond::Spent;
    let after = method.to_json(Rights::Secret);
    if let Some(customer) = desk.account().customers.get_mut(&customer) {
        customer.default_payment_method = customer
            .default_payment_method
            .take()
            .filter(|default| default != id);
    }
    desk.record_change("payment_method.detached", &before, after);
    show(desk, id)
}

pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "customer",
        "type",
        "limit",
        "starting_after",
        "ending_before",
    ])?;
    let customer = params.need("customer")?;
    page(desk, customer, "/v1/payment_methods")
}

pub fn list_of(desk: &mut Desk<'_>, customer: &str) -> Result<Value, ApiError> {
    desk.params()
        .allow(&["type", "limit", "starting_after", "ending_before"])?;
    page(
        desk,
        customer,
        &format!("/v1/customers/{customer}/payment_methods"),
    )
}

pub fn retrieve_of(desk: &mut Desk<'_>, customer: &str, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let id = &new_card::resolve(desk, id)?;
    match known(desk, id)?.customer() {
        Some(owner) if owner == customer => show(desk, id),
        _ => Err(not_of_customer(id)),
    }
}

fn page(desk: &mut Desk<'_>, customer: &str, url: &str) -> Result<Value, ApiError> {
    let (params, rights) = (desk.params(), desk.rights());
    living(desk, customer, "customer")?;
    let cards = params.text("type").is_none_or(|kind| kind == "card");
    desk.account().methods.page(
        params,
        url,
        |method| cards && method.customer() == Some(customer),
        |method| method.to_json(rights),
    )
}

pub fn known<'d>(desk: &'d mut Desk<'_>, id: &str) -> Result<&'d mut PaymentMethod, ApiError> {
    desk.account()
        .methods
        .get_mut(id)
        .ok_or_else(|| ApiError::missing("PaymentMethod", id, "payment_method"))
}

/// Refuses a card that is another customer's, or can no longer be used.
pub fn usable_by(method: &PaymentMethod, customer: Option<&str>) -> Result<(), ApiError> {
    match (&method.bond, customer) {
        (Bond::Spent, _) => Err(spent()),
        (Bond::Attached(owner), Some(customer)) if owner != customer => {
            Err(not_of_customer(&method.id))
        }
        (Bond::Attached(_), None) => Err(ApiError::invalid(
            "The PaymentMethod you provided belongs to a Customer; give that Customer as well.",
        )
        .param("payment_method")),
        _ => Ok(()),
    }
}

fn show(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let rights = desk.rights();
    known(desk, id).map(|method| method.to_json(rights))
}

fn spent() -> ApiError {
    ApiError::invalid(
        "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a \
         connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a \
         PaymentMethod multiple times, you must attach it to a Customer first.",
    )
}

/// 400 for a card that is another customer's, or nobody's.
pub fn not_of_customer(id: &str) -> ApiError {
    ApiError::invalid(&format!(
        "The customer does not have a payment method with the ID {id}. The payment method must be attached to the customer."
    ))
    .code("resource_missing")
    .param("payment_method")
}
