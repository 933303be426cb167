//! The moves of the wallet on screen.
//!
//! Called by the Leptos `Wallet` for every press and every answer. An answer that belongs to nothing shown any more
//! changes nothing.

use card_entry_protocol::card::CardFacts;

use super::{Focus, Listing, Panel, Row, Said, Screen, Waiting};
use crate::wallet::{Card, CardId, Kept, WalletError, sort};
use crate::words::{WalletWord, Word};

/// A press, or an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The list came, or did not.
    Loaded(Result<Vec<Card>, WalletError>),
    /// The list takes long.
    Slow,
    /// Read the list again.
    Retry,
    /// Ask for a card.
    Add,
    /// Ask for a card in place of the one there is: the warning first.
    Replace,
    /// The warning was read.
    Continue,
    /// Close the form, the warning or the question.
    Cancel,
    /// Ask whether to delete.
    Delete(CardId),
    /// The question was answered with yes.
    ConfirmDelete,
    /// The delete ended.
    Deleted(Result<(), WalletError>),
    /// The form's card is in the wallet.
    Saved(Box<CardFacts>, Kept),
    /// The form waits for a sign-in.
    FormSignIn,
    /// The person signed in.
    SignedIn,
}

/// What is to be done outside the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Read the list.
    Load,
    /// Delete this card.
    Delete(CardId),
    /// Let the form go on.
    Resume,
    /// Tell the page that the cards changed.
    Changed,
}

type Next = (Option<Effect>, Option<Focus>);

impl Screen {
    /// Makes a move; returns what is to be done outside, and where the focus goes.
    pub fn act(&mut self, act: Act) -> (Option<Effect>, Option<Focus>) {
        if !matches!(act, Act::Slow) {
            self.alert = None;
        }
        if !matches!(act, Act::Slow | Act::Loaded(_)) {
            self.status = None;
        }
        match act {
            Act::Loaded(Ok(cards)) => self.loaded(cards),
            Act::Loaded(Err(error)) => self.not_loaded(&error),
            Act::Slow => {
                if self.listing == Listing::Loading(false) {
                    self.listing = Listing::Loading(true);
                    self.status = Some(Said::Word(WalletWord::LoadingSlow));
                }
                (None, None)
            }
            Act::Retry => self.load(Some(Focus::Heading)),
            Act::Add if self.can_add() => self.open(Panel::Adding, Focus::Add),
            Act::Replace if self.can_replace() && self.panel == Panel::Closed => {
                self.open(Panel::Warning, Focus::Replace(0))
            }
            Act::Continue if self.panel == Panel::Warning => {
                self.panel = Panel::Replacing;
                (None, Some(Focus::Panel))
            }
            Act::Cancel => self.cancel(),
            Act::Delete(id) => self.ask_delete(id),
            Act::ConfirmDelete => self.delete(),
            Act::Deleted(answer) => self.deleted(answer),
            Act::Saved(facts, kept) => self.saved(&facts, kept),
            Act::FormSignIn if self.panel.has_form() => {
                self.ask_sign_in(Waiting::Form, Said::Entry(Word::SignIn))
            }
            Act::SignedIn => self.signed_in(),
            Act::Add | Act::Replace | Act::Continue | Act::FormSignIn => (None, None),
        }
    }

    fn load(&mut self, focus: Option<Focus>) -> Next {
        self.listing = Listing::Loading(false);
        self.status = Some(Said::Word(WalletWord::Loading));
        (Some(Effect::Load), focus)
    }

    fn set_cards(&mut self, mut cards: Vec<Card>) -> Option<Effect> {
        sort(&mut cards);
        self.listing = Listing::Ready;
        self.cards = cards;
        Some(Effect::Changed)
    }

    fn loaded(&mut self, cards: Vec<Card>) -> Next {
        self.status = None;
        if self.waiting == Some(Waiting::Load) {
            self.waiting = None;
        }
        let unclear = match &self.row {
            Row::Unclear(id) => self.card(id),
            _ => None,
        };
        let effect = self.set_cards(cards);
        let Some(card) = unclear else {
            return (effect, None);
        };
        if self.card(&card.id).is_some() {
            (effect, self.not_deleted(card.id))
        } else {
            self.row = Row::Idle;
            self.status = Some(Said::About(WalletWord::Deleted, Box::new(card)));
            (effect, Some(Focus::Heading))
        }
    }

    fn not_loaded(&mut self, error: &WalletError) -> Next {
        self.status = None;
        if let Row::Unclear(id) = self.row.clone() {
            self.listing = Listing::Ready;
            return (None, self.not_deleted(id));
        }
        if *error == WalletError::SignIn {
            return self.ask_sign_in(Waiting::Load, Said::Word(WalletWord::SignInToSee));
        }
        self.listing = Listing::Failed;
        self.alert = Some(Said::Word(WalletWord::LoadFailed));
        (None, None)
    }

