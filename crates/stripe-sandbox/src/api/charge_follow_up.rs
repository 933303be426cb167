//! What happens after a captured charge of certain test cards: a dispute, an inquiry, or an early fraud warning. Called
//! when the charge is captured. Nothing happens after a charge of any other card.
//!
//! Source: <https://docs.stripe.com/testing>, "Simulate a dispute". It happens at once here, and after a moment at
//! Stripe.

use super::{RequestContext, charges};
use crate::card::follow_up::{DisputeReason, FollowUp};
use crate::error::ApiError;
use crate::object::dispute::{Dispute, DisputeStatus};
use crate::object::now;
use serde_json::{Map, Value, json};

/// Creates what `follow_up` says for the charge `id`, and records the events.
pub fn apply(ctx: &mut RequestContext<'_>, id: &str, follow_up: FollowUp) -> Result<(), ApiError> {
    match follow_up {
        FollowUp::Disputed(reason) => open_dispute(ctx, id, reason, DisputeStatus::NeedsResponse),
        FollowUp::DisputedTwice(reason) => {
            open_dispute(ctx, id, reason, DisputeStatus::NeedsResponse)?;
            open_dispute(ctx, id, reason, DisputeStatus::NeedsResponse)
        }
        FollowUp::Inquiry => open_dispute(
            ctx,
            id,
            DisputeReason::General,
            DisputeStatus::WarningNeedsResponse,
        ),
        FollowUp::EarlyFraudWarning => create_fraud_warning(ctx, id),
        FollowUp::Nothing | FollowUp::PendingRefund | FollowUp::FailedRefund => Ok(()),
    }
}

fn open_dispute(
    ctx: &mut RequestContext<'_>,
    charge: &str,
    reason: DisputeReason,
    status: DisputeStatus,
) -> Result<(), ApiError> {
    let id = ctx.account().ids.id("dp");
    let disputed = charges::find(ctx, charge)?;
    disputed.disputed = true;
    let brand = disputed.brand;
    let dispute = Dispute {
        id: id.clone(),
        created: now(),
        amount: disputed.amount_captured,
        currency: disputed.currency.clone(),
        charge: charge.to_owned(),
        payment_intent: disputed.payment_intent.clone(),
        brand,
        reason: reason.as_str(),
        status,
        evidence: Map::new(),
        submissions: 0,
        metadata: Map::new(),
    };
    let object = dispute.to_json();
    ctx.account().disputes.put(&id, dispute);
    ctx.record("charge.dispute.created", object.clone());
    if !status.is_inquiry() {
        ctx.record("charge.dispute.funds_withdrawn", object);
    }
    Ok(())
}

fn create_fraud_warning(ctx: &mut RequestContext<'_>, charge: &str) -> Result<(), ApiError> {
    let id = ctx.account().ids.id("issfr");
    let intent = charges::find(ctx, charge)?.payment_intent.clone();
    let warning: Value = json!({
        "id": id,
        "object": "radar.early_fraud_warning",
        "actionable": true,
        "charge": charge,
        "created": now(),
        "fraud_type": "misc",
        "livemode": false,
        "payment_intent": intent,
    });
    ctx.account().early_fraud_warnings.put(&id, warning.clone());
    ctx.record("radar.early_fraud_warning.created", warning);
    Ok(())
}
