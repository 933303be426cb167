//! What the form requests from the parent's wallet: an intent, and the answer to a result.
//!
//! Called by the save, and by the form when the wallet needs time. It must never request an intent from a plain
//! listener, which makes none.

use card_entry_protocol::message::{Attempt, NotSaved};
use card_entry_protocol::secret::ClientSecret;

use super::Form;
use crate::error::{SaveError, parent_text};
use crate::save::WalletAnswer;

impl Form {
    /// The wallet has not decided yet. Shows its text until it does.
    pub(super) fn on_wallet_pending(&self, not_saved: &NotSaved) {
        self.0
            .intents
            .set_pending(not_saved.attempt, &not_saved.message);
        self.change_phase(|progress| progress.start_checking(not_saved.attempt));
        self.show_wallet_text(not_saved.attempt, &not_saved.message);
    }

    fn show_wallet_text(&self, attempt: Attempt, message: &str) {
        if let Some(text) = parent_text(message) {
            self.change(|state| state.progress.set_wallet_text(attempt, text));
        }
    }

    /// Requests an intent from the parent, unless one was requested or is unused.
    pub fn request_intent(&self, attempt: Attempt) {
        // Braintree needs no intent: its client token was requested at the start.
        let needed = cfg!(not(feature = "braintree"));
        if needed && self.has_port() && self.0.intents.start_request(attempt) {
            self.send_intent_request(attempt);
        }
    }

    /// Waits for the intent; `None` when the parent makes none.
    ///
    /// # Errors
    /// Why the parent did not provide one.
    pub async fn wait_for_intent(&self) -> Result<Option<ClientSecret>, SaveError> {
        if cfg!(feature = "braintree") || !self.has_port() {
            return Ok(None);
        }
        let account = self
            .config()
            .and_then(|config| config.query.account.as_ref());
        let attempt = self.read(|state| state.progress.last_attempt());
        if let Some(text) = self.0.intents.pending_text(attempt) {
            self.show_wallet_text(attempt, &text);
        }
        self.0.intents.wait(account).await
    }

    /// Stores an unused intent for the next attempt.
    pub fn store_intent(&self, secret: ClientSecret) {
        self.0.intents.store(secret);
    }

    pub async fn wait_for_wallet_answer(&self) -> WalletAnswer {
        let wallet_answer = self.0.wallet_answer.borrow().clone();
        wallet_answer.take().await
    }
}
