//! Confirms the intent with Stripe, and retrieves it when the outcome is unknown.
//!
//! Called by the save once there is a payment method. The Braintree build does not contain it: a nonce needs no intent.

use card_entry_protocol::card::PaymentMethodId;
use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::message::IntentResult;
use card_entry_protocol::secret::{ClientSecret, IntentKind};

use super::CALL_TIMEOUT_MS;
use crate::challenge::ChallengeWatcher;
use crate::clock::{now_ms, sleep, timeout};
use crate::error::SaveError;
use crate::form::Form;
use crate::phase::{SaveGuard, SaveStage};
use crate::stripe::StripeError;
use crate::stripe::answer::{StripeIntent, can_be_confirmed};

/// An intent that is not confirmed after this many milliseconds will not be.
const CHECK_TIMEOUT_MS: u32 = 60_000;

/// How often an intent with unknown outcome is retrieved, milliseconds.
const CHECK_INTERVAL_MS: u32 = 4_000;

/// A confirmed intent, and its payment method when that is not the one created before.
type ConfirmedIntent = (IntentResult, Option<PaymentMethodId>);

/// Confirms the intent; `None` when this form does not use it.
pub(super) async fn confirm(
    form: &Form,
    guard: &SaveGuard,
    secret: ClientSecret,
    method: &PaymentMethodId,
) -> Result<Option<ConfirmedIntent>, SaveError> {
    // A one-off form saves nothing for later, so it does not use a SetupIntent.
    if secret.kind() == IntentKind::Setup && !form.is_for_future_usage() {
        return Ok(None);
    }
    let client = form.client().ok_or(SaveError::NoAnswer)?;
    form.enter_stage(guard, SaveStage::Confirming);
    let attempt = guard.attempt();
    form.record_focused_element();
    let notified = form.clone();
    let watcher = ChallengeWatcher::new(move |open| notified.on_challenge(attempt, open));
    let mut confirming = client.confirm(&secret, method);
    let mut method = Some(method);
    let mut waited = now_ms();
    let answer = loop {
        match timeout(CHECK_INTERVAL_MS, &mut confirming).await {
            // Stripe did not find the payment method, so nothing was confirmed. Retry once with the card itself; Stripe
            // then creates the payment method.
            Some(Err(error)) if method.is_some() && error.is_unknown_method() => {
                let Some(retried) = form.confirm_entered_card(&secret) else {
                    break Some(Err(error));
                };
                (method, confirming, waited) = (None, retried, now_ms());
            }
            Some(answer) => break Some(answer),
            // The timeout does not run while a person is on their bank's page.
            None if watcher.is_open() => waited = now_ms(),
            None if now_ms().saturating_sub(waited) > CALL_TIMEOUT_MS => break None,
            None => {}
        }
    };
    drop(watcher);
    match answer {
        Some(Ok(intent)) if intent.is_confirmed() => Ok(Some(confirmed_intent(intent, method))),
        Some(Ok(_)) => Err(not_verified()),
        Some(Err(error))
            if error.decline_reason() == DeclineReason::IntentStateChanged
                || error.is_network() =>
        {
            check_intent(form, guard, &secret, method, Some(error)).await
        }
        Some(Err(error)) => {
            if error.intent_status().is_some_and(can_be_confirmed) {
                form.store_intent(secret);
            }
            Err(SaveError::Stripe(error))
        }
        None => check_intent(form, guard, &secret, method, None).await,
    }
}

fn confirmed_intent(intent: StripeIntent, method: Option<&PaymentMethodId>) -> ConfirmedIntent {
    let other = match method {
        Some(_) => None,
        None => intent
            .payment_method
            .as_deref()
            .and_then(PaymentMethodId::parse),
    };
    (intent.report(), other)
}

fn not_verified() -> SaveError {
    let code = "setup_intent_authentication_failure";
    SaveError::Stripe(StripeError::new("card_error", code))
}

/// Retrieves the intent to learn whether it was confirmed, before an error is shown.
async fn check_intent(
    form: &Form,
    guard: &SaveGuard,
    secret: &ClientSecret,
    method: Option<&PaymentMethodId>,
    error: Option<StripeError>,
) -> Result<Option<ConfirmedIntent>, SaveError> {
    form.enter_stage(guard, SaveStage::Checking);
    let client = form.client().ok_or(SaveError::NoAnswer)?;
    let state_changed =
        error.is_some_and(|error| error.decline_reason() == DeclineReason::IntentStateChanged);
    let started = now_ms();
    while form.is_current(guard) {
        let retrieved = timeout(CHECK_INTERVAL_MS, client.retrieve_intent(secret)).await;
        let over = now_ms().saturating_sub(started) > CHECK_TIMEOUT_MS - CALL_TIMEOUT_MS;
        match retrieved {
            Some(Ok(intent))
                if intent.is_confirmed() && method.is_none_or(|method| intent.is_for(method)) =>
            {
                return Ok(Some(confirmed_intent(intent, method)));
            }
            Some(Ok(intent))
                if intent.is_confirmed() || intent.status == "canceled" || state_changed =>
            {
                return Err(SaveError::StaleIntent);
            }
            // Not confirmed, and no request is under way any more.
            Some(Ok(_)) if over => return Err(SaveError::NoAnswer),
            _ => {}
        }
        sleep(CHECK_INTERVAL_MS).await;
    }
    Err(SaveError::NoAnswer)
}
