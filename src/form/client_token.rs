//! Requests the authorization of Braintree's fields: the parent's client token, or else the key of the address.
//!
//! The token is requested over the port before the fields are mounted, like an intent. A plain listener makes none: its
//! form uses the tokenization key of the address. A companion that has not answered yet is waited for.

use card_entry_protocol::code::FrameErrorCode;

use super::Form;
use crate::clock::sleep;

/// How often the form checks whether the port is open, milliseconds.
const PORT_POLL_INTERVAL_MS: u32 = 40;

impl Form {
    /// Waits for the parent's port and for its client token.
    ///
    /// # Errors
    /// [`FrameErrorCode::FieldFailed`] when the parent makes client tokens and made none.
    pub(super) async fn request_client_token(&self) -> Result<(), FrameErrorCode> {
        while !self.has_port() {
            let plain = self.config().is_none_or(|config| config.channel.is_none());
            if plain || !self.is_open() {
                return Ok(());
            }
            sleep(PORT_POLL_INTERVAL_MS).await;
        }
        let intents = &self.0.intents;
        let attempt = self.read(|state| state.progress.last_attempt().next());
        intents.clear();
        if intents.start_request(attempt) {
            self.send_intent_request(attempt);
        }
        match intents.wait(None).await {
            Ok(Some(token)) => {
                intents.store(token);
                Ok(())
            }
            Ok(None) => Ok(()),
            Err(_) => Err(FrameErrorCode::FieldFailed),
        }
    }

    /// Calls `start` with the client token, or with `key` when there is none.
    pub(super) fn with_client_token<T>(&self, key: &str, start: impl FnOnce(&str) -> T) -> T {
        match self.0.intents.stored() {
            Some(token) => start(token.as_str()),
            None => start(key),
        }
    }
}
