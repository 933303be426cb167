//! The intent of the next or running attempt: asked for once, kept while it can be used again.
//!
//! Held by the form, used by the save. It must never hand one intent to two attempts at once, nor let its secret out
//! but to Stripe.

use std::cell::{Cell, RefCell};

use card_entry_protocol::message::{Attempt, IntentMessage, IntentReply};
use card_entry_protocol::secret::{ClientSecret, StripeAccount};

use crate::clock::{now_ms, timeout};
use crate::error::SaveError;
use crate::latest::Latest;

/// How long the parent may take to make one, milliseconds.
const INTENT_TIMEOUT_MS: u32 = 15_000;

/// Older ones are asked for anew, milliseconds: servers reap unconfirmed intents after half an hour.
const MAX_INTENT_AGE_MS: u32 = 15 * 60 * 1_000;

#[derive(Default)]
pub struct IntentCache {
    requested: Cell<Option<(Attempt, u32)>>,
    answer: Latest<IntentReply>,
    unused: RefCell<Option<ClientSecret>>,
    /// The attempt whose answer the parent asks patience for, and its words about it: a person is signing in.
    pending: RefCell<Option<(Attempt, String)>>,
    awaited: Cell<bool>,
}

impl IntentCache {
    /// Whether one must be asked for under this attempt; then it counts as asked.
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

    /// The lowest attempt that may be begun: above one whose intent has grown stale.
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

    /// The parent's answer; `false` when nobody waits for it.
    pub fn set_answer(&self, body: IntentMessage) -> bool {
        let awaited = self
            .requested
            .get()
            .is_some_and(|(attempt, _)| attempt == body.attempt);
        if awaited {
            self.pending.take();
            // A refusal nobody waits for is asked about again, not kept until Save is pressed.
            if !self.awaited.get() && matches!(body.reply, IntentReply::Error(_)) {
                self.requested.take();
            } else {
                self.answer.put(body.reply);
            }
        }
        awaited
    }

    /// The parent will answer, but not soon.
    pub fn set_pending(&self, attempt: Attempt, words: &str) {
        if self
            .requested
            .get()
            .is_some_and(|(requested_for, _)| requested_for == attempt)
        {
            self.pending.replace(Some((attempt, words.to_owned())));
        }
    }

    /// What the parent said of the wait for this attempt's intent.
    #[must_use]
    pub fn pending_text(&self, attempt: Attempt) -> Option<String> {
        let pending = self.pending.borrow();
        let (requested_for, words) = pending.as_ref()?;
        (*requested_for == attempt).then(|| words.clone())
    }

    /// Waits for the intent; `None` when the wallet needs none.
    ///
    /// # Errors
    /// No answer in time, the parent's refusal, or an intent of another account than the form's.
    pub async fn wait(
        &self,
        account: Option<&StripeAccount>,
    ) -> Result<Option<ClientSecret>, SaveError> {
        if let Some(unused) = self.unused.borrow_mut().take() {
            return Ok(Some(unused));
        }
        self.awaited.set(true);
        let answer = loop {
            let answer = timeout(INTENT_TIMEOUT_MS, self.answer.take()).await;
            if answer.is_some() || self.pending.borrow().is_none() {
                break answer;
            }
        };
        self.awaited.set(false);
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

    /// Begins anew, as if none had been asked for.
    #[cfg(feature = "braintree")]
    pub fn clear(&self) {
        self.requested.take();
        self.unused.take();
    }

    /// The one that is kept.
    #[cfg(feature = "braintree")]
    pub fn stored(&self) -> Option<ClientSecret> {
        self.unused.borrow().clone()
    }

    /// Keeps an intent that an attempt did not use up.
    pub fn store(&self, secret: ClientSecret) {
        *self.unused.borrow_mut() = Some(secret);
    }
}
