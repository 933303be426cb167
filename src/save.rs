//! The steps of a save: create the payment method and get an intent, confirm it, send the result to the parent.
//!
//! Started by the form with a [`SaveGuard`], which it consumes. It must never confirm twice in one attempt, and never
//! report "not saved" while that is unknown.

#[cfg(not(feature = "braintree"))]
mod confirm;

use card_entry_protocol::card::{Funding, PaymentMethodId};
use card_entry_protocol::message::{
    Attempt, AttemptResult, FailureReport, FromFrame, IntentResult, LogEvent, NotSaved,
};
use card_entry_protocol::secret::ClientSecret;
use core::future::poll_fn;
use core::pin::pin;
use core::task::Poll;

use crate::clock::{now_ms, timeout};
use crate::error::SaveError;
use crate::form::Form;
use crate::phase::{SaveGuard, SaveOutcome, SaveStage};
use crate::state::FormState;
use crate::stripe::answer::PaymentMethod;
use crate::stripe::client::PendingCall;

/// Timeout of a provider call and of the wallet's answer, milliseconds. After it the form shows that the outcome is being checked.
const CALL_TIMEOUT_MS: u32 = 30_000;

/// The interval at which an unanswered result is sent again, milliseconds: the first, and the longest.
const RESULT_REPEAT_INTERVALS_MS: (u32, u32) = (2_000, 10_000);

/// The wallet's answer to a result.
#[derive(Debug, Clone, PartialEq)]
pub enum WalletAnswer {
    Saved(Attempt),
    NotSaved(NotSaved),
}

/// Runs one save and ends it.
pub async fn run(form: Form, guard: SaveGuard) {
    form.log(LogEvent::AttemptStarted, "");
    let attempt = guard.attempt();
    let result = run_steps(&form, &guard).await;
    if !form.is_current(&guard) {
        return;
    }
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(save_error) => {
            // A refusal of the wallet came from the parent: it is not reported back.
            if !matches!(save_error, SaveError::Wallet { .. }) {
                let error = form.read(|state| save_error.report(state.locale));
                form.send(&FromFrame::Failure(FailureReport {
                    attempt,
                    error,
                    retryable: save_error.is_retryable(),
                }));
            }
            SaveOutcome::NotSaved(save_error)
        }
    };
    let code = match &outcome {
        SaveOutcome::Saved => "saved",
        SaveOutcome::Sent => "sent",
        SaveOutcome::NotSaved(save_error) => save_error.code(),
    };
    form.log(LogEvent::AttemptEnded, code);
    form.end_save(guard, outcome);
}

async fn run_steps(form: &Form, guard: &SaveGuard) -> Result<SaveOutcome, SaveError> {
    // The consent at the moment of Save, whatever the settings become during the save.
    let consent = form.read(FormState::consent_proof);
    form.request_intent(guard.attempt());
    // The request is under way now; the parent makes the intent at the same time.
    let creating = form.create_payment_method().ok_or(SaveError::NoAnswer)?;
    let (method, secret) = join(creating, form.wait_for_intent()).await;
    // If there is no payment method, the intent stays unused and serves the next attempt.
    let store_unused = |secret: SecretResult| {
        if let Ok(Some(secret)) = secret {
            form.store_intent(secret);
        }
    };
    let method = match method.and_then(|method| check_accepted(form, method)) {
        Ok(method) => method,
        Err(save_error) => {
            store_unused(secret);
            return Err(save_error);
        }
    };
    let confirmed = match secret? {
        #[cfg(not(feature = "braintree"))]
        Some(secret) => confirm::confirm(form, guard, secret, &method.0).await?,
        _ => None,
    };
    form.enter_stage(guard, SaveStage::Submitting);
    let (setup, other): (Option<IntentResult>, Option<Option<PaymentMethodId>>) = confirmed.unzip();
    let result = AttemptResult {
        attempt: guard.attempt(),
        id: other.flatten().unwrap_or(method.0),
        card: method.1,
        setup,
        consent,
    };
    send_result(form, guard, result).await
}

type SecretResult = Result<Option<ClientSecret>, SaveError>;

/// Waits for the payment method and the intent. If the payment method fails it returns at once; the next attempt then
/// waits for the intent's answer.
async fn join(
    creating: PendingCall<PaymentMethod>,
    intent: impl Future<Output = SecretResult>,
) -> (Result<PaymentMethod, SaveError>, SecretResult) {
    // The intent has a timeout of its own: a person may have to sign in first.
    let mut creating = pin!(async {
        let created = timeout(CALL_TIMEOUT_MS, creating).await;
        created.map_or(Err(SaveError::NoAnswer), |created| {
            created.map_err(SaveError::Stripe)
        })
    });
    let mut intent = pin!(intent);
    let (mut method, mut secret) = (None, None);
    let both = poll_fn(|context| {
        if method.is_none()
            && let Poll::Ready(created) = creating.as_mut().poll(context)
        {
            method = Some(created);
        }
        if secret.is_none()
            && let Poll::Ready(answer) = intent.as_mut().poll(context)
        {
            secret = Some(answer);
        }
        match (&method, &secret) {
            (Some(Err(_)), _) | (Some(_), Some(_)) => Poll::Ready(()),
            _ => Poll::Pending,
        }
    });
    both.await;
    let method = method.map_or(Err(SaveError::NoAnswer), |created| created);
    (method, secret.unwrap_or(Err(SaveError::NoIntent)))
}

type CheckedCard = (PaymentMethodId, card_entry_protocol::card::CardDetails);

/// Refuses a card that the site does not accept. Its funding is known only now.
fn check_accepted(form: &Form, method: PaymentMethod) -> Result<CheckedCard, SaveError> {
    let card = method.card.ok_or(SaveError::NotACard)?;
    let accept = form.read(|state| state.settings.accept.clone());
    let accepts = |list: &[Funding]| {
        list.is_empty() || card.funding == Funding::Unknown || list.contains(&card.funding)
    };
    if !accepts(&accept.funding) {
        return Err(SaveError::FundingNotTaken);
    }
    if !accept.brands.is_empty() && !accept.brands.contains(&card.brand) {
        return Err(SaveError::BrandNotTaken);
    }
    Ok((method.id, card))
}

/// Sends the result until the parent answers; a plain listener gets it once.
async fn send_result(
    form: &Form,
    guard: &SaveGuard,
    result: AttemptResult,
) -> Result<SaveOutcome, SaveError> {
    let message = FromFrame::Result(result);
    form.send(&message);
    if !form.has_port() {
        return Ok(SaveOutcome::Sent);
    }
    let started = now_ms();
    let mut repeat = RESULT_REPEAT_INTERVALS_MS.0;
    while form.is_current(guard) {
        match timeout(repeat, form.wait_for_wallet_answer()).await {
            Some(WalletAnswer::Saved(attempt)) if attempt == guard.attempt() => {
                return Ok(SaveOutcome::Saved);
            }
            Some(WalletAnswer::NotSaved(not_saved)) if not_saved.attempt == guard.attempt() => {
                return Err(SaveError::Wallet {
                    code: not_saved.code,
                    message: not_saved.message,
                    retryable: not_saved.retryable,
                });
            }
            Some(_) => {}
            None => {
                form.send(&message);
                repeat = (repeat * 2).min(RESULT_REPEAT_INTERVALS_MS.1);
                if now_ms().saturating_sub(started) > CALL_TIMEOUT_MS {
                    form.enter_stage(guard, SaveStage::Checking);
                }
            }
        }
    }
    Err(SaveError::NoAnswer)
}
