//! A wallet that answers as told.

use std::cell::RefCell;
use std::collections::VecDeque;

use card_entry_companion::wallet::{
    Answer, Capabilities, Card, CardId, Intent, Kept, SaveRequest, WalletApi, WalletError,
};
use card_entry_protocol::card::{Brand, Last4};
use card_entry_protocol::expiry::{ExpMonth, ExpYear};
use card_entry_protocol::secret::ClientSecret;

use super::sleep;

pub fn card(id: &str, last4: &str) -> Card {
    Card {
        id: CardId(id.to_owned()),
        brand: Brand::Visa,
        last4: Last4::parse(last4).unwrap(),
        exp_month: ExpMonth::try_from(12).unwrap(),
        exp_year: ExpYear::try_from(2030).unwrap(),
        name: None,
        label: None,
        address: None,
        is_default: false,
        expires_before_hold_ends: false,
    }
}

pub fn kept(cards: Vec<Card>) -> Kept {
    Kept {
        cards,
        again: false,
    }
}

/// A wallet that answers as told, in order, and remembers what it was asked.
#[derive(Default)]
pub struct StubWallet {
    pub many: bool,
    pub cards: RefCell<Vec<Card>>,
    pub begins: RefCell<VecDeque<WalletError>>,
    pub saves: RefCell<VecDeque<Result<Kept, WalletError>>>,
    pub lists: RefCell<VecDeque<WalletError>>,
    pub deletes: RefCell<VecDeque<WalletError>>,
    pub choices: RefCell<VecDeque<WalletError>>,
    pub slowness: u32,
    pub asked: RefCell<Vec<String>>,
}

impl StubWallet {
    pub fn count(&self, call: &str) -> usize {
        self.asked
            .borrow()
            .iter()
            .filter(|asked| asked.starts_with(call))
            .count()
    }
}

impl WalletApi for StubWallet {
    fn capabilities(&self) -> Capabilities {
        if self.many {
            Capabilities::MANY
        } else {
            Capabilities::ONE
        }
    }

    fn begin(&self) -> Answer<'_, Intent> {
        Box::pin(async move {
            self.asked.borrow_mut().push("begin".to_owned());
            match self.begins.borrow_mut().pop_front() {
                Some(error) => Err(error),
                None => {
                    let secret = ClientSecret::parse("seti_1_secret_2").unwrap();
                    Ok(Intent::Secret(secret, None))
                }
            }
        })
    }

    fn save<'a>(&'a self, request: &'a SaveRequest) -> Answer<'a, Kept> {
        Box::pin(async move {
            let asked = format!("save {} {}", request.id, request.key.0);
            self.asked.borrow_mut().push(asked);
            sleep(self.slowness).await;
            let answer = self.saves.borrow_mut().pop_front();
            answer.unwrap_or_else(|| {
                let saved = card(
                    &format!("cus_1|{}", request.id),
                    request.card.last4.as_str(),
                );
                let mut cards = self.cards.borrow_mut();
                if !self.many {
                    cards.clear();
                }
                cards.push(saved);
                Ok(kept(cards.clone()))
            })
        })
    }

    fn list(&self) -> Answer<'_, Vec<Card>> {
        Box::pin(async move {
            self.asked.borrow_mut().push("list".to_owned());
            match self.lists.borrow_mut().pop_front() {
                Some(error) => Err(error),
                None => Ok(self.cards.borrow().clone()),
            }
        })
    }

    fn delete<'a>(&'a self, id: &'a CardId) -> Answer<'a, ()> {
        Box::pin(async move {
            self.asked.borrow_mut().push(format!("delete {}", id.0));
            if let Some(error) = self.deletes.borrow_mut().pop_front() {
                return Err(error);
            }
            self.cards.borrow_mut().retain(|card| card.id != *id);
            Ok(())
        })
    }

    fn make_default<'a>(&'a self, id: &'a CardId) -> Answer<'a, Vec<Card>> {
        Box::pin(async move {
            self.asked
                .borrow_mut()
                .push(format!("make_default {}", id.0));
            if let Some(error) = self.choices.borrow_mut().pop_front() {
                return Err(error);
            }
            let mut cards = self.cards.borrow_mut();
            cards
                .iter_mut()
                .for_each(|card| card.is_default = card.id == *id);
            Ok(cards.clone())
        })
    }
}
