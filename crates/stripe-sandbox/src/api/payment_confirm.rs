//! Confirms a PaymentIntent: applies the test card's rule to the charge. `payment_outcome.rs` records the result.
//! A final intent must never be confirmed again.

use super::intent_params::{check_return_url, given_method, requested};
use super::payment_intents::{
    check_secret, find, is_open, object_of, record_event, unexpected_state,
};
use super::payment_outcome::{ChargeAttempt, fail, succeed};
use super::payment_params::{off_session, shipping};
use super::{RequestContext, confirmation_tokens, payment_methods};
use crate::card::{CardResult, ChargeConditions, Rule, ThreeDSecureRequest};
use crate::error::ApiError;
use crate::faults::IntentEffect;
use crate::key::Rights;
use crate::object::charge::Authentication;
use crate::object::payment_intent::PaymentStatus;
use serde_json::Value;

pub fn confirm(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "capture_method",
        "confirmation_token",
        "error_on_requires_action",
        "mandate_data[*]",
        "off_session",
        "payment_method",
        "payment_method_data[*]",
        "payment_method_options[card][request_three_d_secure]",
        "receipt_email",
        "return_url",
        "setup_future_usage",
        "shipping[*]",
    ])?;
    if ctx.intent_effect == Some(IntentEffect::WrongAccount) {
        return Err(ApiError::resource_missing("payment_intent", id, "intent"));
    }
    let future = params.choice("setup_future_usage", &["off_session", "on_session"])?;
    let capture = params.choice(
        "capture_method",
        &["automatic", "automatic_async", "manual"],
    )?;
    let shipping = shipping(params)?;
    let requested = requested(ctx)?;
    check_secret(ctx, id)?;
    check_state(ctx, id)?;
    if ctx.rights() == Rights::Publishable && find(ctx, id)?.confirmation_method == "manual" {
        return Err(ApiError::invalid(
            "This PaymentIntent cannot be confirmed using a publishable key because its `confirmation_method` is set to \
             `manual`. Please use a secret key instead, or create a PaymentIntent with `confirmation_method` set to \
             `automatic`.",
        )
        .code("payment_intent_unexpected_state"));
    }
    let customer = find(ctx, id)?.customer.clone();
    let method = given_method(ctx, customer.as_deref(), Some(id))?;
    let intent = find(ctx, id)?;
    intent.payment_method = method.or(intent.payment_method.take());
    intent.setup_future_usage = future.or(intent.setup_future_usage.take());
    if let Some(requested) = requested {
        intent.request_three_d_secure = requested;
    }
    if let Some(capture) = capture {
        intent.capture_method = capture;
    }
    if let Some(email) = params.text("receipt_email") {
        intent.receipt_email = Some(email.to_owned());
    }
    if !shipping.is_null() {
        intent.shipping = shipping;
    }
    confirm_stored(ctx, id)
}

/// Confirms the intent with its own payment method.
pub fn confirm_stored(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let off_session = off_session(ctx.params())?;
    if let Some(token) = ctx.params().text("confirmation_token") {
        let token = confirmation_tokens::find(ctx, token)?.clone();
        let intent = find(ctx, id)?;
        intent.setup_future_usage = intent
            .setup_future_usage
            .take()
            .or(token.setup_future_usage);
        if intent.shipping.is_null() {
            intent.shipping = token.shipping;
        }
    }
    let intent = find(ctx, id)?;
    let three_d_secure = ThreeDSecureRequest::of(&intent.request_three_d_secure);
    let authenticated_method = intent.authenticated.take();
    let Some(method) = intent.payment_method.clone() else {
        return Err(ApiError::invalid(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the \
             PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment \
             method or ConfirmationToken.",
        )
        .code("payment_intent_unexpected_state"));
    };
    let types = intent.types.clone();
    check_return_url(ctx, &types, "PaymentIntent")?;
    apply_intent_effect(ctx, id, &method)?;
    if find(ctx, id)?.status == PaymentStatus::Processing {
        record_event(ctx, "payment_intent.processing", id)?;
        return object_of(ctx, id);
    }
    let rules = ctx.behaviour().radar;
    let stored = payment_methods::find(ctx, &method)?;
    let (card, set_up) = (stored.card, stored.set_up);
    let conditions = ChargeConditions {
        three_d_secure,
        off_session,
        set_up,
        blocked: card.blocked(&rules, stored.check_inputs()),
    };
    let (result, authentication) = match card.at_charge(conditions) {
        CardResult::Pass if card.rule == Rule::Frictionless => {
            (CardResult::Pass, Authentication::Frictionless)
        }
        CardResult::Pass if card.challenged_by(&rules) && !off_session => {
            match authenticated_method.as_deref() == Some(&method) {
                true => (CardResult::Pass, Authentication::Challenge),
                false => (CardResult::Challenge, Authentication::None),
            }
        }
        CardResult::Challenge if authenticated_method.as_deref() == Some(&method) => {
            (card.after_charge_challenge(), Authentication::Challenge)
        }
        CardResult::Challenge if ctx.fault_skips_challenge() => {
            (card.after_charge_challenge(), Authentication::Frictionless)
        }
        result => (result, Authentication::None),
    };
    let attempt = ChargeAttempt {
        intent: id,
        method: &method,
        authentication,
    };
    match result {
        CardResult::Pass => succeed(ctx, attempt)?,
        CardResult::Challenge => challenge(ctx, id, &method)?,
        CardResult::Decline(decline) => {
            let error = ApiError::card(decline);
            return Err(fail(ctx, attempt, Some(decline), error)?);
        }
    }
    object_of(ctx, id)
}

fn challenge(ctx: &mut RequestContext<'_>, id: &str, method: &str) -> Result<(), ApiError> {
    if ctx.params().boolean("error_on_requires_action")? {
        let error = ApiError::action_required();
        let attempt = ChargeAttempt {
            intent: id,
            method,
            authentication: Authentication::None,
        };
        return Err(fail(ctx, attempt, None, error)?);
    }
    let challenge = ctx.open_challenge(id)?;
    let expand = ctx.expand_after_challenge_paths();
    let intent = find(ctx, id)?;
    intent.status = PaymentStatus::RequiresAction(challenge);
    intent.expand = expand;
    record_event(ctx, "payment_intent.requires_action", id)
}

fn check_state(ctx: &mut RequestContext<'_>, id: &str) -> Result<(), ApiError> {
    let rights = ctx.rights();
    let intent = find(ctx, id)?;
    match is_open(&intent.status) {
        true => Ok(()),
        false => Err(unexpected_state(intent, rights, "confirmed")),
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
            find(ctx, id)?.status = PaymentStatus::Processing;
            return Ok(());
        }
        Some(IntentEffect::Canceled) => {
            find(ctx, id)?.status = PaymentStatus::Canceled;
            record_event(ctx, "payment_intent.canceled", id)?;
        }
        Some(IntentEffect::Succeeded) => {
            let attempt = ChargeAttempt {
                intent: id,
                method,
                authentication: Authentication::None,
            };
            let card = payment_methods::find(ctx, method)?.card;
            match card.at_charge(ChargeConditions::default()) {
                CardResult::Pass | CardResult::Challenge => succeed(ctx, attempt)?,
                CardResult::Decline(decline) => return Err(ApiError::card(decline)),
            }
        }
    }
    check_state(ctx, id)
}
