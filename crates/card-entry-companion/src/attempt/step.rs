//! What an attempt leads to: lines to the frame, calls to the wallet, words to the page.
//!
//! Made by [`super::Attempts`], carried out by [`crate::entry`].

use card_entry_protocol::message::{Attempt, FailureReport};

use crate::reason::Reason;
use crate::wallet::{Intent, Kept, SaveRequest};

/// A line to the frame; [`crate::entry`] words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The answer to an intent request.
    Intent(Attempt, Result<Intent, Reason>),
    /// The wallet has the card.
    Saved(Attempt),
    /// Not saved, or not yet.
    NotSaved(Attempt, Reason),
}

/// What the page is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The session is over.
    SignIn,
    /// Terminal: the card is in the wallet.
    Saved(SaveRequest, Kept),
    /// Terminal: it is not.
    NotSaved(Reason),
    /// Terminal: it never got as far as the wallet.
    Failed(FailureReport),
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Ask the wallet for an intent.
    Begin(Attempt),
    /// Save this.
    Save(SaveRequest),
    /// Find out whether this was saved, by reading.
    Check(SaveRequest),
    /// Say this to the frame.
    Say(Line),
    /// Tell the page.
    Tell(Told),
}

/// Where a save is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// On its way to the wallet.
    Sending,
    /// Waiting for the person to sign in.
    SignIn,
    /// Nobody knows yet; it is being looked up.
    Checking,
}
