//! The intent of the next or running attempt: asked for once, kept while it can be used again.
//!
//! Held by the form, used by the save. It must never hand one intent to two attempts at once, nor let its secret out
//! but to Stripe.

use std::cell::{Cell, RefCell};

use card_entry_protocol::message::{Attempt, IntentMessage, IntentReply};
use card_entry_protocol::secret::{ClientSecret, StripeAccount};

use crate::clock::{now, within};
use crate::error::Trouble;
use crate::slot::Slot;

/// How long the parent may take to make one, milliseconds.
const PATIENCE: u32 = 15_000;

/// Older ones are asked for anew, milliseconds: servers reap unconfirmed intents after half an hour.
const FRESH: u32 = 15 * 60 * 1_000;

#[derive(Default)]
pub struct Intents {
    asked: Cell<Option<(Attempt, u32)>>,
    answer: Slot<IntentReply>,
    kept: RefCell<Option<ClientSecret>>,
    /// The attempt whose answer the parent asks patience for, and its words about it: a person is signing in.
    held: RefCell<Option<(Attempt, String)>>,
    awaited: Cell<bool>,
}

impl Intents {
    /// Whether one must be asked for under this attempt; then it counts as asked.
    pub fn ask(&self, attempt: Attempt) -> bool {
        let asked = self.asked.get().is_some_and(|(for_, _)| for_ == attempt);
        if asked || self.kept.borrow().is_some() {
            return false;
        }
        self.asked.set(Some((attempt, now())));
        self.answer.clear();
        self.held.take();
        true
    }

    /// The lowest attempt that may be begun: above one whose intent has grown stale.
    #[must_use]
    pub fn floor(&self) -> Attempt {
        match self.asked.get() {
            Some((attempt, at)) if now().saturating_sub(at) > FRESH => {
                self.kept.borrow_mut().take();
                attempt.next()
            }
            _ => Attempt::default(),
        }
    }

    /// The parent's answer; `false` when nobody waits for it.
    pub fn answer(&self, body: IntentMessage) -> bool {
        let awaited = self
            .asked
            .get()
            .is_some_and(|(attempt, _)| attempt == body.attempt);
        if awaited {
            self.held.take();
            // A refusal nobody waits for is asked about again, not kept until Save is pressed.
            if !self.awaited.get() && matches!(body.reply, IntentReply::Error(_)) {
                self.asked.take();
            } else {
                self.answer.put(body.reply);
            }
        }
        awaited
    }

    /// The parent will answer, but not soon.
    pub fn hold(&self, attempt: Attempt, words: &str) {
        if self.asked.get().is_some_and(|(for_, _)| for_ == attempt) {
            self.held.replace(Some((attempt, words.to_owned())));
        }
    }

    /// What the parent said of the wait for this attempt's intent.
    #[must_use]
    pub fn held(&self, attempt: Attempt) -> Option<String> {
        let held = self.held.borrow();
        let (for_, words) = held.as_ref()?;
        (*for_ == attempt).then(|| words.clone())
    }

    /// Waits for the intent; `None` when the wallet needs none.
    ///
    /// # Errors
    /// No answer in time, the parent's refusal, or an intent of another account than the form's.
    pub async fn take(
        &self,
        account: Option<&StripeAccount>,
    ) -> Result<Option<ClientSecret>, Trouble> {
        if let Some(kept) = self.kept.borrow_mut().take() {
            return Ok(Some(kept));
        }
        self.awaited.set(true);
        let answer = loop {
            let answer = within(PATIENCE, self.answer.take()).await;
            if answer.is_some() || self.held.borrow().is_none() {
                break answer;
            }
        };
        self.awaited.set(false);
        match answer {
            None => Err(Trouble::NoIntent),
            Some(IntentReply::None) => Ok(None),
            Some(IntentReply::Error(failure)) => Err(Trouble::IntentRefused(failure)),
            Some(IntentReply::Secret(_, named)) if named.is_some() && named.as_ref() != account => {
                Err(Trouble::WrongIntent)
            }
            Some(IntentReply::Secret(secret, _)) => Ok(Some(secret)),
        }
    }

    /// Begins anew, as if none had been asked for.
    #[cfg(feature = "braintree")]
    pub fn forget(&self) {
        self.asked.take();
        self.kept.take();
    }

    /// The one that is kept.
    #[cfg(feature = "braintree")]
    pub fn kept(&self) -> Option<ClientSecret> {
        self.kept.borrow().clone()
    }

    /// Keeps an intent that an attempt did not use up.
    pub fn keep(&self, secret: ClientSecret) {
        *self.kept.borrow_mut() = Some(secret);
    }
}
