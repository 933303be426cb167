//! Confirming a SetupIntent: the one place where a card's rule meets the status machine.

use super::setup_intents::{check_secret, given_method, known, requested, show, unexpected_state};
use super::{Desk, payment_methods};
use crate::card::Step;
use crate::decline::Decline;
use crate::error::ApiError;
use crate::object::payment_method::Bond;
use crate::object::setup_intent::SetupStatus;
use crate::trouble::IntentTrouble;
use serde_json::Value;

/// After so many refusals the intent is cancelled. Stripe says "too many" and no number.
const REFUSALS_MAX: u32 = 25;

/// `POST /v1/setup_intents/:id/confirm`.
pub fn confirm(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[
        "payment_method",
        "payment_method_data[*]",
        "payment_method_options[card][request_three_d_secure]",
        "payment_method_types[]",
        "mandate_data[*]",
        "return_url",
        "set_as_default_payment_method",
    ])?;
    check_secret(desk, id)?;
    if desk.intent_trouble == Some(IntentTrouble::WrongAccount) {
        return Err(ApiError::missing("setupintent", id, "intent"));
    }
    check_state(desk, id)?;
    let customer = known(desk, id)?.customer.clone();
    if let Some(method) = given_method(desk, customer.as_deref())? {
        known(desk, id)?.payment_method = Some(method);
    }
    if let Some(asked) = requested(desk) {
        known(desk, id)?.request_three_d_secure = asked.to_owned();
    }
    carry_out(desk, id)
}

/// Confirms with the method the intent has.
pub fn carry_out(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let Some(method) = known(desk, id)?.payment_method.clone() else {
        return Err(ApiError::invalid(
            "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a \
             payment method and then confirm it again.",
        )
        .code("setup_intent_unexpected_state"));
    };
    spoil(desk, id, &method)?;
    let attempt = desk.account().mint.id("setatt");
    let intent = known(desk, id)?;
    intent.latest_attempt = Some(attempt);
    if intent.status == SetupStatus::Processing {
        return show(desk, id);
    }
    let asked = matches!(intent.request_three_d_secure.as_str(), "any" | "challenge");
    let card = payment_methods::known(desk, &method)?.card;
    let step = match card.at_setup(asked) {
        Step::Challenge if desk.meets_frictionless() => card.after_setup_challenge(),
        step => step,
    };
    match step {
        Step::Pass => succeed(desk, id, &method)?,
        Step::Challenge => {
            let for_stripe_js = desk.params().flag("use_stripe_sdk")?;
            let challenge = desk.open_challenge(id, for_stripe_js);
            known(desk, id)?.status = SetupStatus::RequiresAction(challenge);
        }
        Step::Refuse(decline) => return Err(refuse(desk, id, &method, ApiError::card(decline))?),
    }
    show(desk, id)
}

/// The setup has worked: the card becomes the customer's.
pub fn succeed(desk: &mut Desk<'_>, id: &str, method: &str) -> Result<(), ApiError> {
    let intent = known(desk, id)?;
    intent.status = SetupStatus::Succeeded;
    intent.last_error = None;
    intent.payment_method = Some(method.to_owned());
    let customer = intent.customer.clone();
    let method = payment_methods::known(desk, method)?;
    method.set_up = true;
    if let (Bond::Free, Some(customer)) = (&method.bond, customer) {
        method.bond = Bond::Attached(customer);
    }
    Ok(())
}

/// The setup was refused: the intent waits for another card, and the error names both.
pub fn refuse(
    desk: &mut Desk<'_>,
    id: &str,
    method: &str,
    error: ApiError,
) -> Result<ApiError, ApiError> {
    let rights = desk.rights();
    let error = error.with(
        "payment_method",
        payment_methods::known(desk, method)?.to_json(rights),
    );
    let intent = known(desk, id)?;
    intent.refusals += 1;
    intent.payment_method = None;
    intent.last_error = Some(error.members());
    intent.status = SetupStatus::RequiresPaymentMethod;
    if intent.refusals >= REFUSALS_MAX {
        intent.status = SetupStatus::Canceled;
        intent.cancellation_reason = Some("abandoned".to_owned());
    }
    Ok(error.with("setup_intent", intent.to_json(rights)))
}

/// What a failed or closed challenge leaves behind.
#[must_use]
pub fn unauthenticated() -> ApiError {
    ApiError::invalid(
        "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    )
    .code("setup_intent_authentication_failure")
}

fn check_state(desk: &mut Desk<'_>, id: &str) -> Result<(), ApiError> {
    let rights = desk.rights();
    let intent = known(desk, id)?;
    match intent.status {
        SetupStatus::Succeeded | SetupStatus::Canceled | SetupStatus::Processing => {
            Err(unexpected_state(intent, rights, "confirm"))
        }
        _ => Ok(()),
    }
}

/// Acts out a fault: what has become of the intent while nobody looked.
fn spoil(desk: &mut Desk<'_>, id: &str, method: &str) -> Result<(), ApiError> {
    match desk.intent_trouble.take() {
        None | Some(IntentTrouble::WrongAccount) => return Ok(()),
        Some(IntentTrouble::Processing) => {
            known(desk, id)?.status = SetupStatus::Processing;
            return Ok(());
        }
        Some(IntentTrouble::Canceled) => known(desk, id)?.status = SetupStatus::Canceled,
        Some(IntentTrouble::Succeeded) => {
            match payment_methods::known(desk, method)?.card.at_attach() {
                Step::Pass | Step::Challenge => succeed(desk, id, method)?,
                Step::Refuse(_) => return Err(ApiError::card(Decline::Generic)),
            }
        }
    }
    check_state(desk, id)
}
