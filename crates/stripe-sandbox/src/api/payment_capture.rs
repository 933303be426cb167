//! Captures or cancels a PaymentIntent.
//! It must never capture more than the authorized amount.

use super::payment_intents::{find, object_of, record_event, unexpected_state};
use super::{RequestContext, charge_follow_up, charges, payment_methods};
use crate::error::ApiError;
use crate::key::Rights;
use crate::metadata;
use crate::money;
use crate::object::now;
use crate::object::payment_intent::PaymentStatus;
use serde_json::Value;

/// `POST /v1/payment_intents/:id/capture`, possible once. The amount that is not captured is released.
pub fn capture(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "amount_to_capture",
        "final_capture",
        "metadata[*]",
        "statement_descriptor_suffix",
    ])?;
    if params.text("final_capture").is_some() && !params.boolean("final_capture")? {
        return Err(ApiError::invalid(
            "This PaymentIntent does not support capturing more than once: multicapture is not available for it.",
        )
        .param("final_capture"));
    }
    let amount = params.integer("amount_to_capture")?;
    let intent = find(ctx, id)?;
    let metadata = metadata::merged(&intent.metadata, params, "metadata")?;
    if intent.status != PaymentStatus::RequiresCapture {
        return Err(unexpected_state(intent, Rights::Secret, "captured"));
    }
    let amount = amount.unwrap_or(intent.amount);
    if amount == 0 {
        return Err(ApiError::bad_value(
            "parameter_invalid_integer",
            "amount_to_capture",
            "This value must be greater than or equal to 1.",
        ));
    }
    money::part(amount, &intent.currency, "amount_to_capture")?;
    if amount > intent.amount {
        return Err(ApiError::bad_value(
            "amount_too_large",
            "amount_to_capture",
            "The amount to capture must be no more than the amount authorised.",
        ));
    }
    intent.amount_received = amount;
    intent.status = PaymentStatus::Succeeded;
    intent.metadata = metadata;
    let charge = intent.latest_charge.clone().unwrap_or_default();
    if let Ok(charge) = charges::find(ctx, &charge) {
        charge.captured = true;
        charge.amount_captured = amount;
        charge.amount_refunded = charge.amount.saturating_sub(amount);
        let object = charge.to_json();
        ctx.record("charge.captured", object);
    }
    record_event(ctx, "payment_intent.succeeded", id)?;
    let method = find(ctx, id)?.payment_method.clone().unwrap_or_default();
    let follow_up = payment_methods::find(ctx, &method)?.card.follow_up;
    charge_follow_up::apply(ctx, &charge, follow_up)?;
    object_of(ctx, id)
}

/// `POST /v1/payment_intents/:id/cancel`: an authorized amount is released.
pub fn cancel(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&["cancellation_reason"])?;
    let reasons = [
        "duplicate",
        "fraudulent",
        "requested_by_customer",
        "abandoned",
    ];
    let reason = params.choice("cancellation_reason", &reasons)?;
    let intent = find(ctx, id)?;
    if matches!(
        intent.status,
        PaymentStatus::Succeeded | PaymentStatus::Canceled | PaymentStatus::Processing
    ) {
        return Err(unexpected_state(intent, Rights::Secret, "canceled"));
    }
    let was_authorized = intent.status == PaymentStatus::RequiresCapture;
    intent.status = PaymentStatus::Canceled;
    intent.canceled_at = Some(now());
    intent.cancellation_reason = reason;
    let charge = intent.latest_charge.clone().unwrap_or_default();
    if let (true, Ok(charge)) = (was_authorized, charges::find(ctx, &charge)) {
        charge.amount_refunded = charge.amount;
        let object = charge.to_json();
        ctx.record("charge.refunded", object);
    }
    record_event(ctx, "payment_intent.canceled", id)?;
    object_of(ctx, id)
}
