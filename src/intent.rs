//! The intent of the next or running attempt: requested once, and stored while it can be used again.
//!
//! Owned by the form, used by the save. It must never give one intent to two attempts at once, nor pass its secret to
//! anybody but Stripe.

use std::cell::{Cell, RefCell};

use card_entry_protocol::message::{Attempt, IntentMessage, IntentReply};
use card_entry_protocol::secret::{ClientSecret, StripeAccount};

use crate::clock::{now_ms, timeout};
use crate::error::SaveError;
use crate::latest::Latest;

/// How long the parent may take to make an intent, milliseconds.
const INTENT_TIMEOUT_MS: u32 = 15_000;

/// An older intent is requested again, milliseconds: servers cancel unconfirmed intents after half an hour.
const MAX_INTENT_AGE_MS: u32 = 15 * 60 * 1_000;

#[derive(Default)]
pub struct IntentCache {
    requested: Cell<Option<(Attempt, u32)>>,
    answer: Latest<IntentReply>,
    unused: RefCell<Option<ClientSecret>>,
    /// The attempt whose intent the parent will send later, and its text about the wait, such as for a sign-in.
    pending: RefCell<Option<(Attempt, String)>>,
    is_awaited: Cell<bool>,
}

impl IntentCache {
    /// Whether an intent must be requested for this attempt. If so, it counts as requested from now on.
    pub fn start_request(&self, attempt: Attempt) -> bool {
        let requested = self
            .requested
            .get()
            .is_some_and(|(requested_for, _)| requested_for == attempt);
        if requested || self.unused.borrow().is_some() {
            return false;
        }
        self.requested.set(Some((attempt, now_ms())));
        self.answer.clear();
        self.pending.take();
        true
    }

    /// The lowest number of the next attempt: above the attempt of an intent that has expired.
    #[must_use]
    pub fn min_attempt(&self) -> Attempt {
        match self.requested.get() {
            Some((attempt, at)) if now_ms().saturating_sub(at) > MAX_INTENT_AGE_MS => {
                self.unused.borrow_mut().take();
                attempt.next()
            }
            _ => Attempt::default(),
        }
    }

    /// Sets the parent's answer; `false` when it was not requested.
    pub fn set_answer(&self, body: IntentMessage) -> bool {
        let expected = self
            .requested
            .get()
            .is_some_and(|(attempt, _)| attempt == body.attempt);
        if expected {
            self.pending.take();
            // An early error is requested again when Save is pressed, because its cause may be gone by then.
            if !self.is_awaited.get() && matches!(body.reply, IntentReply::Error(_)) {
                self.requested.take();
            } else {
                self.answer.put(body.reply);
            }
        }
        expected
    }

    /// The parent will answer, but later.
    pub fn set_pending(&self, attempt: Attempt, text: &str) {
        if self
            .requested
            .get()
            .is_some_and(|(requested_for, _)| requested_for == attempt)
        {
            self.pending.replace(Some((attempt, text.to_owned())));
        }
    }

    /// The parent's text about the wait for this attempt's intent.
    #[must_use]
    pub fn pending_text(&self, attempt: Attempt) -> Option<String> {
        let pending = self.pending.borrow();
        let (requested_for, text) = pending.as_ref()?;
        (*requested_for == attempt).then(|| text.clone())
    }

    /// Waits for the intent; `None` when the wallet needs none.
    ///
    /// # Errors
    /// No answer in time, an error of the parent, or an intent of another account than the form's.
    pub async fn wait(
        &self,
        account: Option<&StripeAccount>,
    ) -> Result<Option<ClientSecret>, SaveError> {
        if let Some(unused) = self.unused.borrow_mut().take() {
            return Ok(Some(unused));
        }
        self.is_awaited.set(true);
        let answer = loop {
            let answer = timeout(INTENT_TIMEOUT_MS, self.answer.take()).await;
            if answer.is_some() || self.pending.borrow().is_none() {
                break answer;
            }
        };
        self.is_awaited.set(false);
        match answer {
            None => Err(SaveError::NoIntent),
            Some(IntentReply::None) => Ok(None),
            Some(IntentReply::Error(failure)) => Err(SaveError::IntentRefused(failure)),
            Some(IntentReply::Secret(_, named)) if named.is_some() && named.as_ref() != account => {
                Err(SaveError::WrongIntent)
            }
            Some(IntentReply::Secret(secret, _)) => Ok(Some(secret)),
        }
    }

    /// Removes the request and the stored intent.
    #[cfg(feature = "braintree")]
    pub fn clear(&self) {
        self.requested.take();
        self.unused.take();
    }

    #[cfg(feature = "braintree")]
    pub fn stored(&self) -> Option<ClientSecret> {
        self.unused.borrow().clone()
    }

    /// Stores an intent that an attempt did not use.
    pub fn store(&self, secret: ClientSecret) {
        *self.unused.borrow_mut() = Some(secret);
    }
}
