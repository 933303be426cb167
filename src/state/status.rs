//! The status text, the error of the last attempt and the error code.
//!
//! Read by [`super::binding`]. All of it is derived from the phase.

use super::FormState;
use crate::locale::MessageKey;
use crate::phase::{Phase, SaveStage};

impl FormState {
    /// Whether another card can be entered although the outcome of the last one is unknown.
    pub(super) fn can_enter_another(&self) -> bool {
        match self.progress.phase() {
            Phase::Sent => true,
            // A wallet that sends texts of its own will also send the outcome.
            Phase::Busy(SaveStage::Checking) => {
                self.progress.is_late() && self.progress.wallet_text().is_empty()
            }
            _ => false,
        }
    }

    /// The current phase in words.
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

    /// The error of the last attempt.
    pub(super) fn alert_text(&self) -> String {
        match self.progress.phase() {
            Phase::Ready(Some(save_error)) => save_error.text(self.locale),
            _ => String::new(),
        }
    }

    /// The stable code of an unusable form.
    pub(super) fn code(&self) -> &'static str {
        match self.progress.phase() {
            Phase::Unusable(code) => code.as_str(),
            _ => "",
        }
    }
}
