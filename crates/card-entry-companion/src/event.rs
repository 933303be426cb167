//! What the page is told of one entry of a card.
//!
//! Made by [`crate::entry`]; the element turns each into a `CustomEvent`, the Leptos components into callbacks.

use card_entry_protocol::card::Brand;
use card_entry_protocol::message::{AttemptError, FieldName, FormChange, Log};

use crate::state::State;
use crate::submission::NotSubmitted;
use crate::wallet::{Kept, SaveRequest};

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The state changed.
    State(State),
    /// The fields can be used.
    Ready,
    /// What is typed changed.
    Change(FormChange),
    /// The height the frame wants, CSS pixels.
    Height(u32),
    /// A challenge opened or closed.
    Challenge(bool),
    /// Terminal: the card is in the wallet.
    Saved(Box<SaveRequest>, Kept),
    /// Terminal: it is not; `true` when the person can try again in the form.
    Error(AttemptError, bool),
    /// The frame cannot work: a stable code, and the sentence shown.
    Unusable(&'static str, String),
    /// The session is over; the save goes on after `signed_in`.
    SignIn,
    /// A field got the focus.
    Focus(FieldName),
    /// A field lost the focus.
    Blur(FieldName),
    /// Escape was pressed in a field, which no key listener of the page hears.
    Escape(FieldName),
    /// The networks the typed number runs on; empty while none is known.
    Networks(Vec<Brand>),
    /// Save was pressed, by the person or the page, and no save began.
    NotSubmitted(NotSubmitted),
    /// A line for the host's log, redacted by construction.
    Log(Log),
}
