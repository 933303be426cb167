//! One Braintree merchant: everything its keys have made. Kept in [`Gateway`], changed by [`super::calls`].

use super::authorization::Grant;
use super::card::TestCard;
use super::card_on_file::Card;
use super::graphql::project::Store;
use super::object::{Customer, Kind, SingleUse, Vaulted};
use super::outcome::Verification;
use super::request_key::RequestKeys;
use super::transaction::Transaction;
use crate::mint::Mint;
use crate::shelf::Shelf;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// Every merchant by its id. A merchant is made when its id is first used.
#[derive(Debug)]
pub struct Gateway {
    seed: u64,
    merchants: HashMap<String, Merchant>,
}

impl Gateway {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            merchants: HashMap::new(),
        }
    }

    pub fn merchant(&mut self, id: &str) -> &mut Merchant {
        let seed = self.seed;
        self.merchants
            .entry(id.to_owned())
            .or_insert_with(|| Merchant::new(seed, id))
    }
}

/// The objects of one merchant, by their old ids.
#[derive(Debug)]
pub struct Merchant {
    pub id: String,
    /// What was granted to each client token's fingerprint.
    pub grants: HashMap<String, Grant>,
    pub customers: Shelf<Customer>,
    pub vault: Shelf<Vaulted>,
    pub nonces: Shelf<SingleUse>,
    pub verifications: Shelf<Verification>,
    pub transactions: Shelf<Transaction>,
    /// What was made under each `apiRequestKey`.
    pub request_keys: RequestKeys,
    mint: Mint,
}

impl Merchant {
    fn new(seed: u64, id: &str) -> Self {
        Self {
            id: id.to_owned(),
            grants: HashMap::new(),
            customers: Shelf::default(),
            vault: Shelf::default(),
            nonces: Shelf::default(),
            verifications: Shelf::default(),
            transactions: Shelf::default(),
            request_keys: RequestKeys::default(),
            mint: Mint::new(seed, &format!("braintree/{id}")),
        }
    }

    /// A new old id: eight small letters or digits.
    pub fn id(&mut self) -> String {
        self.letters(8)
    }

    /// A new nonce, in the form of those a browser gets.
    pub fn nonce(&mut self) -> String {
        let parts: Vec<String> = (0..4).map(|_| self.letters(6)).collect();
        format!("tokencc_bh_{}_{}", parts.join("_"), self.letters(3))
    }

    /// Small letters and digits, at most 32.
    pub fn letters(&mut self, length: usize) -> String {
        self.mint.letters(length).to_lowercase()
    }

    /// The same for the same number, for ever, and another with another merchant.
    #[must_use]
    pub fn unique(&self, card: &TestCard) -> String {
        self.mint.fingerprint(card.number).to_lowercase()
    }

    /// The living customer with this global id.
    #[must_use]
    pub fn customer(&self, id: &str) -> Option<&Customer> {
        let legacy = Kind::Customer.legacy(id)?;
        self.customers
            .get(&legacy)
            .filter(|customer| !customer.deleted)
    }

    /// The living card with this global id.
    #[must_use]
    pub fn vaulted(&self, id: &str) -> Option<&Vaulted> {
        let legacy = Kind::PaymentMethod.legacy(id)?;
        self.vault.get(&legacy).filter(|method| !method.deleted)
    }

    /// Old ids of a customer's living cards, newest first.
    #[must_use]
    pub fn cards_of(&self, customer: &str) -> Vec<String> {
        self.vault
            .newest_first()
            .filter(|(_, method)| method.customer == customer && !method.deleted)
            .map(|(id, _)| id.to_owned())
            .collect()
    }

    /// Whether the vault has the same card: of `customer`, or of anyone.
    #[must_use]
    pub fn has_card(&self, card: &Card, customer: Option<&str>) -> bool {
        self.vault.newest_first().any(|(_, method)| {
            let same = method.card.test == card.test
                && (&method.card.month, &method.card.year) == (&card.month, &card.year);
            same && !method.deleted && customer.is_none_or(|customer| customer == method.customer)
        })
    }
}

impl Store for Merchant {
    fn transactions(&self, input: &Map<String, Value>) -> Vec<String> {
        let fits = |transaction: &Transaction| {
            let order = transaction.texts.get("orderId").and_then(Value::as_str);
            match input.get("orderId").and_then(Value::as_object) {
                Some(wanted) => is_text(order.unwrap_or_default(), wanted),
                None => true,
            }
        };
        let all = self.transactions.newest_first();
        all.filter(|(_, transaction)| fits(transaction))
            .map(|(id, _)| Kind::Transaction.global(id))
            .collect()
    }

    fn object(&self, id: &str) -> Option<Value> {
        if let Some(nonce) = self.nonces.get(id) {
            return Some(nonce.to_json(&self.unique(nonce.card.test)));
        }
        let (kind, legacy) = Kind::read(id)?;
        match kind {
            Kind::Customer => self
                .customer(id)
                .map(|it| it.to_json(self.cards_of(&legacy))),
            Kind::PaymentMethod => self
                .vaulted(id)
                .map(|it| it.to_json(&self.unique(it.card.test))),
            Kind::Transaction => {
                let it = self.transactions.get(&legacy)?;
                Some(it.to_json(&self.unique(it.card.test)))
            }
            Kind::Verification => {
                let it = self.verifications.get(&legacy)?;
                Some(it.to_json(&self.unique(it.card.test)))
            }
        }
    }
}

/// `SearchTextInput`: all that is asked for must be so.
fn is_text(text: &str, wanted: &Map<String, Value>) -> bool {
    wanted.iter().all(|(how, value)| {
        let value = value.as_str();
        value.is_none_or(|value| match how.as_str() {
            "is" => text == value,
            "isNot" => text != value,
            "startsWith" => text.starts_with(value),
            "endsWith" => text.ends_with(value),
            _ => text.contains(value),
        })
    })
}

/// Now, as every `createdAt` holds it.
#[must_use]
pub fn timestamp() -> String {
    use time::macros::format_description;
    let form =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");
    time::OffsetDateTime::now_utc()
        .format(&form)
        .unwrap_or_default()
}
