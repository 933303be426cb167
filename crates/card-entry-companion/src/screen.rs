//! The wallet on screen: what is shown, what each press does, what is announced and where the focus goes.
//!
//! Held and drawn by the Leptos `Wallet`; pure, so that every move is tested natively. It must never lose what is typed
//! in the frame (the form stays while a session is renewed), nor promise that a delete can be undone.

mod act;
mod deed;
mod focus;
pub mod said;

pub use act::{Act, Effect};
pub use focus::Focus;
pub use said::Said;

use crate::sentence::Sentence;
use crate::wallet::{Capabilities, Card, CardId};

/// The list of cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// On its way; `true` once it has taken long enough to need words.
    Loading(bool),
    /// Here.
    Ready,
    /// It did not come.
    Failed,
}

/// What is open beneath the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// Nothing.
    Closed,
    /// The warning before a replace.
    Warning,
    /// The frame, for one more card.
    Adding,
    /// The frame, for another card in place of the one there is.
    Replacing,
}

impl Panel {
    /// Whether the frame is mounted.
    #[must_use]
    pub fn has_form(self) -> bool {
        matches!(self, Self::Adding | Self::Replacing)
    }
}

/// What is done with one card of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It is removed.
    Delete,
    /// It is made the default.
    MakeDefault,
}

/// What goes on with one card of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Nothing.
    Idle,
    /// The question before a delete.
    Asking(CardId),
    /// It is under way.
    Busy(Deed, CardId),
    /// The wallet refused it, with its sentence where its dialect defines one.
    Refused(Deed, CardId, Option<Sentence>),
    /// Nobody knows whether it is done; the list is being read again.
    Unclear(Deed, CardId),
    /// Reading the list again did not show it done.
    NotDone(Deed, CardId),
}

impl Row {
    /// The card it is about.
    #[must_use]
    pub fn card(&self) -> Option<&CardId> {
        match self {
            Self::Idle => None,
            Self::Asking(id)
            | Self::Busy(_, id)
            | Self::Refused(_, id, _)
            | Self::Unclear(_, id)
            | Self::NotDone(_, id) => Some(id),
        }
    }
}

/// What goes on once the person has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Waiting {
    Load,
    Deed(Deed, CardId),
    Form,
}

/// The wallet on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screen {
    capabilities: Capabilities,
    cards: Vec<Card>,
    listing: Listing,
    panel: Panel,
    row: Row,
    waiting: Option<Waiting>,
    status: Option<Said>,
    alert: Option<Said>,
    opener: Focus,
    /// Whether a save was begun in the form that is open.
    tried: bool,
    /// Whether the wallet is being asked to keep its card.
    asking: bool,
}

impl Screen {
    /// A wallet whose list is on its way, if it has one.
    #[must_use]
    pub fn new(capabilities: Capabilities) -> Self {
        let listing = if capabilities.list {
            Listing::Loading(false)
        } else {
            Listing::Ready
        };
        Self {
            capabilities,
            cards: vec![],
            listing,
            panel: Panel::Closed,
            row: Row::Idle,
            waiting: None,
            status: None,
            alert: None,
            opener: Focus::Heading,
            tried: false,
            asking: false,
        }
    }

    /// The cards, in the order they are shown.
    #[must_use]
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    /// What this wallet can do.
    #[must_use]
    pub fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    /// The list.
    #[must_use]
    pub fn listing(&self) -> Listing {
        self.listing
    }

    /// What is open beneath the list.
    #[must_use]
    pub fn panel(&self) -> Panel {
        self.panel
    }

    /// What goes on with one card.
    #[must_use]
    pub fn row(&self) -> &Row {
        &self.row
    }

    /// Whether the person has to sign in for something to go on.
    #[must_use]
    pub fn wants_sign_in(&self) -> bool {
        self.waiting.is_some()
    }

    /// Whether the wallet is being asked to keep the form's card, so that the form has to stay.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        self.panel.has_form() && self.asking
    }

    /// Whether the list itself waits for a sign-in, so that there is nothing to show yet.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.waiting == Some(Waiting::Load)
    }

    /// The sentence of the polite live region.
    #[must_use]
    pub fn status(&self) -> Option<&Said> {
        self.status.as_ref()
    }

    /// The sentence of the assertive live region.
    #[must_use]
    pub fn alert(&self) -> Option<&Said> {
        self.alert.as_ref()
    }

    /// Whether one more card can be asked for.
    #[must_use]
    pub fn can_add(&self) -> bool {
        self.listing == Listing::Ready
            && self.panel == Panel::Closed
            && !self.is_hidden()
            && (self.capabilities.many || self.cards.is_empty())
    }

    /// Whether the one card can be replaced.
    #[must_use]
    pub fn can_replace(&self) -> bool {
        !self.capabilities.many && !self.cards.is_empty()
    }

    /// Whether this card can be made the default.
    #[must_use]
    pub fn can_choose(&self, card: &Card) -> bool {
        self.capabilities.choose && !card.is_default
    }

    /// The value of `data-state`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        if self.wants_sign_in() {
            return "sign-in";
        }
        match (self.panel, &self.row, self.listing) {
            (Panel::Adding, ..) => "adding",
            (Panel::Warning | Panel::Replacing, ..) => "replacing",
            (_, Row::Asking(_), _) => "confirming",
            (_, Row::Busy(..) | Row::Unclear(..), _) => "busy",
            (.., Listing::Loading(_)) => "loading",
            (.., Listing::Failed) => "error",
            _ if self.cards.is_empty() => "empty",
            _ => "list",
        }
    }

    fn place_of(&self, id: &CardId) -> usize {
        self.cards
            .iter()
            .position(|card| card.id == *id)
            .unwrap_or(0)
    }

    fn card(&self, id: &CardId) -> Option<Card> {
        self.cards.iter().find(|card| card.id == *id).cloned()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