    fn not_deleted(&mut self, id: CardId) -> Option<Focus> {
        let place = self.place_of(&id);
        self.row = Row::NotDeleted(id);
        self.alert = Some(Said::Word(WalletWord::DeleteUnclear));
        Some(Focus::Note(place))
    }

    fn open(&mut self, panel: Panel, opener: Focus) -> Next {
        if self.is_busy() {
            return (None, None);
        }
        self.row = Row::Idle;
        self.panel = panel;
        self.opener = opener;
        let focus = if panel == Panel::Warning {
            Focus::Warning
        } else {
            Focus::Panel
        };
        (None, Some(focus))
    }

    fn is_busy(&self) -> bool {
        matches!(self.row, Row::Deleting(_) | Row::Unclear(_))
    }

    fn cancel(&mut self) -> Next {
        if self.is_busy() || (self.panel == Panel::Closed && self.row == Row::Idle) {
            return (None, None);
        }
        if self.waiting == Some(Waiting::Form) {
            self.waiting = None;
        }
        self.panel = Panel::Closed;
        self.row = Row::Idle;
        (None, Some(self.opener))
    }

    fn ask_delete(&mut self, id: CardId) -> Next {
        if !self.capabilities.delete || self.is_busy() || self.card(&id).is_none() {
            return (None, None);
        }
        if self.panel != Panel::Closed {
            return (None, None);
        }
        let place = self.place_of(&id);
        self.opener = Focus::Delete(place);
        self.row = Row::Asking(id);
        (None, Some(Focus::Question(place)))
    }

    fn delete(&mut self) -> Next {
        let Row::Asking(id) = self.row.clone() else {
            return (None, None);
        };
        let place = self.place_of(&id);
        if let Some(card) = self.card(&id) {
            self.status = Some(Said::About(WalletWord::Deleting, Box::new(card)));
        }
        self.row = Row::Deleting(id.clone());
        (Some(Effect::Delete(id)), Some(Focus::Row(place)))
    }

    fn deleted(&mut self, answer: Result<(), WalletError>) -> Next {
        let Row::Deleting(id) = self.row.clone() else {
            return (None, None);
        };
        let place = self.place_of(&id);
        match answer {
            Ok(()) | Err(WalletError::NotFound) => {
                let card = self.card(&id).map(Box::new);
                self.status = card.map(|card| Said::About(WalletWord::Deleted, card));
                self.cards.retain(|card| card.id != id);
                self.row = Row::Idle;
                (Some(Effect::Changed), Some(Focus::Heading))
            }
            Err(WalletError::SignIn) => {
                self.ask_sign_in(Waiting::Delete(id), Said::Word(WalletWord::SignInToSee))
            }
            Err(WalletError::Unclear) => {
                self.row = Row::Unclear(id);
                (Some(Effect::Load), None)
            }
            Err(error) => {
                let sentence = match error {
                    WalletError::Refused(sentence) => sentence,
                    _ => None,
                };
                let said = sentence.clone().map(Said::Sentence);
                self.alert = said.or(Some(Said::Word(WalletWord::DeleteRefused)));
                self.row = Row::Refused(id, sentence);
                (None, Some(Focus::Note(place)))
            }
        }
    }

    fn saved(&mut self, facts: &CardFacts, kept: Kept) -> Next {
        let again = kept.again || self.cards.iter().any(|card| card.is(facts));
        let replaced = !self.capabilities.many && !self.cards.is_empty();
        let word = match (again, replaced) {
            (true, _) => WalletWord::SavedAgain,
            (_, true) => WalletWord::Replaced,
            _ => WalletWord::Saved,
        };
        let effect = self.set_cards(kept.cards);
        self.panel = Panel::Closed;
        self.row = Row::Idle;
        self.waiting = None;
        let place = self.cards.iter().position(|card| card.is(facts));
        let card = place.and_then(|place| self.cards.get(place)).cloned();
        self.status = card.map(|card| Said::About(word, Box::new(card)));
        (effect, Some(place.map_or(Focus::Heading, Focus::Row)))
    }

    fn ask_sign_in(&mut self, waiting: Waiting, said: Said) -> Next {
        self.waiting = Some(waiting);
        self.alert = Some(said);
        (None, Some(Focus::SignIn))
    }

    fn signed_in(&mut self) -> Next {
        match self.waiting.take() {
            Some(Waiting::Form) => (Some(Effect::Resume), Some(Focus::Panel)),
            Some(Waiting::Delete(id)) => (Some(Effect::Delete(id)), Some(Focus::Heading)),
            Some(Waiting::Load) => self.load(Some(Focus::Heading)),
            None if self.panel.has_form() => (Some(Effect::Resume), None),
            None if self.is_busy() => (None, None),
            None => self.load(None),
        }
    }
}
