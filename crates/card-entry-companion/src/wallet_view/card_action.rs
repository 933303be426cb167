//! Deletes a card or makes it the default: confirmed, busy, done, refused, indeterminate.
//!
//! Called by [`super::handle`]. It must never delete without a confirmation, nor announce as done what may not be.

use super::handle::Transition;
use super::{
    Announcement, CardAction, FocusTarget, FormPanel, ResumeAfterSignIn, RowState, WalletCommand,
    WalletViewModel,
};
use crate::i18n::WalletMessageKey;
use crate::wallet::{Card, SavedCardId, WalletError};

impl CardAction {
    /// The key of the text while the action is in progress.
    #[must_use]
    pub fn busy(self) -> WalletMessageKey {
        match self {
            Self::Delete => WalletMessageKey::Deleting,
            Self::SetDefault => WalletMessageKey::Choosing,
        }
    }

    /// The key of the text after the action.
    #[must_use]
    pub fn done(self) -> WalletMessageKey {
        match self {
            Self::Delete => WalletMessageKey::Deleted,
            Self::SetDefault => WalletMessageKey::Chosen,
        }
    }

    /// The key of the text if the wallet refused without a message.
    #[must_use]
    pub fn refused(self) -> WalletMessageKey {
        match self {
            Self::Delete => WalletMessageKey::DeleteRefused,
            Self::SetDefault => WalletMessageKey::ChooseRefused,
        }
    }

    /// The key of the text if the result is unknown.
    #[must_use]
    pub fn indeterminate(self) -> WalletMessageKey {
        match self {
            Self::Delete => WalletMessageKey::DeleteUnclear,
            Self::SetDefault => WalletMessageKey::ChooseUnclear,
        }
    }
}

impl WalletViewModel {
    pub(super) fn confirm_delete(&mut self, id: SavedCardId) -> Transition {
        if !self.capabilities.delete || !self.is_free_for(&id) {
            return (None, None);
        }
        let position = self.position_of(&id);
        self.return_focus = FocusTarget::Delete(position);
        self.row = RowState::Confirming(id);
        (None, Some(FocusTarget::Question(position)))
    }

    pub(super) fn delete(&mut self) -> Transition {
        let RowState::Confirming(id) = self.row.clone() else {
            return (None, None);
        };
        self.begin(CardAction::Delete, id.clone());
        let focus = FocusTarget::Row(self.position_of(&id));
        (Some(WalletCommand::Delete(id)), Some(focus))
    }

    pub(super) fn set_default(&mut self, id: SavedCardId) -> Transition {
        let allowed = self
            .card(&id)
            .is_some_and(|card| self.can_set_default(&card));
        if !allowed || !self.is_free_for(&id) {
            return (None, None);
        }
        let position = self.position_of(&id);
        self.return_focus = FocusTarget::SetDefault(position);
        self.begin(CardAction::SetDefault, id.clone());
        (
            Some(WalletCommand::SetDefault(id)),
            Some(FocusTarget::Row(position)),
        )
    }

    pub(super) fn deleted(&mut self, answer: Result<(), WalletError>) -> Transition {
        let RowState::Busy(CardAction::Delete, id) = self.row.clone() else {
            return (None, None);
        };
        match answer {
            Ok(()) | Err(WalletError::NotFound) => {
                let was_default = self.card(&id).is_some_and(|card| card.is_default);
                self.announce_done(CardAction::Delete, &id);
                self.cards.retain(|card| card.id != id);
                self.row = RowState::Idle;
                // Only the wallet knows which card is the default now.
                let command = if was_default && !self.cards.is_empty() && self.capabilities.list {
                    WalletCommand::Load
                } else {
                    WalletCommand::NotifyCards
                };
                (Some(command), Some(FocusTarget::Heading))
            }
            Err(error) => self.not_done_because(CardAction::Delete, id, error),
        }
    }

    pub(super) fn default_set(&mut self, answer: Result<Vec<Card>, WalletError>) -> Transition {
        let RowState::Busy(CardAction::SetDefault, id) = self.row.clone() else {
            return (None, None);
        };
        match answer {
            Ok(cards) => {
                let command = self.set_cards(cards);
                self.row = RowState::Idle;
                self.announce_done(CardAction::SetDefault, &id);
                (command, Some(FocusTarget::Row(self.position_of(&id))))
            }
            Err(error) => self.not_done_because(CardAction::SetDefault, id, error),
        }
    }

    /// The list was read to check an action whose result was unknown.
    pub(super) fn on_reread(&mut self, action: CardAction, before: Card) -> FocusTarget {
        let now = self.card(&before.id);
        let done = match action {
            CardAction::Delete => now.is_none(),
            CardAction::SetDefault => now.is_some_and(|card| card.is_default),
        };
        if !done {
            return self.not_done(action, before.id);
        }
        self.row = RowState::Idle;
        self.status = Some(Announcement::AboutCard(action.done(), Box::new(before)));
        FocusTarget::Heading
    }

    pub(super) fn not_done(&mut self, action: CardAction, id: SavedCardId) -> FocusTarget {
        let position = self.position_of(&id);
        self.row = RowState::NotDone(action, id);
        self.alert = Some(Announcement::Wallet(action.indeterminate()));
        FocusTarget::Note(position)
    }

    fn is_free_for(&self, id: &SavedCardId) -> bool {
        !self.is_busy() && self.card(id).is_some() && self.panel == FormPanel::Closed
    }

    fn begin(&mut self, action: CardAction, id: SavedCardId) {
        let card = self.card(&id).map(Box::new);
        self.status = card.map(|card| Announcement::AboutCard(action.busy(), card));
        self.row = RowState::Busy(action, id);
    }

    fn announce_done(&mut self, action: CardAction, id: &SavedCardId) {
        let card = self.card(id).map(Box::new);
        self.status = card.map(|card| Announcement::AboutCard(action.done(), card));
    }

    fn not_done_because(
        &mut self,
        action: CardAction,
        id: SavedCardId,
        error: WalletError,
    ) -> Transition {
        match error {
            WalletError::SignInRequired => {
                let said = Announcement::Wallet(WalletMessageKey::SignInToSee);
                self.request_sign_in(ResumeAfterSignIn::CardAction(action, id), said)
            }
            // A deleted card cannot be the default; the list shows what is left.
            WalletError::Indeterminate | WalletError::RetryAfter(_) | WalletError::NotFound => {
                self.row = RowState::Indeterminate(action, id);
                (Some(WalletCommand::Load), None)
            }
            error => {
                let position = self.position_of(&id);
                let sentence = match error {
                    WalletError::Refused(sentence) => sentence,
                    _ => None,
                };
                let said = sentence.clone().map(Announcement::Server);
                self.alert = said.or(Some(Announcement::Wallet(action.refused())));
                self.row = RowState::Refused(action, id, sentence);
                (None, Some(FocusTarget::Note(position)))
            }
        }
    }
}
