//! `/v1/charges`: read only, for a charge comes of an intent.

use super::Desk;
use crate::error::ApiError;
use crate::metadata;
use crate::object::Charge;
use crate::span::Span;
use serde_json::Value;

pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    known(desk, id).map(|charge| charge.to_json())
}

pub fn update(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["description", "metadata[*]", "receipt_email"])?;
    let charge = known(desk, id)?;
    let before = charge.to_json();
    charge.metadata = metadata::written(&charge.metadata, params, "metadata")?;
    for (name, place) in [
        ("description", &mut charge.description),
        ("receipt_email", &mut charge.receipt_email),
    ] {
        if let Some(text) = params.raw(name) {
            *place = Some(text.to_owned()).filter(|text| !text.is_empty());
        }
    }
    let after = charge.to_json();
    desk.record_change("charge.updated", &before, after.clone());
    Ok(after)
}

pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "customer",
        "payment_intent",
        "limit",
        "starting_after",
        "ending_before",
        "created",
        "created[*]",
    ])?;
    let (customer, intent) = (params.text("customer"), params.text("payment_intent"));
    let created = Span::read(params, "created")?;
    let fits = |charge: &Charge| {
        customer.is_none_or(|id| charge.customer.as_deref() == Some(id))
            && intent.is_none_or(|id| charge.payment_intent == id)
            && created.holds(charge.created)
    };
    desk.account()
        .charges
        .page(params, "/v1/charges", fits, Charge::to_json)
}

pub fn known<'d>(desk: &'d mut Desk<'_>, id: &str) -> Result<&'d mut Charge, ApiError> {
    desk.account()
        .charges
        .get_mut(id)
        .ok_or_else(|| ApiError::missing("charge", id, "id"))
}
