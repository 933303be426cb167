//! The transitions of the wallet on screen.
//!
//! Called by the Leptos `Wallet` for every event. A late answer, for something that is not shown any more, must never
//! change anything.

use card_entry_protocol::card::CardDetails;

use super::{
    Announcement, CardAction, FocusTarget, FormPanel, ListState, ResumeAfterSignIn, RowState,
    WalletCommand, WalletEvent, WalletViewModel,
};
use crate::i18n::{EntryMessageKey, WalletMessageKey};
use crate::state::EntryState;
use crate::wallet::{Card, SavedWallet, WalletError, sort_default_first};

pub(super) type Transition = (Option<WalletCommand>, Option<FocusTarget>);

impl WalletViewModel {
    /// Applies an event. Returns what to do next, and where the focus goes.
    pub fn handle(&mut self, event: WalletEvent) -> (Option<WalletCommand>, Option<FocusTarget>) {
        let is_silent = matches!(
            event,
            WalletEvent::Slow | WalletEvent::SaveStarted | WalletEvent::FormState(_)
        );
        if !is_silent {
            self.alert = None;
        }
        if !is_silent && !matches!(event, WalletEvent::Loaded(_)) {
            self.status = None;
        }
        match event {
            WalletEvent::Loaded(Ok(cards)) => self.loaded(cards),
            WalletEvent::Loaded(Err(error)) => self.not_loaded(&error),
            WalletEvent::Slow => {
                if self.list == ListState::Loading(false) {
                    self.list = ListState::Loading(true);
                    self.status = Some(Announcement::Wallet(WalletMessageKey::LoadingSlow));
                }
                (None, None)
            }
            WalletEvent::Retry => self.load(Some(FocusTarget::Heading)),
            WalletEvent::CardsChanged => self.cards_changed(),
            WalletEvent::Add if self.can_add() && self.capabilities.card_present => {
                (Some(WalletCommand::TakeCardAtReader), None)
            }
            WalletEvent::Add if self.can_add() => self.open(FormPanel::Adding, FocusTarget::Add),
            WalletEvent::Replace if self.can_replace() && self.panel == FormPanel::Closed => {
                self.open(FormPanel::Warning, FocusTarget::Replace(0))
            }
            WalletEvent::Continue if self.panel == FormPanel::Warning => {
                self.panel = FormPanel::Replacing;
                (None, Some(FocusTarget::Panel))
            }
            WalletEvent::Cancel => self.cancel(),
            WalletEvent::Delete(id) => self.confirm_delete(id),
            WalletEvent::ConfirmDelete => self.delete(),
            WalletEvent::Deleted(answer) => self.deleted(answer),
            WalletEvent::SetDefault(id) => self.set_default(id),
            WalletEvent::DefaultSet(answer) => self.default_set(answer),
            WalletEvent::Saved(details, kept) => self.saved(&details, kept),
            WalletEvent::SaveStarted => {
                self.save_started = true;
                (None, None)
            }
            WalletEvent::FormState(state) => {
                self.saving = matches!(state, EntryState::Saving | EntryState::Checking);
                (None, None)
            }
            WalletEvent::FormSignIn if self.panel.has_form() => self.request_sign_in(
                ResumeAfterSignIn::Form,
                Announcement::Entry(EntryMessageKey::SignIn),
            ),
            WalletEvent::SignedIn => self.signed_in(),
            WalletEvent::Add
            | WalletEvent::Replace
            | WalletEvent::Continue
            | WalletEvent::FormSignIn => (None, None),
        }
    }

    fn load(&mut self, focus: Option<FocusTarget>) -> Transition {
        if !self.capabilities.list {
            return (None, focus);
        }
        self.list = ListState::Loading(false);
        self.status = Some(Announcement::Wallet(WalletMessageKey::Loading));
        (Some(WalletCommand::Load), focus)
    }

    /// The focus stays where it is, unless its element disappears.
    fn cards_changed(&mut self) -> Transition {
        let retried = self.list == ListState::Failed;
        self.load(retried.then_some(FocusTarget::Heading))
    }

    pub(super) fn set_cards(&mut self, mut cards: Vec<Card>) -> Option<WalletCommand> {
        sort_default_first(&mut cards);
        self.list = ListState::Ready;
        self.cards = cards;
        Some(WalletCommand::NotifyCards)
    }

