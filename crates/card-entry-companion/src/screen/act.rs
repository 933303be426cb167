//! The moves of the wallet on screen.
//!
//! Called by the Leptos `Wallet` for every press and every answer. An answer that belongs to nothing shown any more
//! changes nothing.

use card_entry_protocol::card::CardDetails;

use super::{Deed, Focus, Listing, Panel, Row, Said, Screen, Waiting};
use crate::state::State;
use crate::wallet::{Card, CardId, Kept, WalletError, sort};
use crate::words::{WalletWord, Word};

/// A press, or an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The list came, or did not.
    Loaded(Result<Vec<Card>, WalletError>),
    /// The list takes long.
    Slow,
    /// Read the list again, as the person asked.
    Retry,
    /// The cards changed elsewhere: read them again beneath whatever the person does.
    Reread,
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
    /// Make this card the default.
    MakeDefault(CardId),
    /// That ended; the cards as they are then.
    Chosen(Result<Vec<Card>, WalletError>),
    /// The form's card is in the wallet.
    Saved(Box<CardDetails>, Kept),
    /// A save was begun in the form; what becomes of its card is the wallet's to tell.
    FormTried,
    /// The form's state changed.
    FormState(State),
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
    /// Make this card the default.
    MakeDefault(CardId),
    /// Have a card taken at the reader.
    Present,
    /// Let the form go on.
    Resume,
    /// Tell the page that the cards changed.
    Changed,
}

pub(super) type Next = (Option<Effect>, Option<Focus>);

impl Screen {
    /// Makes a move; returns what is to be done outside, and where the focus goes.
    pub fn act(&mut self, act: Act) -> (Option<Effect>, Option<Focus>) {
        let quiet = matches!(act, Act::Slow | Act::FormTried | Act::FormState(_));
        if !quiet {
            self.alert = None;
        }
        if !quiet && !matches!(act, Act::Loaded(_)) {
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
            Act::Reread => self.reread(),
            Act::Add if self.can_add() && self.capabilities.card_present => {
                (Some(Effect::Present), None)
            }
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
            Act::MakeDefault(id) => self.make_default(id),
            Act::Chosen(answer) => self.chosen(answer),
            Act::Saved(facts, kept) => self.saved(&facts, kept),
            Act::FormTried => {
                self.tried = true;
                (None, None)
            }
            Act::FormState(state) => {
                self.asking = matches!(state, State::Saving | State::Checking);
                (None, None)
            }
            Act::FormSignIn if self.panel.has_form() => {
                self.ask_sign_in(Waiting::Form, Said::Entry(Word::SignIn))
            }
            Act::SignedIn => self.signed_in(),
            Act::Add | Act::Replace | Act::Continue | Act::FormSignIn => (None, None),
        }
    }

    fn load(&mut self, focus: Option<Focus>) -> Next {
        if !self.capabilities.list {
            return (None, focus);
        }
        self.listing = Listing::Loading(false);
        self.status = Some(Said::Word(WalletWord::Loading));
        (Some(Effect::Load), focus)
    }

    /// The focus stays where it is, unless what holds it goes.
    fn reread(&mut self) -> Next {
        let retried = self.listing == Listing::Failed;
        self.load(retried.then_some(Focus::Heading))
    }

    pub(super) fn set_cards(&mut self, mut cards: Vec<Card>) -> Option<Effect> {
        sort(&mut cards);
        self.listing = Listing::Ready;
        self.cards = cards;
        Some(Effect::Changed)
    }

    fn loaded(&mut self, cards: Vec<Card>) -> Next {
        // Read again behind a deed, the list leaves what was said of the deed.
        if self.listing != Listing::Ready {
            self.status = None;
        }
        if self.waiting == Some(Waiting::Load) {
            self.waiting = None;
        }
        let unclear = match self.row.clone() {
            Row::Unclear(deed, id) => Some((deed, id)),
            _ => None,
        };
        let before = unclear.as_ref().and_then(|(_, id)| self.card(id));
        let effect = self.set_cards(cards);
        match (unclear, before) {
            (Some((deed, _)), Some(card)) => (effect, Some(self.clear_up(deed, card))),
            _ => (effect, None),
        }
    }

    fn not_loaded(&mut self, error: &WalletError) -> Next {
        if let Row::Unclear(deed, id) = self.row.clone() {
            self.listing = Listing::Ready;
            return (None, Some(self.not_done(deed, id)));
        }
        if *error == WalletError::SignIn {
            self.status = None;
            return self.ask_sign_in(Waiting::Load, Said::Word(WalletWord::SignInToSee));
        }
        if self.listing == Listing::Ready {
            return (None, None);
        }
        self.status = None;
        self.listing = Listing::Failed;
        self.alert = Some(Said::Word(WalletWord::LoadFailed));
        (None, None)
    }

    fn open(&mut self, panel: Panel, opener: Focus) -> Next {
        if self.is_busy() {
            return (None, None);
        }
        self.row = Row::Idle;
        self.panel = panel;
        (self.tried, self.asking) = (false, false);
        self.opener = opener;
        let focus = if panel == Panel::Warning {
            Focus::Warning
        } else {
            Focus::Panel
        };
        (None, Some(focus))
    }

    pub(super) fn is_busy(&self) -> bool {
        matches!(self.row, Row::Busy(..) | Row::Unclear(..))
    }

    fn cancel(&mut self) -> Next {
        let nothing = self.panel == Panel::Closed && self.row == Row::Idle;
        if self.is_busy() || self.is_asking() || nothing {
            return (None, None);
        }
        if self.waiting == Some(Waiting::Form) {
            self.waiting = None;
        }
        // What was begun may have been done: the list must not be a guess.
        let read = self.panel.has_form() && self.tried && self.capabilities.list;
        self.panel = Panel::Closed;
        self.row = Row::Idle;
        (read.then_some(Effect::Load), Some(self.opener))
    }

    fn saved(&mut self, facts: &CardDetails, kept: Kept) -> Next {
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
        self.asking = false;
        let place = self.cards.iter().position(|card| card.is(facts));
        let card = place.and_then(|place| self.cards.get(place)).cloned();
        self.status = card.map(|card| Said::About(word, Box::new(card)));
        (effect, Some(place.map_or(Focus::Heading, Focus::Row)))
    }

    pub(super) fn ask_sign_in(&mut self, waiting: Waiting, said: Said) -> Next {
        self.waiting = Some(waiting);
        self.alert = Some(said);
        (None, Some(Focus::SignIn))
    }

    fn signed_in(&mut self) -> Next {
        match self.waiting.take() {
            Some(Waiting::Form) => (Some(Effect::Resume), Some(Focus::Panel)),
            Some(Waiting::Deed(Deed::Delete, id)) => {
                (Some(Effect::Delete(id)), Some(Focus::Heading))
            }
            Some(Waiting::Deed(Deed::MakeDefault, id)) => {
                (Some(Effect::MakeDefault(id)), Some(Focus::Heading))
            }
            Some(Waiting::Load) => self.load(Some(Focus::Heading)),
            None if self.panel.has_form() => (Some(Effect::Resume), None),
            None if self.is_busy() => (None, None),
            None => self.load(None),
        }
    }
}
