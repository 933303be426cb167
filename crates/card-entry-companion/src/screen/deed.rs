//! What is done with one card of the list: asked, under way, done, refused, unclear.
//!
//! Called by [`super::act`]. Nothing is deleted without a yes, and nothing is said to be done that may not be.

use super::act::Next;
use super::{Deed, Effect, Focus, Panel, Row, Said, Screen, Waiting};
use crate::wallet::{Card, CardId, WalletError};
use crate::words::WalletWord;

impl Deed {
    /// It is under way: `{card}`.
    #[must_use]
    pub fn busy(self) -> WalletWord {
        match self {
            Self::Delete => WalletWord::Deleting,
            Self::MakeDefault => WalletWord::Choosing,
        }
    }

    /// It is done: `{card}`.
    #[must_use]
    pub fn done(self) -> WalletWord {
        match self {
            Self::Delete => WalletWord::Deleted,
            Self::MakeDefault => WalletWord::Chosen,
        }
    }

    /// It was refused without a sentence.
    #[must_use]
    pub fn refused(self) -> WalletWord {
        match self {
            Self::Delete => WalletWord::DeleteRefused,
            Self::MakeDefault => WalletWord::ChooseRefused,
        }
    }

    /// Nobody knows whether it is done.
    #[must_use]
    pub fn unclear(self) -> WalletWord {
        match self {
            Self::Delete => WalletWord::DeleteUnclear,
            Self::MakeDefault => WalletWord::ChooseUnclear,
        }
    }
}

impl Screen {
    pub(super) fn ask_delete(&mut self, id: CardId) -> Next {
        if !self.capabilities.delete || !self.is_free_for(&id) {
            return (None, None);
        }
        let place = self.place_of(&id);
        self.opener = Focus::Delete(place);
        self.row = Row::Asking(id);
        (None, Some(Focus::Question(place)))
    }

    pub(super) fn delete(&mut self) -> Next {
        let Row::Asking(id) = self.row.clone() else {
            return (None, None);
        };
        self.begin(Deed::Delete, id.clone());
        let focus = Focus::Row(self.place_of(&id));
        (Some(Effect::Delete(id)), Some(focus))
    }

    pub(super) fn make_default(&mut self, id: CardId) -> Next {
        let allowed = self.card(&id).is_some_and(|card| self.can_choose(&card));
        if !allowed || !self.is_free_for(&id) {
            return (None, None);
        }
        let place = self.place_of(&id);
        self.opener = Focus::Choose(place);
        self.begin(Deed::MakeDefault, id.clone());
        (Some(Effect::MakeDefault(id)), Some(Focus::Row(place)))
    }

    pub(super) fn deleted(&mut self, answer: Result<(), WalletError>) -> Next {
        let Row::Busy(Deed::Delete, id) = self.row.clone() else {
            return (None, None);
        };
        match answer {
            Ok(()) | Err(WalletError::NotFound) => {
                let was_default = self.card(&id).is_some_and(|card| card.is_default);
                self.say_done(Deed::Delete, &id);
                self.cards.retain(|card| card.id != id);
                self.row = Row::Idle;
                // Which card is the default now is the wallet's to say.
                let effect = if was_default && !self.cards.is_empty() && self.capabilities.list {
                    Effect::Load
                } else {
                    Effect::Changed
                };
                (Some(effect), Some(Focus::Heading))
            }
            Err(error) => self.not_done_because(Deed::Delete, id, error),
        }
    }

    pub(super) fn chosen(&mut self, answer: Result<Vec<Card>, WalletError>) -> Next {
        let Row::Busy(Deed::MakeDefault, id) = self.row.clone() else {
            return (None, None);
        };
        match answer {
            Ok(cards) => {
                let effect = self.set_cards(cards);
                self.row = Row::Idle;
                self.say_done(Deed::MakeDefault, &id);
                (effect, Some(Focus::Row(self.place_of(&id))))
            }
            Err(error) => self.not_done_because(Deed::MakeDefault, id, error),
        }
    }

    /// The list was read again to see what became of a deed whose answer was unclear.
    pub(super) fn clear_up(&mut self, deed: Deed, before: Card) -> Focus {
        let now = self.card(&before.id);
        let done = match deed {
            Deed::Delete => now.is_none(),
            Deed::MakeDefault => now.is_some_and(|card| card.is_default),
        };
        if !done {
            return self.not_done(deed, before.id);
        }
        self.row = Row::Idle;
        self.status = Some(Said::About(deed.done(), Box::new(before)));
        Focus::Heading
    }

    pub(super) fn not_done(&mut self, deed: Deed, id: CardId) -> Focus {
        let place = self.place_of(&id);
        self.row = Row::NotDone(deed, id);
        self.alert = Some(Said::Word(deed.unclear()));
        Focus::Note(place)
    }

    fn is_free_for(&self, id: &CardId) -> bool {
        !self.is_busy() && self.card(id).is_some() && self.panel == Panel::Closed
    }

    fn begin(&mut self, deed: Deed, id: CardId) {
        let card = self.card(&id).map(Box::new);
        self.status = card.map(|card| Said::About(deed.busy(), card));
        self.row = Row::Busy(deed, id);
    }

    fn say_done(&mut self, deed: Deed, id: &CardId) {
        let card = self.card(id).map(Box::new);
        self.status = card.map(|card| Said::About(deed.done(), card));
    }

    fn not_done_because(&mut self, deed: Deed, id: CardId, error: WalletError) -> Next {
        match error {
            WalletError::SignIn => {
                let said = Said::Word(WalletWord::SignInToSee);
                self.ask_sign_in(Waiting::Deed(deed, id), said)
            }
            // A card that is gone cannot be chosen; the list shows what is left.
            WalletError::Unclear | WalletError::Wait(_) | WalletError::NotFound => {
                self.row = Row::Unclear(deed, id);
                (Some(Effect::Load), None)
            }
            error => {
                let place = self.place_of(&id);
                let sentence = match error {
                    WalletError::Refused(sentence) => sentence,
                    _ => None,
                };
                let said = sentence.clone().map(Said::Sentence);
                self.alert = said.or(Some(Said::Word(deed.refused())));
                self.row = Row::Refused(deed, id, sentence);
                (None, Some(Focus::Note(place)))
            }
        }
    }
}
