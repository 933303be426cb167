//! The states of a payment at a card reader, and their texts.
//!
//! Drawn by the Leptos `CardPresent`.

use card_entry_protocol::dialect::quilt::Card;

use super::{TerminalError, TerminalMessageKey};
use crate::i18n::{Locale, WalletMessageKey, fill_placeholders};

/// The step in progress, in the order of a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentStep {
    /// Connecting to a reader.
    Connecting,
    /// The server is creating the payment intent.
    CreatingIntent,
    /// The reader is waiting for a card.
    AwaitingCard,
    /// The reader is charging the card.
    Processing,
    /// The server is capturing the payment.
    Capturing,
    /// The server is saving the card.
    Saving,
    /// The server is canceling the payment.
    Canceling,
}

impl PaymentStep {
    /// The value of `data-state`: `connecting`, `beginning`, `waiting`, `processing`, `capturing`, `saving` or
    /// `releasing`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::CreatingIntent => "beginning",
            Self::AwaitingCard => "waiting",
            Self::Processing => "processing",
            Self::Capturing => "capturing",
            Self::Saving => "saving",
            Self::Canceling => "releasing",
        }
    }

    /// The key of the text for this step.
    #[must_use]
    pub fn message_key(self) -> TerminalMessageKey {
        match self {
            Self::Connecting => TerminalMessageKey::Connecting,
            Self::CreatingIntent => TerminalMessageKey::Beginning,
            Self::AwaitingCard => TerminalMessageKey::Waiting,
            Self::Processing => TerminalMessageKey::Processing,
            Self::Capturing => TerminalMessageKey::Capturing,
            Self::Saving => TerminalMessageKey::Saving,
            Self::Canceling => TerminalMessageKey::Releasing,
        }
    }
}

/// Why no card was saved although the payment was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaidOutcome {
    /// The customer paid with a phone or a watch.
    NoReusableCard,
    /// The clerk pressed Cancel.
    Skipped,
    /// The result of the save is unknown, and it was not repeated.
    Unsure,
    /// Cancel was pressed after the payment had been taken.
    TooLate,
}

impl PaidOutcome {
    /// The key of the text for this outcome.
    #[must_use]
    pub fn message_key(self) -> TerminalMessageKey {
        match self {
            Self::NoReusableCard => TerminalMessageKey::NoReusableCard,
            Self::Skipped => TerminalMessageKey::Skipped,
            Self::Unsure => TerminalMessageKey::Unsure,
            Self::TooLate => TerminalMessageKey::TooLate,
        }
    }
}

/// The state that is on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalPaymentState {
    /// No payment was started.
    Idle,
    /// This step is in progress.
    Busy(PaymentStep),
    /// Cancel was pressed during this step; its end is awaited.
    Stopping(PaymentStep),
    /// This step failed; it can be repeated or canceled.
    Failed(PaymentStep, TerminalError),
    /// The payment was canceled; nothing was charged.
    Canceled,
    /// The payment was taken, and no card was saved.
    Paid(PaidOutcome),
    /// The payment was taken, and this card was saved.
    Saved(Card),
}

impl TerminalPaymentState {
    /// The value of `data-state`: `idle`, `stopping`, `failed`, `canceled`, `paid`, `saved`, or that of the step.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Busy(step) => step.as_str(),
            Self::Stopping(_) => "stopping",
            Self::Failed(..) => "failed",
            Self::Canceled => "canceled",
            Self::Paid(_) => "paid",
            Self::Saved(_) => "saved",
        }
    }

    /// The text of the polite live region; `None` for a failure, see [`Self::alert`].
    #[must_use]
    pub fn status(&self, locale: Locale) -> Option<String> {
        let key = match self {
            Self::Idle | Self::Failed(..) => return None,
            Self::Busy(step) => step.message_key(),
            Self::Stopping(PaymentStep::Processing) => TerminalMessageKey::StoppingCharge,
            Self::Stopping(PaymentStep::Capturing | PaymentStep::Saving) => {
                TerminalMessageKey::StoppingLate
            }
            Self::Stopping(_) => TerminalMessageKey::Stopping,
            Self::Canceled => TerminalMessageKey::Canceled,
            Self::Paid(paid) => paid.message_key(),
            Self::Saved(card) => {
                let (brand, last4) = (card.brand.title(), card.last4.as_str());
                let name = locale.wallet_text(WalletMessageKey::Ending);
                let name = fill_placeholders(name, &[("brand", brand), ("last4", last4)]);
                return Some(fill_placeholders(
                    TerminalMessageKey::Saved.text(locale),
                    &[("card", &name)],
                ));
            }
        };
        Some(key.text(locale).to_owned())
    }

    /// The text of the assertive live region, for a failure.
    #[must_use]
    pub fn alert(&self, locale: Locale) -> Option<String> {
        let Self::Failed(step, error) = self else {
            return None;
        };
        let why = error.text(locale);
        Some(match step {
            PaymentStep::Saving => {
                fill_placeholders(TerminalMessageKey::NotSaved.text(locale), &[("why", &why)])
            }
            _ => why,
        })
    }

    /// Whether the Cancel button is shown.
    #[must_use]
    pub fn can_cancel(&self) -> bool {
        matches!(self, Self::Busy(step) if *step != PaymentStep::Canceling)
            || matches!(self, Self::Failed(step, _) if *step != PaymentStep::Canceling)
    }

    /// Whether the Try again button is shown.
    #[must_use]
    pub fn can_retry(&self) -> bool {
        matches!(self, Self::Failed(..))
    }

    /// Whether a new payment can be started.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Self::Idle | Self::Canceled | Self::Paid(_) | Self::Saved(_)
        )
    }
}
