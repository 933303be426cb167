//! Confirming a PaymentIntent: where a card's rule meets a charge. How it ends is `payment_end.rs`.

use super::intent_params::{check_return_url, given_method, requested};
use super::payment_end::{Try, refuse, succeed};
use super::payment_intents::{announce, check_secret, is_open, known, show, unexpected_state};
use super::payment_params::{off_session, shipping};
use super::{Desk, confirmation_tokens, payment_methods};
use crate::card::{Circumstances, Rule, Step};
use crate::error::ApiError;
use crate::key::Rights;
use crate::object::charge::Authentication;
use crate::object::payment_intent::PaymentStatus;
use crate::trouble::IntentTrouble;
use serde_json::Value;

pub fn confirm(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
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
    if desk.intent_trouble == Some(IntentTrouble::WrongAccount) {
        return Err(ApiError::missing("payment_intent", id, "intent"));
    }
    let future = params.choice("setup_future_usage", &["off_session", "on_session"])?;
    let capture = params.choice(
        "capture_method",
        &["automatic", "automatic_async", "manual"],
    )?;
    let shipping = shipping(params)?;
    let requested = requested(desk)?;
    check_secret(desk, id)?;
    check_state(desk, id)?;
    if desk.rights() == Rights::Publishable && known(desk, id)?.confirmation_method == "manual" {
        return Err(ApiError::invalid(
            "This PaymentIntent cannot be confirmed using a publishable key because its `confirmation_method` is set to \
             `manual`. Please use a secret key instead, or create a PaymentIntent with `confirmation_method` set to \
             `automatic`.",
        )
        .code("payment_intent_unexpected_state"));
    }
    let customer = known(desk, id)?.customer.clone();
    let method = given_method(desk, customer.as_deref(), Some(id))?;
    let intent = known(desk, id)?;
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
    carry_out(desk, id)
}

/// Confirms with the method the intent has.
pub fn carry_out(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let off_session = off_session(desk.params())?;
    if let Some(token) = desk.params().text("confirmation_token") {
        let token = confirmation_tokens::known(desk, token)?.clone();
        let intent = known(desk, id)?;
        intent.setup_future_usage = intent
            .setup_future_usage
            .take()
            .or(token.setup_future_usage);
        if intent.shipping.is_null() {
            intent.shipping = token.shipping;
        }
    }
    let intent = known(desk, id)?;
    let asked = matches!(intent.request_three_d_secure.as_str(), "any" | "challenge");
    let answered = intent.authenticated.take();
    let Some(method) = intent.payment_method.clone() else {
        return Err(ApiError::invalid(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the \
             PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment \
             method or ConfirmationToken.",
        )
        .code("payment_intent_unexpected_state"));
    };
    let types = intent.types.clone();
    check_return_url(desk, &types, "PaymentIntent")?;
    spoil(desk, id, &method)?;
    if known(desk, id)?.status == PaymentStatus::Processing {
        announce(desk, "payment_intent.processing", id)?;
        return show(desk, id);
    }
    let rules = desk.switches().radar;
    let kept = payment_methods::known(desk, &method)?;
    let (card, set_up) = (kept.card, kept.set_up);
    let with = Circumstances {
        requested: asked,
        off_session,
        set_up,
        blocked: card.blocked(&rules, kept.entered()),
    };
    let (step, authentication) = match card.at_charge(with) {
        Step::Pass if card.rule == Rule::Frictionless => (Step::Pass, Authentication::Frictionless),
        Step::Pass if card.challenged_by(&rules) && !off_session => {
            match answered.as_deref() == Some(&method) {
                true => (Step::Pass, Authentication::Challenge),
                false => (Step::Challenge, Authentication::None),
            }
        }
        Step::Challenge if answered.as_deref() == Some(&method) => {
            (card.after_charge_challenge(), Authentication::Challenge)
        }
        Step::Challenge if desk.meets_frictionless() => {
            (card.after_charge_challenge(), Authentication::Frictionless)
        }
        step => (step, Authentication::None),
    };
    let tried = Try {
        intent: id,
        method: &method,
        authentication,
    };
    match step {
        Step::Pass => succeed(desk, tried)?,
        Step::Challenge => challenge(desk, id, &method)?,
        Step::Refuse(decline) => {
            let error = ApiError::card(decline);
            return Err(refuse(desk, tried, Some(decline), error)?);
        }
    }
    show(desk, id)
}

fn challenge(desk: &mut Desk<'_>, id: &str, method: &str) -> Result<(), ApiError> {
    if desk.params().flag("error_on_requires_action")? {
        let error = ApiError::action_required();
        let tried = Try {
            intent: id,
            method,
            authentication: Authentication::None,
        };
        return Err(refuse(desk, tried, None, error)?);
    }
    let for_stripe_js = desk.params().flag("use_stripe_sdk")?;
    let challenge = desk.open_challenge(id, for_stripe_js);
    let expand = desk.expansions_for_later();
    let intent = known(desk, id)?;
    intent.status = PaymentStatus::RequiresAction(challenge);
    intent.expand = expand;
    announce(desk, "payment_intent.requires_action", id)
}

fn check_state(desk: &mut Desk<'_>, id: &str) -> Result<(), ApiError> {
    let rights = desk.rights();
    let intent = known(desk, id)?;
    match is_open(&intent.status) {
        true => Ok(()),
        false => Err(unexpected_state(intent, rights, "confirmed")),
    }
}

/// Acts out a fault: what has become of the intent while nobody looked.
fn spoil(desk: &mut Desk<'_>, id: &str, method: &str) -> Result<(), ApiError> {
    match desk.intent_trouble.take() {
        None | Some(IntentTrouble::WrongAccount) => return Ok(()),
        Some(IntentTrouble::Processing) => {
            known(desk, id)?.status = PaymentStatus::Processing;
            return Ok(());
        }
        Some(IntentTrouble::Canceled) => {
            known(desk, id)?.status = PaymentStatus::Canceled;
            announce(desk, "payment_intent.canceled", id)?;
        }
        Some(IntentTrouble::Succeeded) => {
            let tried = Try {
                intent: id,
                method,
                authentication: Authentication::None,
            };
            let card = payment_methods::known(desk, method)?.card;
            match card.at_charge(Circumstances::default()) {
                Step::Pass | Step::Challenge => succeed(desk, tried)?,
                Step::Refuse(decline) => return Err(ApiError::card(decline)),
            }
        }
    }
    check_state(desk, id)
}
