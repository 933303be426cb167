//! The events and commands of the wallet on screen.
//!
//! Made by the Leptos `Wallet` and by [`super::WalletViewModel::handle`].

use card_entry_protocol::card::CardDetails;

use crate::state::EntryState;
use crate::wallet::{Card, SavedCardId, SavedWallet, WalletError};

/// What happened: the person pressed something, or a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalletEvent {
    /// Reading the list ended.
    Loaded(Result<Vec<Card>, WalletError>),
    /// Reading the list takes long.
    Slow,
    /// The person asked to read the list again.
    Retry,
    /// The cards changed elsewhere: the list is read again, whatever the person does meanwhile.
    CardsChanged,
    /// The person wants to add a card.
    Add,
    /// The person wants to replace the only card; the warning is shown first.
    Replace,
    /// The person confirmed the warning.
    Continue,
    /// The person closes the form, the warning or the question.
    Cancel,
    /// The person wants to delete this card; the question is shown first.
    Delete(SavedCardId),
    /// The person confirmed the delete.
    ConfirmDelete,
    /// The delete call ended.
    Deleted(Result<(), WalletError>),
    /// The person wants this card as the default.
    SetDefault(SavedCardId),
    /// The call that sets the default ended; the cards after it.
    DefaultSet(Result<Vec<Card>, WalletError>),
    /// The form saved this card; the wallet after it.
    Saved(Box<CardDetails>, SavedWallet),
    /// A save was started in the form.
    SaveStarted,
    /// The state of the form changed.
    FormState(EntryState),
    /// The form waits for a sign-in.
    FormSignIn,
    /// The person has signed in.
    SignedIn,
}

/// What has to be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalletCommand {
    /// Read the list of cards.
    Load,
    /// Delete this card from the wallet.
    Delete(SavedCardId),
    /// Make this card the default.
    SetDefault(SavedCardId),
    /// Tell the page to take a card at its reader.
    TakeCardAtReader,
    /// Tell the form that the person has signed in.
    ResumeForm,
    /// Report the cards to the page.
    NotifyCards,
}
