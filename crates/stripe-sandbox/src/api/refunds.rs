//! `/v1/refunds`: create, retrieve and list. A charge is refunded in whole or in part.
//! It must never refund more than the captured amount.

use super::{RequestContext, charges, payment_methods};
use crate::card::FollowUp;
use crate::error::ApiError;
use crate::metadata;
use crate::money;
use crate::object::refund::RefundStatus;
use crate::object::{Refund, now};
use crate::time_range::TimeRange;
use serde_json::Value;

pub fn create(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "amount",
        "charge",
        "payment_intent",
        "reason",
        "metadata[*]",
    ])?;
    let reason = params.choice(
        "reason",
        &["duplicate", "fraudulent", "requested_by_customer"],
    )?;
    let requested_amount = params.integer("amount")?;
    let metadata = metadata::new(params)?;
    let id = match (params.text("charge"), params.text("payment_intent")) {
        (Some(charge), None) => charge.to_owned(),
        (None, Some(intent)) => super::payment_intents::find(ctx, intent)?
            .latest_charge
            .clone()
            .ok_or_else(|| {
                ApiError::invalid(&format!(
                    "This PaymentIntent ({intent}) does not have a successful charge to refund."
                ))
                .param("payment_intent")
            })?,
        (None, None) => {
            return Err(ApiError::invalid(
                "One of the following params should be provided for this request: payment_intent or charge.",
            ));
        }
        (Some(_), Some(_)) => {
            return Err(ApiError::parameters_exclusive(&[
                "charge",
                "payment_intent",
            ]));
        }
    };
    let refund_id = ctx.account().ids.id("re");
    let is_disputed = ctx
        .account()
        .disputes
        .all()
        .any(|dispute| dispute.charge == id && !dispute.status.is_inquiry());
    let method = charges::find(ctx, &id)?.payment_method.clone();
    let (status, next) = match payment_methods::find(ctx, &method)?.card.follow_up {
        FollowUp::PendingRefund => (RefundStatus::Pending, Some(RefundStatus::Succeeded)),
        FollowUp::FailedRefund => (RefundStatus::Succeeded, Some(RefundStatus::Failed)),
        _ => (RefundStatus::Succeeded, None),
    };
    let charge = charges::find(ctx, &id)?;
    if is_disputed {
        return Err(ApiError::invalid(&format!(
            "Charge {id} has been charged back; cannot issue a refund."
        ))
        .code("charge_disputed"));
    }
    if charge.failure.is_some() || !charge.captured {
        return Err(ApiError::invalid(&format!(
            "Charge {id} cannot be refunded: no money was taken."
        ))
        .code("charge_not_refundable"));
    }
    let left = charge.amount.saturating_sub(charge.amount_refunded);
    if left == 0 {
        return Err(
            ApiError::invalid(&format!("Charge {id} has already been refunded."))
                .code("charge_already_refunded"),
        );
    }
    let amount = requested_amount.unwrap_or(left);
    money::part(amount, &charge.currency, "amount")?;
    if amount == 0 || amount > left {
        return Err(ApiError::invalid(&format!(
            "Refund amount ({amount}) is greater than unrefunded amount on charge ({left})."
        ))
        .param("amount"));
    }
    charge.amount_refunded += amount;
    let refund = Refund {
        id: refund_id.clone(),
        created: now(),
        amount,
        currency: charge.currency.clone(),
        charge: id,
        payment_intent: charge.payment_intent.clone(),
        payment_method: charge.payment_method.clone(),
        customer: charge.customer.clone(),
        reason,
        status,
        next,
        metadata,
    };
    let (object, charged) = (refund.to_json(), charge.to_json());
    ctx.account().refunds.put(&refund_id, refund);
    ctx.record("refund.created", object.clone());
    ctx.record("charge.refunded", charged);
    if next.is_some() {
        ctx.schedule_refund(&refund_id);
    }
    Ok(object)
}

pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    ctx.account()
        .refunds
        .get(id)
        .map(Refund::to_json)
        .ok_or_else(|| ApiError::resource_missing("refund", id, "id"))
}

pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "charge",
        "payment_intent",
        "limit",
        "starting_after",
        "ending_before",
        "created",
        "created[*]",
    ])?;
    let (charge, intent) = (params.text("charge"), params.text("payment_intent"));
    let created = TimeRange::parse(params, "created")?;
    let matches = |refund: &Refund| {
        charge.is_none_or(|id| refund.charge == id)
            && intent.is_none_or(|id| refund.payment_intent == id)
            && created.contains(refund.created)
    };
    ctx.account()
        .refunds
        .page(params, "/v1/refunds", matches, Refund::to_json)
}
