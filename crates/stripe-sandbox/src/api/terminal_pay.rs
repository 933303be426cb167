//! Charges a card that was presented at a reader, and generates the card for later payments. Called by
//! `terminal_reader.rs`.

use super::payment_intents::{find, object_of};
use super::payment_outcome::{ChargeAttempt, fail, succeed};
use super::{RequestContext, payment_methods};
use crate::card::{CardResult, ChargeConditions};
use crate::decline::Decline;
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::PaymentMethod;
use crate::object::charge::Authentication;
use crate::object::payment_method::Attachment;
use serde_json::{Value, json};

/// Charges the payment method `card` for `intent`. With `forced_decline` the bank declines the charge whichever
/// card it is.
pub fn charge(
    ctx: &mut RequestContext<'_>,
    intent: &str,
    card: &str,
    forced_decline: Option<Decline>,
) -> Result<Value, ApiError> {
    let attempt = ChargeAttempt {
        intent,
        method: card,
        authentication: Authentication::None,
    };
    let rule = payment_methods::find(ctx, card)?.card;
    let result = match forced_decline {
        Some(decline) => CardResult::Decline(decline),
        None => rule.at_charge(ChargeConditions::default()),
    };
    match result {
        CardResult::Decline(decline) => Err(decline_charge(ctx, attempt, decline)?),
        // The cardholder is present, so there is no 3D Secure challenge.
        CardResult::Pass | CardResult::Challenge => {
            let generated = generate(ctx, intent, card)?;
            succeed(ctx, attempt)?;
            if let Some(generated) = generated {
                set_generated_from(ctx, intent, &generated)?;
            }
            object_of(ctx, intent)
        }
    }
}

fn decline_charge(
    ctx: &mut RequestContext<'_>,
    attempt: ChargeAttempt<'_>,
    decline: Decline,
) -> Result<ApiError, ApiError> {
    fail(ctx, attempt, Some(decline), ApiError::card(decline))
}

/// Creates the generated card of the presented one, and attaches it to the customer when the intent has
/// `setup_future_usage`. `None` for a phone wallet, which has no card number that could be saved.
fn generate(
    ctx: &mut RequestContext<'_>,
    intent: &str,
    card: &str,
) -> Result<Option<String>, ApiError> {
    let intent = find(ctx, intent)?.clone();
    let id = ctx.account().ids.id("pm");
    let method = payment_methods::find(ctx, card)?;
    let Some(presented) = method.card_present.as_mut().filter(|p| p.wallet.is_none()) else {
        return Ok(None);
    };
    presented.generated = Some(id.clone());
    let attachment = match intent.customer {
        Some(customer) if intent.setup_future_usage.is_some() => Attachment::Attached(customer),
        _ => Attachment::Unattached,
    };
    let made = PaymentMethod {
        id: id.clone(),
        attachment,
        card_present: None,
        ..method.clone()
    };
    ctx.account().payment_methods.put(&id, made);
    Ok(Some(id))
}

/// Sets `generated_from` of the generated card, and records that it was attached.
fn set_generated_from(
    ctx: &mut RequestContext<'_>,
    intent: &str,
    generated: &str,
) -> Result<(), ApiError> {
    let charge = find(ctx, intent)?.latest_charge.clone();
    let account = ctx.account();
    let details = charge
        .as_ref()
        .and_then(|id| account.charges.get(id))
        .map(|charge| charge.details.clone());
    let method = payment_methods::find(ctx, generated)?;
    method.generated_from = Some(json!({
        "charge": charge,
        "payment_method_details": details,
        "setup_attempt": null,
    }));
    if method.customer().is_some() {
        let object = method.to_json(Rights::Secret);
        ctx.record("payment_method.attached", object);
    }
    Ok(())
}
