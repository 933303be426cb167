//! Confirming a SetupIntent: the one place where a card's rule meets the status machine. How it ends is
//! `setup_end.rs`.

use super::intent_params::{check_return_url, given_method, requested};
use super::setup_end::{refuse, succeed};
use super::setup_intents::{announce, check_secret, known, show, unexpected_state};
use super::{Desk, payment_methods};
use crate::card::{Rule, Step};
use crate::decline::Decline;
use crate::error::ApiError;
use crate::object::setup_intent::SetupStatus;
use crate::switches::AlreadySetUp;
use crate::trouble::IntentTrouble;
use serde_json::Value;

pub fn confirm(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[
        "confirmation_token",
        "payment_method",
        "payment_method_data[*]",
        "payment_method_options[card][request_three_d_secure]",
        "mandate_data[*]",
        "return_url",
        "set_as_default_payment_method",
    ])?;
    if desk.intent_trouble == Some(IntentTrouble::WrongAccount) {
        return Err(ApiError::missing("setupintent", id, "intent"));
    }
    check_secret(desk, id)?;
    check_state(desk, id)?;
    let customer = known(desk, id)?.customer.clone();
    if let Some(method) = given_method(desk, customer.as_deref(), Some(id))? {
        known(desk, id)?.payment_method = Some(method);
    }
    if let Some(asked) = requested(desk)? {
        known(desk, id)?.request_three_d_secure = asked;
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
    let types = known(desk, id)?.types.clone();
    check_return_url(desk, &types, "SetupIntent")?;
    spoil(desk, id, &method)?;
    let attempt = desk.account().mint.id("setatt");
    let intent = known(desk, id)?;
    intent.latest_attempt = Some(attempt);
    if intent.status == SetupStatus::Processing {
        return show(desk, id);
    }
    let asked = matches!(intent.request_three_d_secure.as_str(), "any" | "challenge");
    match step(desk, &method, asked)? {
        Step::Pass => succeed(desk, id, &method)?,
        Step::Challenge => {
            let for_stripe_js = desk.params().flag("use_stripe_sdk")?;
            let challenge = desk.open_challenge(id, for_stripe_js);
            let expand = desk.expansions_for_later();
            let intent = known(desk, id)?;
            intent.status = SetupStatus::RequiresAction(challenge);
            intent.expand = expand;
            announce(desk, "setup_intent.requires_action", id)?;
        }
        Step::Refuse(decline) => return Err(refuse(desk, id, &method, ApiError::card(decline))?),
    }
    show(desk, id)
}

fn step(desk: &mut Desk<'_>, method: &str, asked: bool) -> Result<Step, ApiError> {
    let already = desk.switches().already_set_up;
    let card = payment_methods::known(desk, method)?.card;
    let step = match (card.rule, already) {
        (Rule::AlreadySetUp, AlreadySetUp::Challenged) => Step::Challenge,
        _ => card.at_setup(asked),
    };
    Ok(match step {
        Step::Challenge if desk.meets_frictionless() => card.after_setup_challenge(),
        step => step,
    })
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
        Some(IntentTrouble::Canceled) => {
            known(desk, id)?.status = SetupStatus::Canceled;
            announce(desk, "setup_intent.canceled", id)?;
        }
        Some(IntentTrouble::Succeeded) => {
            match payment_methods::known(desk, method)?.card.at_attach() {
                Step::Pass | Step::Challenge => succeed(desk, id, method)?,
                Step::Refuse(_) => return Err(ApiError::card(Decline::Generic)),
            }
        }
    }
    check_state(desk, id)
}