    fn loaded(&mut self, cards: Vec<Card>) -> Transition {
        // If the list was read to check an action, the announcement of the action stays.
        if self.list != ListState::Ready {
            self.status = None;
        }
        if self.resume == Some(ResumeAfterSignIn::Load) {
            self.resume = None;
        }
        let unclear = match self.row.clone() {
            RowState::Indeterminate(action, id) => Some((action, id)),
            _ => None,
        };
        let before = unclear.as_ref().and_then(|(_, id)| self.card(id));
        let command = self.set_cards(cards);
        match (unclear, before) {
            (Some((action, _)), Some(card)) => (command, Some(self.on_reread(action, card))),
            _ => (command, None),
        }
    }

    fn not_loaded(&mut self, error: &WalletError) -> Transition {
        if let RowState::Indeterminate(action, id) = self.row.clone() {
            self.list = ListState::Ready;
            return (None, Some(self.not_done(action, id)));
        }
        if *error == WalletError::SignInRequired {
            self.status = None;
            return self.request_sign_in(
                ResumeAfterSignIn::Load,
                Announcement::Wallet(WalletMessageKey::SignInToSee),
            );
        }
        if self.list == ListState::Ready {
            return (None, None);
        }
        self.status = None;
        self.list = ListState::Failed;
        self.alert = Some(Announcement::Wallet(WalletMessageKey::LoadFailed));
        (None, None)
    }

    fn open(&mut self, panel: FormPanel, return_focus: FocusTarget) -> Transition {
        if self.is_busy() {
            return (None, None);
        }
        self.row = RowState::Idle;
        self.panel = panel;
        (self.save_started, self.saving) = (false, false);
        self.return_focus = return_focus;
        let focus = if panel == FormPanel::Warning {
            FocusTarget::Warning
        } else {
            FocusTarget::Panel
        };
        (None, Some(focus))
    }

    pub(super) fn is_busy(&self) -> bool {
        matches!(self.row, RowState::Busy(..) | RowState::Indeterminate(..))
    }

    fn cancel(&mut self) -> Transition {
        let nothing = self.panel == FormPanel::Closed && self.row == RowState::Idle;
        if self.is_busy() || self.is_saving() || nothing {
            return (None, None);
        }
        if self.resume == Some(ResumeAfterSignIn::Form) {
            self.resume = None;
        }
        // The started save may have succeeded, so the list is read again.
        let read = self.panel.has_form() && self.save_started && self.capabilities.list;
        self.panel = FormPanel::Closed;
        self.row = RowState::Idle;
        (read.then_some(WalletCommand::Load), Some(self.return_focus))
    }

    fn saved(&mut self, details: &CardDetails, saved: SavedWallet) -> Transition {
        let already_saved =
            saved.already_saved || self.cards.iter().any(|card| card.matches(details));
        let replaced = !self.capabilities.many && !self.cards.is_empty();
        let key = match (already_saved, replaced) {
            (true, _) => WalletMessageKey::SavedAgain,
            (_, true) => WalletMessageKey::Replaced,
            _ => WalletMessageKey::Saved,
        };
        let command = self.set_cards(saved.cards);
        self.panel = FormPanel::Closed;
        self.row = RowState::Idle;
        self.resume = None;
        self.saving = false;
        let position = self.cards.iter().position(|card| card.matches(details));
        let card = position
            .and_then(|position| self.cards.get(position))
            .cloned();
        self.status = card.map(|card| Announcement::AboutCard(key, Box::new(card)));
        (
            command,
            Some(position.map_or(FocusTarget::Heading, FocusTarget::Row)),
        )
    }

    pub(super) fn request_sign_in(
        &mut self,
        waiting: ResumeAfterSignIn,
        alert: Announcement,
    ) -> Transition {
        self.resume = Some(waiting);
        self.alert = Some(alert);
        (None, Some(FocusTarget::SignIn))
    }

    fn signed_in(&mut self) -> Transition {
        match self.resume.take() {
            Some(ResumeAfterSignIn::Form) => {
                (Some(WalletCommand::ResumeForm), Some(FocusTarget::Panel))
            }
            Some(ResumeAfterSignIn::CardAction(CardAction::Delete, id)) => {
                (Some(WalletCommand::Delete(id)), Some(FocusTarget::Heading))
            }
            Some(ResumeAfterSignIn::CardAction(CardAction::SetDefault, id)) => (
                Some(WalletCommand::SetDefault(id)),
                Some(FocusTarget::Heading),
            ),
            Some(ResumeAfterSignIn::Load) => self.load(Some(FocusTarget::Heading)),
            None if self.panel.has_form() => (Some(WalletCommand::ResumeForm), None),
            None if self.is_busy() => (None, None),
            None => self.load(None),
        }
    }
}
