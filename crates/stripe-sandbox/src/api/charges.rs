//! `/v1/charges`: retrieve, update and list. A charge is created by confirming a PaymentIntent, never here.

use super::RequestContext;
use crate::error::ApiError;
use crate::metadata;
use crate::object::Charge;
use crate::time_range::TimeRange;
use serde_json::Value;

pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    find(ctx, id).map(|charge| charge.to_json())
}

pub fn update(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&["description", "metadata[*]", "receipt_email"])?;
    let charge = find(ctx, id)?;
    let before = charge.to_json();
    charge.metadata = metadata::merged(&charge.metadata, params, "metadata")?;
    for (name, field) in [
        ("description", &mut charge.description),
        ("receipt_email", &mut charge.receipt_email),
    ] {
        if let Some(text) = params.raw(name) {
            *field = Some(text.to_owned()).filter(|text| !text.is_empty());
        }
    }
    let after = charge.to_json();
    ctx.record_change("charge.updated", &before, after.clone());
    Ok(after)
}

pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
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
    let created = TimeRange::parse(params, "created")?;
    let matches = |charge: &Charge| {
        customer.is_none_or(|id| charge.customer.as_deref() == Some(id))
            && intent.is_none_or(|id| charge.payment_intent == id)
            && created.contains(charge.created)
    };
    ctx.account()
        .charges
        .page(params, "/v1/charges", matches, Charge::to_json)
}

pub fn find<'d>(ctx: &'d mut RequestContext<'_>, id: &str) -> Result<&'d mut Charge, ApiError> {
    ctx.account()
        .charges
        .get_mut(id)
        .ok_or_else(|| ApiError::resource_missing("charge", id, "id"))
}
