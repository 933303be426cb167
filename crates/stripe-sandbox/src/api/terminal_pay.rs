//! Charging a card that was presented at a reader, and the card for later that comes of it. Used by
//! `terminal_reader.rs`.

use super::payment_end::{Try, refuse, succeed};
use super::payment_intents::{known, show};
use super::{Desk, payment_methods};
use crate::card::{Circumstances, Step};
use crate::decline::Decline;
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::PaymentMethod;
use crate::object::charge::Authentication;
use crate::object::payment_method::Bond;
use serde_json::{Value, json};

/// Charges `card` for `intent`. `declined`: the bank refuses, whichever card it is.
pub fn charge(
    desk: &mut Desk<'_>,
    intent: &str,
    card: &str,
    declined: bool,
) -> Result<Value, ApiError> {
    let tried = Try {
        intent,
        method: card,
        authentication: Authentication::None,
    };
    let rule = payment_methods::known(desk, card)?.card;
    match rule.at_charge(Circumstances::default()) {
        _ if declined => Err(turn_away(desk, tried, Decline::Generic)?),
        Step::Refuse(decline) => Err(turn_away(desk, tried, decline)?),
        // Whoever holds the card has shown it: nobody is asked again.
        Step::Pass | Step::Challenge => {
            let generated = generate(desk, intent, card)?;
            succeed(desk, tried)?;
            if let Some(generated) = generated {
                trace(desk, intent, &generated)?;
            }
            show(desk, intent)
        }
    }
}

fn turn_away(desk: &mut Desk<'_>, tried: Try<'_>, decline: Decline) -> Result<ApiError, ApiError> {
    refuse(desk, tried, Some(decline), ApiError::card(decline))
}

/// Makes the card for later of the one presented, unless it was a telephone's. It is the customer's at
/// once when the intent says that it is to be used again.
fn generate(desk: &mut Desk<'_>, intent: &str, card: &str) -> Result<Option<String>, ApiError> {
    let intent = known(desk, intent)?.clone();
    let id = desk.account().mint.id("pm");
    let method = payment_methods::known(desk, card)?;
    let Some(presented) = method.presented.as_mut().filter(|p| p.wallet.is_none()) else {
        return Ok(None);
    };
    presented.generated = Some(id.clone());
    let bond = match intent.customer {
        Some(customer) if intent.setup_future_usage.is_some() => Bond::Attached(customer),
        _ => Bond::Free,
    };
    let made = PaymentMethod {
        id: id.clone(),
        bond,
        presented: None,
        ..method.clone()
    };
    desk.account().methods.put(&id, made);
    Ok(Some(id))
}

/// Writes down where the generated card comes from, and tells whose it is.
fn trace(desk: &mut Desk<'_>, intent: &str, generated: &str) -> Result<(), ApiError> {
    let charge = known(desk, intent)?.latest_charge.clone();
    let account = desk.account();
    let details = charge
        .as_ref()
        .and_then(|id| account.charges.get(id))
        .map(|charge| charge.details.clone());
    let method = payment_methods::known(desk, generated)?;
    method.generated_from = Some(json!({
        "charge": charge,
        "payment_method_details": details,
        "setup_attempt": null,
    }));
    if method.customer().is_some() {
        let shown = method.to_json(Rights::Secret);
        desk.record("payment_method.attached", shown);
    }
    Ok(())
}
