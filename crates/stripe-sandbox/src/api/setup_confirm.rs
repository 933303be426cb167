//! Confirms a SetupIntent: applies the test card's rule to the setup. `setup_outcome.rs` records the result.
//! A final intent must never be confirmed again.

use super::intent_params::{check_return_url, given_method, requested};
use super::setup_intents::{check_secret, find, object_of, record_event, unexpected_state};
use super::setup_outcome::{fail, succeed};
use super::{RequestContext, payment_methods};
use crate::behaviour::AlreadySetUp;
use crate::card::{CardResult, Rule, ThreeDSecureRequest};
use crate::decline::Decline;
use crate::error::ApiError;
use crate::faults::IntentEffect;
use crate::object::setup_intent::SetupStatus;
use serde_json::Value;

pub fn confirm(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[
        "confirmation_token",
        "payment_method",
        "payment_method_data[*]",
        "payment_method_options[card][request_three_d_secure]",
        "mandate_data[*]",
        "return_url",
        "set_as_default_payment_method",
    ])?;
    if ctx.intent_effect == Some(IntentEffect::WrongAccount) {
        return Err(ApiError::resource_missing("setupintent", id, "intent"));
    }
    check_secret(ctx, id)?;
    check_state(ctx, id)?;
    let customer = find(ctx, id)?.customer.clone();
    if let Some(method) = given_method(ctx, customer.as_deref(), Some(id))? {
        find(ctx, id)?.payment_method = Some(method);
    }
    if let Some(requested) = requested(ctx)? {
        find(ctx, id)?.request_three_d_secure = requested;
    }
    confirm_stored(ctx, id)
}

/// Confirms the intent with its own payment method.
pub fn confirm_stored(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let Some(method) = find(ctx, id)?.payment_method.clone() else {
        return Err(ApiError::invalid(
            "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a \
             payment method and then confirm it again.",
        )
        .code("setup_intent_unexpected_state"));
    };
    let types = find(ctx, id)?.types.clone();
    check_return_url(ctx, &types, "SetupIntent")?;
    apply_intent_effect(ctx, id, &method)?;
    let attempt = ctx.account().ids.id("setatt");
    let intent = find(ctx, id)?;
    intent.latest_attempt = Some(attempt);
    if intent.status == SetupStatus::Processing {
        return object_of(ctx, id);
    }
    let three_d_secure = ThreeDSecureRequest::of(&intent.request_three_d_secure);
    match card_result(ctx, &method, three_d_secure)? {
        CardResult::Pass => succeed(ctx, id, &method)?,
        CardResult::Challenge => {
            let challenge = ctx.open_challenge(id)?;
            let expand = ctx.expand_after_challenge_paths();
            let intent = find(ctx, id)?;
            intent.status = SetupStatus::RequiresAction(challenge);
            intent.expand = expand;
            record_event(ctx, "setup_intent.requires_action", id)?;
        }
        CardResult::Decline(decline) => {
            return Err(fail(ctx, id, &method, ApiError::card(decline))?);
        }
    }
    object_of(ctx, id)
}

fn card_result(
    ctx: &mut RequestContext<'_>,
    method: &str,
    three_d_secure: ThreeDSecureRequest,
) -> Result<CardResult, ApiError> {
    let behaviour = ctx.behaviour().already_set_up;
    let card = payment_methods::find(ctx, method)?.card;
    let result = match (card.rule, behaviour) {
        (Rule::AlreadySetUp, AlreadySetUp::Challenged) => CardResult::Challenge,
        _ => card.at_setup(three_d_secure),
    };
    Ok(match result {
        CardResult::Challenge if ctx.fault_skips_challenge() => card.after_setup_challenge(),
        result => result,
    })
}

fn check_state(ctx: &mut RequestContext<'_>, id: &str) -> Result<(), ApiError> {
    let rights = ctx.rights();
    let intent = find(ctx, id)?;
    match intent.status {
        SetupStatus::Succeeded | SetupStatus::Canceled | SetupStatus::Processing => {
            Err(unexpected_state(intent, rights, "confirm"))
        }
        _ => Ok(()),
    }
}

/// Applies a fault: brings the intent into another state before it is confirmed.
fn apply_intent_effect(
    ctx: &mut RequestContext<'_>,
    id: &str,
    method: &str,
) -> Result<(), ApiError> {
    match ctx.intent_effect.take() {
        None | Some(IntentEffect::WrongAccount) => return Ok(()),
        Some(IntentEffect::Processing) => {
            find(ctx, id)?.status = SetupStatus::Processing;
            return Ok(());
        }
        Some(IntentEffect::Canceled) => {
            find(ctx, id)?.status = SetupStatus::Canceled;
            record_event(ctx, "setup_intent.canceled", id)?;
        }
        Some(IntentEffect::Succeeded) => {
            match payment_methods::find(ctx, method)?.card.at_attach() {
                CardResult::Pass | CardResult::Challenge => succeed(ctx, id, method)?,
                CardResult::Decline(_) => return Err(ApiError::card(Decline::Generic)),
            }
        }
    }
    check_state(ctx, id)
}
