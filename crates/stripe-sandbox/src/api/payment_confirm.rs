//! Confirming a PaymentIntent: where a card's rule meets a charge.

use super::payment_intents::{check_secret, known, show, unexpected_state};
use super::setup_intents::{given_method, requested};
use super::{Desk, payment_methods};
use crate::card::{Circumstances, Step};
use crate::error::ApiError;
use crate::object::payment_intent::PaymentStatus;
use crate::object::payment_method::Bond;
use crate::trouble::IntentTrouble;
use serde_json::Value;

/// `POST /v1/payment_intents/:id/confirm`.
pub fn confirm(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[
        "capture_method",
        "error_on_requires_action",
        "mandate_data[*]",
        "off_session",
        "payment_method",
        "payment_method_data[*]",
        "payment_method_options[card][request_three_d_secure]",
        "payment_method_types[]",
        "receipt_email",
        "return_url",
        "setup_future_usage",
    ])?;
    check_secret(desk, id)?;
    if desk.intent_trouble == Some(IntentTrouble::WrongAccount) {
        return Err(ApiError::missing("payment_intent", id, "intent"));
    }
    check_state(desk, id)?;
    let customer = known(desk, id)?.customer.clone();
    if let Some(method) = given_method(desk, customer.as_deref())? {
        known(desk, id)?.payment_method = Some(method);
    }
    if let Some(asked) = requested(desk) {
        known(desk, id)?.request_three_d_secure = asked.to_owned();
    }
    if let Some(usage) = desk.params().text("setup_future_usage") {
        known(desk, id)?.setup_future_usage = Some(usage.to_owned());
    }
    carry_out(desk, id)
}

/// Confirms with the method the intent has.
pub fn carry_out(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let off_session = desk
        .params()
        .text("off_session")
        .is_some_and(|value| value != "false");
    let intent = known(desk, id)?;
    let requested = matches!(intent.request_three_d_secure.as_str(), "any" | "challenge");
    let Some(method) = intent.payment_method.clone() else {
        return Err(ApiError::invalid(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the \
             PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.",
        )
        .code("payment_intent_unexpected_state"));
    };
    let charge = desk.account().mint.id("ch");
    spoil(desk, id, &method, &charge)?;
    if known(desk, id)?.status == PaymentStatus::Processing {
        return show(desk, id);
    }
    let kept = payment_methods::known(desk, &method)?;
    let with = Circumstances {
        requested,
        off_session,
        set_up: kept.set_up,
    };
    let card = kept.card;
    let step = match card.at_charge(with) {
        Step::Challenge if desk.meets_frictionless() => card.after_charge_challenge(),
        step => step,
    };
    match step {
        Step::Pass => succeed(desk, id, &method, &charge)?,
        Step::Challenge => {
            let for_stripe_js = desk.params().flag("use_stripe_sdk")?;
            let challenge = desk.open_challenge(id, for_stripe_js);
            known(desk, id)?.status = PaymentStatus::RequiresAction(challenge);
        }
        Step::Refuse(decline) => {
            let error = ApiError::card(decline).with("charge", charge.as_str().into());
            known(desk, id)?.latest_charge = Some(charge);
            return Err(refuse(desk, id, &method, error)?);
        }
    }
    show(desk, id)
}

/// The charge has worked; the card is kept when the intent says so, and spent when nobody owns it.
pub fn succeed(desk: &mut Desk<'_>, id: &str, method: &str, charge: &str) -> Result<(), ApiError> {
    let intent = known(desk, id)?;
    intent.latest_charge = Some(charge.to_owned());
    intent.last_error = None;
    if intent.capture_method == "manual" {
        intent.status = PaymentStatus::RequiresCapture;
    } else {
        intent.status = PaymentStatus::Succeeded;
        intent.amount_received = intent.amount;
    }
    let (customer, keep) = (intent.customer.clone(), intent.setup_future_usage.is_some());
    let method = payment_methods::known(desk, method)?;
    match (&method.bond, customer) {
        (Bond::Free, Some(customer)) if keep => {
            method.bond = Bond::Attached(customer);
            method.set_up = true;
        }
        (Bond::Free, _) => method.bond = Bond::Spent,
        _ => {}
    }
    Ok(())
}

/// The charge was refused: the intent waits for another card, and the error names both.
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
    intent.payment_method = None;
    intent.last_error = Some(error.members());
    intent.status = PaymentStatus::RequiresPaymentMethod;
    Ok(error.with("payment_intent", intent.to_json(rights)))
}

/// What a failed or closed challenge leaves behind.
#[must_use]
pub fn unauthenticated() -> ApiError {
    ApiError::invalid(
        "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
    )
    .code("payment_intent_authentication_failure")
}

fn check_state(desk: &mut Desk<'_>, id: &str) -> Result<(), ApiError> {
    let rights = desk.rights();
    let intent = known(desk, id)?;
    match intent.status {
        PaymentStatus::RequiresPaymentMethod
        | PaymentStatus::RequiresConfirmation
        | PaymentStatus::RequiresAction(_) => Ok(()),
        _ => Err(unexpected_state(intent, rights, "confirm")),
    }
}

/// Acts out a fault: what has become of the intent while nobody looked.
fn spoil(desk: &mut Desk<'_>, id: &str, method: &str, charge: &str) -> Result<(), ApiError> {
    match desk.intent_trouble.take() {
        None | Some(IntentTrouble::WrongAccount) => return Ok(()),
        Some(IntentTrouble::Processing) => {
            known(desk, id)?.status = PaymentStatus::Processing;
            return Ok(());
        }
        Some(IntentTrouble::Canceled) => known(desk, id)?.status = PaymentStatus::Canceled,
        Some(IntentTrouble::Succeeded) => {
            match payment_methods::known(desk, method)?
                .card
                .at_charge(Circumstances::default())
            {
                Step::Pass | Step::Challenge => succeed(desk, id, method, charge)?,
                Step::Refuse(decline) => return Err(ApiError::card(decline)),
            }
        }
    }
    check_state(desk, id)
}
