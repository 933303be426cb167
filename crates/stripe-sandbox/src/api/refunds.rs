//! `/v1/refunds`: gives back what was taken, whole or in part.

use super::{Desk, charges, payment_methods};
use crate::card::Later;
use crate::error::ApiError;
use crate::metadata;
use crate::money;
use crate::object::refund::RefundStatus;
use crate::object::{Refund, now};
use crate::span::Span;
use serde_json::Value;

pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
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
    let asked = params.integer("amount")?;
    let metadata = metadata::new(params)?;
    let id = match (params.text("charge"), params.text("payment_intent")) {
        (Some(charge), None) => charge.to_owned(),
        (None, Some(intent)) => super::payment_intents::known(desk, intent)?
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
        (Some(_), Some(_)) => return Err(ApiError::exclusive(&["charge", "payment_intent"])),
    };
    let refund_id = desk.account().mint.id("re");
    let held_back = desk
        .account()
        .disputes
        .all()
        .any(|dispute| dispute.charge == id && !dispute.status.is_inquiry());
    let method = charges::known(desk, &id)?.payment_method.clone();
    let (status, next) = match payment_methods::known(desk, &method)?.card.later {
        Later::RefundPends => (RefundStatus::Pending, Some(RefundStatus::Succeeded)),
        Later::RefundFails => (RefundStatus::Succeeded, Some(RefundStatus::Failed)),
        _ => (RefundStatus::Succeeded, None),
    };
    let charge = charges::known(desk, &id)?;
    if held_back {
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
    let amount = asked.unwrap_or(left);
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
    let (shown, charged) = (refund.to_json(), charge.to_json());
    desk.account().refunds.put(&refund_id, refund);
    desk.record("refund.created", shown.clone());
    desk.record("charge.refunded", charged);
    if next.is_some() {
        desk.settle_later(&refund_id);
    }
    Ok(shown)
}

pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    desk.account()
        .refunds
        .get(id)
        .map(Refund::to_json)
        .ok_or_else(|| ApiError::missing("refund", id, "id"))
}

pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
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
    let created = Span::read(params, "created")?;
    let fits = |refund: &Refund| {
        charge.is_none_or(|id| refund.charge == id)
            && intent.is_none_or(|id| refund.payment_intent == id)
            && created.holds(refund.created)
    };
    desk.account()
        .refunds
        .page(params, "/v1/refunds", fits, Refund::to_json)
}
