//! What follows a charge of a card that is published for it: disputes, an inquiry, a warning of fraud. Called when the money
//! has been taken. With every other card nothing follows.
//!
//! Source: <https://docs.stripe.com/testing>, "Simulate a dispute". It happens at once here, and after a moment at Stripe.

use super::{Desk, charges};
use crate::card::later::{Later, Reason};
use crate::error::ApiError;
use crate::object::dispute::{Dispute, DisputeStatus};
use crate::object::now;
use serde_json::{Map, Value, json};

/// Acts out what follows the charge `id` of a card that has `later` in store, and records it.
pub fn follow(desk: &mut Desk<'_>, id: &str, later: Later) -> Result<(), ApiError> {
    match later {
        Later::Disputed(reason) => open(desk, id, reason, DisputeStatus::NeedsResponse),
        Later::DisputedTwice(reason) => {
            open(desk, id, reason, DisputeStatus::NeedsResponse)?;
            open(desk, id, reason, DisputeStatus::NeedsResponse)
        }
        Later::Inquired => open(
            desk,
            id,
            Reason::General,
            DisputeStatus::WarningNeedsResponse,
        ),
        Later::FraudWarning => warn(desk, id),
        Later::Nothing | Later::RefundPends | Later::RefundFails => Ok(()),
    }
}

fn open(
    desk: &mut Desk<'_>,
    charge: &str,
    reason: Reason,
    status: DisputeStatus,
) -> Result<(), ApiError> {
    let id = desk.account().mint.id("dp");
    let of = charges::known(desk, charge)?;
    of.disputed = true;
    let brand = of.brand;
    let dispute = Dispute {
        id: id.clone(),
        created: now(),
        amount: of.amount_captured,
        currency: of.currency.clone(),
        charge: charge.to_owned(),
        payment_intent: of.payment_intent.clone(),
        brand,
        reason: reason.as_str(),
        status,
        evidence: Map::new(),
        submissions: 0,
        metadata: Map::new(),
    };
    let shown = dispute.to_json();
    desk.account().disputes.put(&id, dispute);
    desk.record("charge.dispute.created", shown.clone());
    if !status.is_inquiry() {
        desk.record("charge.dispute.funds_withdrawn", shown);
    }
    Ok(())
}

fn warn(desk: &mut Desk<'_>, charge: &str) -> Result<(), ApiError> {
    let id = desk.account().mint.id("issfr");
    let intent = charges::known(desk, charge)?.payment_intent.clone();
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
    desk.account().fraud_warnings.put(&id, warning.clone());
    desk.record("radar.early_fraud_warning.created", warning);
    Ok(())
}
