//! The state machine of the wallet on screen: what is shown, announced and focused after each event.
//!
//! Held and drawn by the Leptos `Wallet`. Pure, so that every transition is tested natively. It must never close the
//! form
//! while a session is renewed (typed input would be lost), nor promise that a delete can be undone.

pub mod announcement;
mod card_action;
mod event;
mod focus;
mod handle;

pub use announcement::Announcement;
pub use event::{WalletCommand, WalletEvent};
pub use focus::FocusTarget;

use crate::display_message::DisplayMessage;
use crate::wallet::{Capabilities, Card, SavedCardId};

/// The state of the list of cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListState {
    /// The list is being read; `true` once that takes so long that a text is shown.
    Loading(bool),
    /// The list was read.
    Ready,
    /// The list could not be read.
    Failed,
}

/// What is open below the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormPanel {
    /// Nothing is open.
    Closed,
    /// The warning that a card will be replaced.
    Warning,
    /// The form for one more card.
    Adding,
    /// The form for a card that replaces the only one.
    Replacing,
}

impl FormPanel {
    /// Whether the card form is mounted.
    #[must_use]
    pub fn has_form(self) -> bool {
        matches!(self, Self::Adding | Self::Replacing)
    }
}

/// What the person does with one card of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardAction {
    /// The card is deleted from the wallet.
    Delete,
    /// The card becomes the default card.
    SetDefault,
}

/// The state of the action on one card of the list. One card at a time has an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowState {
    /// No card has an action.
    Idle,
    /// The question before a delete is shown.
    Confirming(SavedCardId),
    /// The wallet is performing the action.
    Busy(CardAction, SavedCardId),
    /// The wallet refused the action, with its message if there is one.
    Refused(CardAction, SavedCardId, Option<DisplayMessage>),
    /// The result of the action is unknown; the list is being read to find out.
    Indeterminate(CardAction, SavedCardId),
    /// After the list was read, the action is not done.
    NotDone(CardAction, SavedCardId),
}

impl RowState {
    /// The card that has the action.
    #[must_use]
    pub fn card(&self) -> Option<&SavedCardId> {
        match self {
            Self::Idle => None,
            Self::Confirming(id)
            | Self::Busy(_, id)
            | Self::Refused(_, id, _)
            | Self::Indeterminate(_, id)
            | Self::NotDone(_, id) => Some(id),
        }
    }
}

/// What continues after the person has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ResumeAfterSignIn {
    Load,
    CardAction(CardAction, SavedCardId),
    Form,
}

/// The wallet on screen. [`Self::handle`] takes each event and returns the next command and focus.
///
/// ```
/// use card_entry_companion::wallet::Capabilities;
/// use card_entry_companion::wallet_view::{FocusTarget, WalletEvent, WalletViewModel};
///
/// let mut wallet = WalletViewModel::new(Capabilities::SINGLE_CARD);
/// assert_eq!(wallet.as_str(), "loading");
/// wallet.handle(WalletEvent::Loaded(Ok(vec![])));
/// assert_eq!(wallet.as_str(), "empty");
/// let (command, focus) = wallet.handle(WalletEvent::Add);
/// assert_eq!((command, focus), (None, Some(FocusTarget::Panel)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalletViewModel {
    capabilities: Capabilities,
    cards: Vec<Card>,
    list: ListState,
    panel: FormPanel,
    row: RowState,
    resume: Option<ResumeAfterSignIn>,
    status: Option<Announcement>,
    alert: Option<Announcement>,
    return_focus: FocusTarget,
    /// Whether a save was started in the form that is open.
    save_started: bool,
    /// Whether the card of the form is being sent to the wallet.
    saving: bool,
}

impl WalletViewModel {
    /// A wallet whose list is being read, if the wallet has one.
    #[must_use]
    pub fn new(capabilities: Capabilities) -> Self {
        let list = if capabilities.list {
            ListState::Loading(false)
        } else {
            ListState::Ready
        };
        Self {
            capabilities,
            cards: vec![],
            list,
            panel: FormPanel::Closed,
            row: RowState::Idle,
            resume: None,
            status: None,
            alert: None,
            return_focus: FocusTarget::Heading,
            save_started: false,
            saving: false,
        }
    }

    /// The cards in the order in which they are shown.
    #[must_use]
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }

    /// What this wallet supports; never changes.
    #[must_use]
    pub fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    /// The state of the list.
    #[must_use]
    pub fn list(&self) -> ListState {
        self.list
    }

    /// What is open below the list.
    #[must_use]
    pub fn panel(&self) -> FormPanel {
        self.panel
    }

    /// The action on one card.
    #[must_use]
    pub fn row(&self) -> &RowState {
        &self.row
    }

    /// Whether something waits until the person has signed in.
    #[must_use]
    pub fn wants_sign_in(&self) -> bool {
        self.resume.is_some()
    }

    /// Whether the card of the form is being sent to the wallet, so that the form must stay open.
    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.panel.has_form() && self.saving
    }

    /// Whether the list itself waits for a sign-in, so that there is nothing to show.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.resume == Some(ResumeAfterSignIn::Load)
    }

    /// The text of the polite live region (`role="status"`).
    #[must_use]
    pub fn status(&self) -> Option<&Announcement> {
        self.status.as_ref()
    }

    /// The text of the assertive live region (`role="alert"`).
    #[must_use]
    pub fn alert(&self) -> Option<&Announcement> {
        self.alert.as_ref()
    }

    /// Whether the Add button is shown.
    #[must_use]
    pub fn can_add(&self) -> bool {
        self.list == ListState::Ready
            && self.panel == FormPanel::Closed
            && !self.is_hidden()
            && (self.capabilities.many || self.cards.is_empty())
    }

    /// Whether the only card can be replaced.
    #[must_use]
    pub fn can_replace(&self) -> bool {
        !self.capabilities.many && !self.cards.is_empty()
    }

    /// Whether this card can become the default.
    #[must_use]
    pub fn can_set_default(&self, card: &Card) -> bool {
        self.capabilities.set_default && !card.is_default
    }

    /// The value of `data-state`: `sign-in`, `adding`, `replacing`, `confirming`, `busy`, `loading`, `error`, `empty`
    /// or `list`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        if self.wants_sign_in() {
            return "sign-in";
        }
        match (self.panel, &self.row, self.list) {
            (FormPanel::Adding, ..) => "adding",
            (FormPanel::Warning | FormPanel::Replacing, ..) => "replacing",
            (_, RowState::Confirming(_), _) => "confirming",
            (_, RowState::Busy(..) | RowState::Indeterminate(..), _) => "busy",
            (.., ListState::Loading(_)) => "loading",
            (.., ListState::Failed) => "error",
            _ if self.cards.is_empty() => "empty",
            _ => "list",
        }
    }

    fn position_of(&self, id: &SavedCardId) -> usize {
        self.cards
            .iter()
            .position(|card| card.id == *id)
            .unwrap_or(0)
    }

    fn card(&self, id: &SavedCardId) -> Option<Card> {
        self.cards.iter().find(|card| card.id == *id).cloned()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
