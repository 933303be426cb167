//! The one way a card takes: payment method beside intent, then confirm, then tell the parent.
//!
//! Started by the form with a [`Ticket`], which it uses up. It must never confirm twice in one attempt, and never say
//! "not saved" while that is not known.

#[cfg(not(feature = "braintree"))]
mod confirm;

use card_entry_protocol::card::{Funding, PaymentMethodId};
use card_entry_protocol::message::{
    Attempt, CardResult, FailureReport, FromFrame, IntentResult, LogEvent, NotSaved,
};
use card_entry_protocol::secret::ClientSecret;
use core::future::poll_fn;
use core::pin::pin;
use core::task::Poll;

use crate::clock::{now, within};
use crate::error::Trouble;
use crate::form::Form;
use crate::phase::{Ending, Stage, Ticket};
use crate::state::State;
use crate::stripe::answer::PaymentMethod;
use crate::stripe::client::Pending;

/// No one waits longer without being told what is going on, milliseconds.
const PATIENCE: u32 = 30_000;

/// Between two tellings of a result nobody has answered: first, and at most, milliseconds.
const REPEAT: (u32, u32) = (2_000, 10_000);

/// The wallet's answer to a result.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Saved(Attempt),
    NotSaved(NotSaved),
}

/// Carries one save through, and ends it.
pub async fn run(form: Form, ticket: Ticket) {
    form.log(LogEvent::AttemptStarted, "");
    let attempt = ticket.attempt();
    let carried = carry(&form, &ticket).await;
    if !form.holds(&ticket) {
        return;
    }
    let ending = match carried {
        Ok(ending) => ending,
        Err(trouble) => {
            // The wallet's own refusal is no news to the parent.
            if !matches!(trouble, Trouble::Wallet { .. }) {
                let error = form.read(|state| trouble.report(state.locale));
                form.send(&FromFrame::Failure(FailureReport {
                    attempt,
                    error,
                    retryable: trouble.is_retryable(),
                }));
            }
            Ending::NotSaved(trouble)
        }
    };
    let word = match &ending {
        Ending::Saved => "saved",
        Ending::Sent => "sent",
        Ending::NotSaved(trouble) => trouble.code(),
    };
    form.log(LogEvent::AttemptEnded, word);
    form.end(ticket, ending);
}

async fn carry(form: &Form, ticket: &Ticket) -> Result<Ending, Trouble> {
    // What was agreed to when Save was pressed, whatever the host sets meanwhile.
    let consent = form.read(State::consent_proof);
    form.ask_intent(ticket.attempt());
    // On its way from here; the intent is made meanwhile.
    let making = form.create_payment_method().ok_or(Trouble::NoAnswer)?;
    let (method, secret) = join(making, form.take_intent()).await;
    // An intent the payment method did not get to use is there for the next attempt.
    let spare = |secret: Result<Option<ClientSecret>, Trouble>| {
        if let Ok(Some(secret)) = secret {
            form.keep_intent(secret);
        }
    };
    let method = match method.and_then(|method| check(form, method)) {
        Ok(method) => method,
        Err(trouble) => {
            spare(secret);
            return Err(trouble);
        }
    };
    let confirmed = match secret? {
        #[cfg(not(feature = "braintree"))]
        Some(secret) => confirm::confirm(form, ticket, secret, &method.0).await?,
        _ => None,
    };
    form.enter(ticket, Stage::Submitting);
    let (setup, other): (Option<IntentResult>, Option<Option<PaymentMethodId>>) = confirmed.unzip();
    let outcome = CardResult {
        attempt: ticket.attempt(),
        id: other.flatten().unwrap_or(method.0),
        card: method.1,
        setup,
        consent,
    };
    submit(form, ticket, outcome).await
}

type Secret = Result<Option<ClientSecret>, Trouble>;

/// Waits for both; a refused payment method does not wait for the intent, whose answer the next attempt asks for anew.
async fn join(
    making: Pending<PaymentMethod>,
    intent: impl Future<Output = Secret>,
) -> (Result<PaymentMethod, Trouble>, Secret) {
    // The intent has a patience of its own: a person may be signing in.
    let mut making = pin!(async {
        let made = within(PATIENCE, making).await;
        made.map_or(Err(Trouble::NoAnswer), |made| made.map_err(Trouble::Stripe))
    });
    let mut intent = pin!(intent);
    let (mut method, mut secret) = (None, None);
    let both = poll_fn(|context| {
        if method.is_none()
            && let Poll::Ready(made) = making.as_mut().poll(context)
        {
            method = Some(made);
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
    let method = method.map_or(Err(Trouble::NoAnswer), |made| made);
    (method, secret.unwrap_or(Err(Trouble::NoIntent)))
}

type Facts = (PaymentMethodId, card_entry_protocol::card::CardDetails);

/// Refuses what the site does not take: the funding shows only now.
fn check(form: &Form, method: PaymentMethod) -> Result<Facts, Trouble> {
    let card = method.card.ok_or(Trouble::NotACard)?;
    let accept = form.read(|state| state.settings.accept.clone());
    let takes = |list: &[Funding]| {
        list.is_empty() || card.funding == Funding::Unknown || list.contains(&card.funding)
    };
    if !takes(&accept.funding) {
        return Err(Trouble::FundingNotTaken);
    }
    if !accept.brands.is_empty() && !accept.brands.contains(&card.brand) {
        return Err(Trouble::BrandNotTaken);
    }
    Ok((method.id, card))
}

/// Tells the parent until it answers; a plain listener once.
async fn submit(form: &Form, ticket: &Ticket, outcome: CardResult) -> Result<Ending, Trouble> {
    let message = FromFrame::Result(outcome);
    form.send(&message);
    if !form.has_port() {
        return Ok(Ending::Sent);
    }
    let started = now();
    let mut repeat = REPEAT.0;
    while form.holds(ticket) {
        match within(repeat, form.take_answer()).await {
            Some(Answer::Saved(attempt)) if attempt == ticket.attempt() => {
                return Ok(Ending::Saved);
            }
            Some(Answer::NotSaved(not)) if not.attempt == ticket.attempt() => {
                return Err(Trouble::Wallet {
                    code: not.code,
                    message: not.message,
                    retryable: not.retryable,
                });
            }
            Some(_) => {}
            None => {
                form.send(&message);
                repeat = (repeat * 2).min(REPEAT.1);
                if now().saturating_sub(started) > PATIENCE {
                    form.enter(ticket, Stage::Checking);
                }
            }
        }
    }
    Err(Trouble::NoAnswer)
}
