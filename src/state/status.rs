//! The sentence of the moment, and what the last attempt ended with.
//!
//! Read by [`super::part`]. All of it follows from the phase.

use super::FormState;
use crate::locale::MessageKey;
use crate::phase::{Phase, SaveStage};

impl FormState {
    /// Whether another card can be entered although nobody knows what became of the last one.
    pub(super) fn can_enter_another(&self) -> bool {
        match self.progress.phase() {
            Phase::Sent => true,
            // While the wallet has words of its own, it will have the last one.
            Phase::Busy(SaveStage::Checking) => {
                self.progress.is_late() && self.progress.wallet_text().is_empty()
            }
            _ => false,
        }
    }

    /// The sentence of the moment.
    pub(super) fn status_text(&self) -> &str {
        let late = self.progress.is_late();
        self.locale.text_for(match self.progress.phase() {
            Phase::Loading if late => MessageKey::StillLoading,
            Phase::Loading => MessageKey::Loading,
            Phase::Ready(_) => return "",
            Phase::Busy(SaveStage::Challenge) => MessageKey::Challenge,
            Phase::Busy(_) if !self.progress.wallet_text().is_empty() => {
                return self.progress.wallet_text();
            }
            Phase::Busy(SaveStage::Checking) if late => MessageKey::Unknown,
            Phase::Busy(SaveStage::Checking) => MessageKey::Checking,
            Phase::Busy(_) if late => MessageKey::StillSaving,
            Phase::Busy(SaveStage::Saving | SaveStage::Submitting) => MessageKey::Saving,
            Phase::Busy(SaveStage::Confirming) => MessageKey::Confirming,
            Phase::Saved => MessageKey::Saved,
            Phase::Sent => MessageKey::Sent,
            Phase::Unusable(code) => return self.locale.text_for_unusable(*code),
        })
    }

    /// What the last attempt ended with.
    pub(super) fn alert_text(&self) -> String {
        match self.progress.phase() {
            Phase::Ready(Some(save_error)) => save_error.text(self.locale),
            _ => String::new(),
        }
    }

    /// The stable code of a form that cannot work.
    pub(super) fn code(&self) -> &'static str {
        match self.progress.phase() {
            Phase::Unusable(code) => code.as_str(),
            _ => "",
        }
    }
}
