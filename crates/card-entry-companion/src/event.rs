//! The events that one card form reports to the page.
//!
//! Made by [`crate::entry`]. The element dispatches each as a `CustomEvent`; the Leptos components call callbacks.

use card_entry_protocol::card::Brand;
use card_entry_protocol::message::{AttemptError, FieldName, FormChange, Log};

use crate::state::EntryState;
use crate::submission::NotSubmitted;
use crate::wallet::{SaveRequest, SavedWallet};

/// An event of a card form.
#[derive(Debug, Clone, PartialEq)]
pub enum EntryEvent {
    /// The value of `data-state` changed.
    State(EntryState),
    /// The person can use the fields.
    Ready,
    /// The input changed: whether it is complete or empty, the brand, an error.
    Change(FormChange),
    /// The height of the form, in CSS pixels.
    Height(u32),
    /// The challenge of the bank (3-D Secure) opened (`true`) or closed (`false`).
    Challenge(bool),
    /// Final: the wallet has saved the card.
    Saved(Box<SaveRequest>, SavedWallet),
    /// Final: the card is not saved. `true`: the person can try again in the form.
    Error(AttemptError, bool),
    /// The form cannot be used: a stable code, and the text that is shown.
    Unusable(&'static str, String),
    /// The session has ended. The save continues after `signed_in`.
    SignIn,
    /// This field got the focus.
    Focus(FieldName),
    /// This field lost the focus.
    Blur(FieldName),
    /// Escape was pressed in this field. A key listener of the page does not get it.
    Escape(FieldName),
    /// The card networks of the typed number; empty while none is known.
    NetworksChange(Vec<Brand>),
    /// Save was pressed, by the person or by the page, and no save started.
    NotSubmitted(NotSubmitted),
    /// A line for the log of the page. It never contains card data.
    Log(Log),
}
