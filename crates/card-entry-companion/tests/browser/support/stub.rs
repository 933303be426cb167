//! A stub wallet: it answers as the test says.

use std::cell::RefCell;
use std::collections::VecDeque;

use card_entry_companion::wallet::{
    Capabilities, Card, SaveRequest, SavedCardId, SavedWallet, WalletApi, WalletError,
    WalletFuture, WalletIntent,
};
use card_entry_protocol::card::{Brand, Last4};
use card_entry_protocol::expiry::{ExpMonth, ExpYear};
use card_entry_protocol::secret::ClientSecret;

use super::sleep;

pub fn card(id: &str, last4: &str) -> Card {
    Card {
        id: SavedCardId(id.to_owned()),
        brand: Brand::Visa,
        last4: Last4::parse(last4).unwrap(),
        exp_month: ExpMonth::try_from(12).unwrap(),
        exp_year: ExpYear::try_from(2030).unwrap(),
        name: None,
        label: None,
        address: None,
        is_default: false,
        expires_before_appointment: false,
    }
}

pub fn saved_wallet(cards: Vec<Card>) -> SavedWallet {
    SavedWallet {
        cards,
        already_saved: false,
    }
}

/// A wallet that answers with the prepared results, in order, and records its calls.
#[derive(Default)]
pub struct StubWallet {
    pub many: bool,
    pub cards: RefCell<Vec<Card>>,
    pub intent_errors: RefCell<VecDeque<WalletError>>,
    pub save_results: RefCell<VecDeque<Result<SavedWallet, WalletError>>>,
    pub list_errors: RefCell<VecDeque<WalletError>>,
    pub delete_errors: RefCell<VecDeque<WalletError>>,
    pub default_errors: RefCell<VecDeque<WalletError>>,
    pub save_delay_ms: u32,
    pub calls: RefCell<Vec<String>>,
}

impl StubWallet {
    pub fn count(&self, call: &str) -> usize {
        self.calls
            .borrow()
            .iter()
            .filter(|asked| asked.starts_with(call))
            .count()
    }
}

impl WalletApi for StubWallet {
    fn capabilities(&self) -> Capabilities {
        if self.many {
            Capabilities::MULTIPLE_CARDS
        } else {
            Capabilities::SINGLE_CARD
        }
    }

    fn create_setup_intent(&self) -> WalletFuture<'_, WalletIntent> {
        Box::pin(async move {
            self.calls
                .borrow_mut()
                .push("create_setup_intent".to_owned());
            match self.intent_errors.borrow_mut().pop_front() {
                Some(error) => Err(error),
                None => {
                    let secret = ClientSecret::parse("seti_1_secret_2").unwrap();
                    Ok(WalletIntent::ClientSecret(secret, None))
                }
            }
        })
    }

    fn save<'a>(&'a self, request: &'a SaveRequest) -> WalletFuture<'a, SavedWallet> {
        Box::pin(async move {
            let asked = format!("save {} {}", request.id, request.key.0);
            self.calls.borrow_mut().push(asked);
            sleep(self.save_delay_ms).await;
            let answer = self.save_results.borrow_mut().pop_front();
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
                Ok(saved_wallet(cards.clone()))
            })
        })
    }

    fn list(&self) -> WalletFuture<'_, Vec<Card>> {
        Box::pin(async move {
            self.calls.borrow_mut().push("list".to_owned());
            match self.list_errors.borrow_mut().pop_front() {
                Some(error) => Err(error),
                None => Ok(self.cards.borrow().clone()),
            }
        })
    }

    fn delete<'a>(&'a self, id: &'a SavedCardId) -> WalletFuture<'a, ()> {
        Box::pin(async move {
            self.calls.borrow_mut().push(format!("delete {}", id.0));
            if let Some(error) = self.delete_errors.borrow_mut().pop_front() {
                return Err(error);
            }
            self.cards.borrow_mut().retain(|card| card.id != *id);
            Ok(())
        })
    }

    fn set_default<'a>(&'a self, id: &'a SavedCardId) -> WalletFuture<'a, Vec<Card>> {
        Box::pin(async move {
            self.calls
                .borrow_mut()
                .push(format!("set_default {}", id.0));
            if let Some(error) = self.default_errors.borrow_mut().pop_front() {
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
