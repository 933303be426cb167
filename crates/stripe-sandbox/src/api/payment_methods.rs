//! `/v1/payment_methods`: made in browsers, kept by servers.

use super::Desk;
use super::customers::living;
use crate::card::{Step, TestCard};
use crate::decline::Decline;
use crate::error::ApiError;
use crate::form::{Params, merge};
use crate::object::payment_method::Bond;
use crate::object::{PaymentMethod, now};
use crate::readymade::number_behind;
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

/// `POST /v1/payment_methods`.
pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    desk.params().allow(WRITABLE)?;
    let id = make(desk, "")?;
    show(desk, &id)
}

/// `GET /v1/payment_methods/:id`.
pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    show(desk, id)
}

/// `POST /v1/payment_methods/:id`.
pub fn update(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "billing_details[*]",
        "metadata[*]",
        "card[exp_month]",
        "card[exp_year]",
        "allow_redisplay",
    ])?;
    let expiry = match params
        .text("card[exp_month]")
        .or(params.text("card[exp_year]"))
    {
        Some(_) => Some(expiry(params, "card")?),
        None => None,
    };
    let method = known(desk, id)?;
    if method.customer().is_none() {
        return Err(ApiError::invalid(
            "You must save this PaymentMethod to a customer before you can update it.",
        ));
    }
    if let Some((month, year)) = expiry {
        (method.exp_month, method.exp_year) = (month, year);
    }
    describe(method, params, "");
    show(desk, id)
}

/// `POST /v1/payment_methods/:id/attach`.
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
    let id = resolve(desk, id)?;
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
    Ok(id)
}

/// `POST /v1/payment_methods/:id/detach`: for ever.
pub fn detach(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let method = known(desk, id)?;
    let Bond::Attached(customer) = method.bond.clone() else {
        return Err(ApiError::invalid(
            "The payment method you provided is not attached to a customer so detachment is impossible.",
        ));
    };
    method.bond = Bond::Spent;
    if let Some(customer) = desk.account().customers.get_mut(&customer) {
        customer.default_payment_method = customer
            .default_payment_method
            .take()
            .filter(|default| default != id);
    }
    show(desk, id)
}

/// `GET /v1/payment_methods?customer=…`.
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

/// `GET /v1/customers/:id/payment_methods`.
pub fn list_of(desk: &mut Desk<'_>, customer: &str) -> Result<Value, ApiError> {
    desk.params()
        .allow(&["type", "limit", "starting_after", "ending_before"])?;
    page(
        desk,
        customer,
        &format!("/v1/customers/{customer}/payment_methods"),
    )
}

/// `GET /v1/customers/:id/payment_methods/:id`.
pub fn retrieve_of(desk: &mut Desk<'_>, customer: &str, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
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

/// Makes a payment method from `card[…]` or `payment_method_data[card][…]`; returns its id.
pub fn make(desk: &mut Desk<'_>, under: &str) -> Result<String, ApiError> {
    let params = desk.params();
    let kind = params.need(&at(under, "type"))?;
    if kind != "card" {
        return Err(
            ApiError::invalid(&format!("The sandbox models cards only, not '{kind}'."))
                .param(&at(under, "type")),
        );
    }
    let card = at(under, "card");
    if let Some(token) = params.text(&format!("{card}[token]")) {
        let number =
            number_behind(token).ok_or_else(|| ApiError::missing("token", token, "card[token]"))?;
        return Ok(keep(desk, number, (12, next_year()), true, under)?);
    }
    let number = params.need(&format!("{card}[number]"))?;
    let digits: String = number.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let expiry = expiry(params, &card)?;
    let cvc = params.text(&format!("{card}[cvc]"));
    if cvc
        .is_some_and(|cvc| !matches!(cvc.len(), 3 | 4) || !cvc.bytes().all(|b| b.is_ascii_digit()))
    {
        return Err(ApiError::card(Decline::InvalidCvc));
    }
    keep(desk, &digits, expiry, cvc.is_some(), under)
}

/// The id itself, or a new method's for a ready-made id such as `pm_card_visa`.
pub fn resolve(desk: &mut Desk<'_>, id: &str) -> Result<String, ApiError> {
    match number_behind(id) {
        Some(number) => keep(desk, number, (12, next_year()), true, "payment_method_data"),
        None => known(desk, id).map(|method| method.id.clone()),
    }
}

/// The payment method `id`.
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

fn keep(
    desk: &mut Desk<'_>,
    number: &str,
    (exp_month, exp_year): (u8, u16),
    cvc_given: bool,
    under: &str,
) -> Result<String, ApiError> {
    let card = TestCard::find(number).map_err(ApiError::card)?;
    let params = desk.params();
    let account = desk.account();
    let id = account.mint.id("pm");
    let mut method = PaymentMethod {
        id: id.clone(),
        created: now(),
        card,
        exp_month,
        exp_year,
        cvc_given,
        fingerprint: account.mint.fingerprint(number),
        billing: serde_json::Map::new(),
        address: serde_json::Map::new(),
        metadata: serde_json::Map::new(),
        allow_redisplay: params
            .text(&at(under, "allow_redisplay"))
            .unwrap_or("unspecified")
            .to_owned(),
        bond: Bond::Free,
        set_up: false,
    };
    describe(&mut method, params, under);
    account.methods.put(&id, method);
    Ok(id)
}

fn describe(method: &mut PaymentMethod, params: &Params, under: &str) {
    let billing = at(under, "billing_details");
    merge(&mut method.billing, params.map(&billing));
    merge(
        &mut method.address,
        params.map(&format!("{billing}[address]")),
    );
    merge(&mut method.metadata, params.map(&at(under, "metadata")));
}

fn expiry(params: &Params, card: &str) -> Result<(u8, u16), ApiError> {
    let month = params.integer(&format!("{card}[exp_month]"))?;
    let year = params.integer(&format!("{card}[exp_year]"))?;
    let month = month
        .and_then(|month| u8::try_from(month).ok())
        .filter(|month| (1..=12).contains(month));
    let month = month.ok_or_else(|| ApiError::card(Decline::InvalidExpiryMonth))?;
    let year =
        year.and_then(|year| u16::try_from(if year < 100 { 2000 + year } else { year }).ok());
    let today = time::OffsetDateTime::now_utc();
    let this_year = u16::try_from(today.year()).unwrap_or(u16::MAX);
    let year = year.filter(|year| (this_year..this_year.saturating_add(50)).contains(year));
    let year = year.ok_or_else(|| ApiError::card(Decline::InvalidExpiryYear))?;
    if year == this_year && month < u8::from(today.month()) {
        return Err(ApiError::card(Decline::InvalidExpiryMonth));
    }
    Ok((month, year))
}

fn next_year() -> u16 {
    u16::try_from(time::OffsetDateTime::now_utc().year() + 1).unwrap_or(u16::MAX)
}

fn at(under: &str, name: &str) -> String {
    if under.is_empty() {
        name.to_owned()
    } else {
        format!("{under}[{name}]")
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

fn not_of_customer(id: &str) -> ApiError {
    ApiError::invalid(&format!(
        "The customer does not have a payment method with the ID {id}. The payment method must be attached to the customer."
    ))
    .code("resource_missing")
    .param("payment_method")
}
