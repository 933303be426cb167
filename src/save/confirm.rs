//! The second half of a save with Stripe: the intent is confirmed, and looked at when that is not known.
//!
//! Called by the save once there is a payment method. A nonce of Braintree's has no intent: its build has none of this.

use card_entry_protocol::card::PaymentMethodId;
use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::message::IntentResult;
use card_entry_protocol::secret::{ClientSecret, IntentKind};

use super::PATIENCE;
use crate::challenge::Watch;
use crate::clock::{now, sleep, within};
use crate::error::Trouble;
use crate::form::Form;
use crate::phase::{Stage, Ticket};
use crate::stripe::StripeError;
use crate::stripe::answer::{Intent, can_be_confirmed};

/// By then an intent that is still not confirmed will not be, milliseconds.
const LOOKS_END: u32 = 60_000;

/// Between two looks at an intent whose outcome is not known, milliseconds.
const LOOK_EVERY: u32 = 4_000;

/// A confirmed intent, and the payment method when it is another than the one made before.
type Confirmed = (IntentResult, Option<PaymentMethodId>);

/// Confirms the intent; `None` for one this form is not for.
pub(super) async fn confirm(
    form: &Form,
    ticket: &Ticket,
    secret: ClientSecret,
    method: &PaymentMethodId,
) -> Result<Option<Confirmed>, Trouble> {
    // A one-off form keeps nothing for later: it makes no use of a SetupIntent.
    if secret.kind() == IntentKind::Setup && !form.is_for_future_usage() {
        return Ok(None);
    }
    let client = form.client().ok_or(Trouble::NoAnswer)?;
    form.enter(ticket, Stage::Confirming);
    let attempt = ticket.attempt();
    form.note_focused();
    let told = form.clone();
    let watch = Watch::new(move |open| told.note_challenge(attempt, open));
    let mut confirming = client.confirm(&secret, method);
    let mut method = Some(method);
    let mut waited = now();
    let answer = loop {
        match within(LOOK_EVERY, &mut confirming).await {
            // Refused before anything was confirmed: once more, and Stripe makes the payment method itself.
            Some(Err(error)) if method.is_some() && error.is_unknown_method() => {
                let Some(again) = form.confirm_typed(&secret) else {
                    break Some(Err(error));
                };
                (method, confirming, waited) = (None, again, now());
            }
            Some(answer) => break Some(answer),
            // A person at their bank's page may take as long as they like.
            None if watch.is_open() => waited = now(),
            None if now().saturating_sub(waited) > PATIENCE => break None,
            None => {}
        }
    };
    drop(watch);
    match answer {
        Some(Ok(intent)) if intent.is_confirmed() => Ok(Some(confirmed(intent, method))),
        Some(Ok(_)) => Err(not_verified()),
        Some(Err(error))
            if error.refusal() == DeclineReason::IntentStateChanged || error.is_network() =>
        {
            look(form, ticket, &secret, method, Some(error)).await
        }
        Some(Err(error)) => {
            if error.intent_status().is_some_and(can_be_confirmed) {
                form.keep_intent(secret);
            }
            Err(Trouble::Stripe(error))
        }
        None => look(form, ticket, &secret, method, None).await,
    }
}

fn confirmed(intent: Intent, method: Option<&PaymentMethodId>) -> Confirmed {
    let other = match method {
        Some(_) => None,
        None => intent
            .payment_method
            .as_deref()
            .and_then(PaymentMethodId::parse),
    };
    (intent.report(), other)
}

fn not_verified() -> Trouble {
    let code = "setup_intent_authentication_failure";
    Trouble::Stripe(StripeError::new("card_error", code))
}

/// Looks whether the intent was confirmed, before anyone is alarmed.
async fn look(
    form: &Form,
    ticket: &Ticket,
    secret: &ClientSecret,
    method: Option<&PaymentMethodId>,
    error: Option<StripeError>,
) -> Result<Option<Confirmed>, Trouble> {
    form.enter(ticket, Stage::Checking);
    let client = form.client().ok_or(Trouble::NoAnswer)?;
    let moved = error.is_some_and(|error| error.refusal() == DeclineReason::IntentStateChanged);
    let started = now();
    while form.holds(ticket) {
        let looked = within(LOOK_EVERY, client.look(secret)).await;
        let over = now().saturating_sub(started) > LOOKS_END - PATIENCE;
        match looked {
            Some(Ok(intent))
                if intent.is_confirmed() && method.is_none_or(|method| intent.is_for(method)) =>
            {
                return Ok(Some(confirmed(intent, method)));
            }
            Some(Ok(intent)) if intent.is_confirmed() || intent.status == "canceled" || moved => {
                return Err(Trouble::StaleIntent);
            }
            // Not confirmed, and nothing is on its way any more.
            Some(Ok(_)) if over => return Err(Trouble::NoAnswer),
            _ => {}
        }
        sleep(LOOK_EVERY).await;
    }
    Err(Trouble::NoAnswer)
}
