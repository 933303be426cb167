//! What follows from an event of an attempt: wallet calls, messages to the frame, reports to the page.
//!
//! Made by [`super::Attempts`], run by [`crate::entry`].

use card_entry_protocol::message::{Attempt, FailureReport};

use crate::not_saved::NotSavedReason;
use crate::wallet::{SaveRequest, SavedWallet, WalletIntent};

/// A message to the frame, without its texts. [`crate::entry`] adds them in the language of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameReply {
    /// The answer to an intent request.
    Intent(Attempt, Result<WalletIntent, NotSavedReason>),
    /// The wallet has saved the card.
    Saved(Attempt),
    /// The card is not saved, or not yet: [`NotSavedReason::is_retryable`] tells which.
    NotSaved(Attempt, NotSavedReason),
}

/// A report to the page about an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptReport {
    /// The session has ended; the save waits for a sign-in.
    SignIn,
    /// Final: the wallet has saved the card.
    Saved(SaveRequest, SavedWallet),
    /// Final: the wallet has not saved the card.
    NotSaved(NotSavedReason),
    /// Final: the attempt failed in the frame, before the wallet was called.
    Failed(FailureReport),
}

/// The next thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttemptCommand {
    /// Create the intent, with [`WalletApi::create_setup_intent`](crate::wallet::WalletApi::create_setup_intent).
    CreateIntent(Attempt),
    /// Save this card, with [`WalletApi::save`](crate::wallet::WalletApi::save).
    Save(SaveRequest),
    /// Read the wallet to find out whether this card was saved.
    Check(SaveRequest),
    /// Send this message to the frame.
    Send(FrameReply),
    /// Report this to the page.
    Report(AttemptReport),
}

/// The status of a save in progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveStatus {
    /// The request is on its way to the wallet.
    Sending,
    /// The save waits until the person has signed in.
    SignIn,
    /// The result is unknown; the wallet is being read to find out.
    Checking,
}
