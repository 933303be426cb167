//! The Braintree merchants and the objects of each. [`super::resolvers`] reads and changes them.

use super::authorization::ClientTokenGrant;
use super::card::TestCard;
use super::card_on_file::CardOnFile;
use super::global_id::LegacyIdType;
use super::graphql::project::ObjectStore;
use super::object::{Customer, SingleUsePaymentMethod, VaultedPaymentMethod};
use super::request_key::RequestKeys;
use super::transaction::Transaction;
use super::verification::Verification;
use crate::collection::Collection;
use crate::id_generator::IdGenerator;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// All merchants by id. A merchant is created when its id is first used.
#[derive(Debug)]
pub struct Merchants {
    seed: u64,
    merchants: HashMap<String, Merchant>,
}

impl Merchants {
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

/// One merchant and its objects by legacy id.
#[derive(Debug)]
pub struct Merchant {
    pub id: String,
    /// Grant of each client token, by authorization fingerprint.
    pub grants: HashMap<String, ClientTokenGrant>,
    pub customers: Collection<Customer>,
    pub vault: Collection<VaultedPaymentMethod>,
    pub nonces: Collection<SingleUsePaymentMethod>,
    pub verifications: Collection<Verification>,
    pub transactions: Collection<Transaction>,
    pub request_keys: RequestKeys,
    ids: IdGenerator,
}

impl Merchant {
    fn new(seed: u64, id: &str) -> Self {
        Self {
            id: id.to_owned(),
            grants: HashMap::new(),
            customers: Collection::default(),
            vault: Collection::default(),
            nonces: Collection::default(),
            verifications: Collection::default(),
            transactions: Collection::default(),
            request_keys: RequestKeys::default(),
            ids: IdGenerator::new(seed, &format!("braintree/{id}")),
        }
    }

    /// A new legacy id: eight lower-case letters or digits.
    pub fn new_id(&mut self) -> String {
        self.alphanumeric(8)
    }

    /// A new nonce in the format of Braintree's.
    pub fn new_nonce(&mut self) -> String {
        let parts: Vec<String> = (0..4).map(|_| self.alphanumeric(6)).collect();
        format!("tokencc_bh_{}_{}", parts.join("_"), self.alphanumeric(3))
    }

    /// `length` lower-case letters or digits, at most 32.
    pub fn alphanumeric(&mut self, length: usize) -> String {
        self.ids.alphanumeric(length).to_lowercase()
    }

    /// `uniqueNumberIdentifier`: the same for the same number and merchant, different for another merchant.
    #[must_use]
    pub fn unique_number_identifier(&self, card: &TestCard) -> String {
        self.ids.fingerprint(card.number).to_lowercase()
    }

    /// The customer with this global id, unless it is deleted.
    #[must_use]
    pub fn customer(&self, id: &str) -> Option<&Customer> {
        let legacy = LegacyIdType::Customer.legacy(id)?;
        self.customers
            .get(&legacy)
            .filter(|customer| !customer.deleted)
    }

    /// The vaulted card with this global id, unless it is deleted.
    #[must_use]
    pub fn vaulted(&self, id: &str) -> Option<&VaultedPaymentMethod> {
        let legacy = LegacyIdType::PaymentMethod.legacy(id)?;
        self.vault.get(&legacy).filter(|method| !method.deleted)
    }

    /// Legacy ids of a customer's cards, newest first, without deleted ones.
    #[must_use]
    pub fn cards_of(&self, customer: &str) -> Vec<String> {
        self.vault
            .newest_first()
            .filter(|(_, method)| method.customer == customer && !method.deleted)
            .map(|(id, _)| id.to_owned())
            .collect()
    }

    /// Whether `customer`, or any customer when it is `None`, has the same number and date in the vault.
    #[must_use]
    pub fn has_card(&self, card: &CardOnFile, customer: Option<&str>) -> bool {
        self.vault.newest_first().any(|(_, method)| {
            let same = method.card.test == card.test
                && (&method.card.month, &method.card.year) == (&card.month, &card.year);
            same && !method.deleted && customer.is_none_or(|customer| customer == method.customer)
        })
    }
}

impl ObjectStore for Merchant {
    fn transactions(&self, input: &Map<String, Value>) -> Vec<String> {
        let matches = |transaction: &Transaction| {
            let order = transaction.echoed.get("orderId").and_then(Value::as_str);
            match input.get("orderId").and_then(Value::as_object) {
                Some(criteria) => matches_text(order.unwrap_or_default(), criteria),
                None => true,
            }
        };
        let all = self.transactions.newest_first();
        all.filter(|(_, transaction)| matches(transaction))
            .map(|(id, _)| LegacyIdType::Transaction.global(id))
            .collect()
    }

    fn object(&self, id: &str) -> Option<Value> {
        if let Some(nonce) = self.nonces.get(id) {
            return Some(nonce.to_json(&self.unique_number_identifier(nonce.card.test)));
        }
        let (kind, legacy) = LegacyIdType::read(id)?;
        match kind {
            LegacyIdType::Customer => self
                .customer(id)
                .map(|it| it.to_json(self.cards_of(&legacy))),
            LegacyIdType::PaymentMethod => self
                .vaulted(id)
                .map(|it| it.to_json(&self.unique_number_identifier(it.card.test))),
            LegacyIdType::Transaction => {
                let it = self.transactions.get(&legacy)?;
                Some(it.to_json(&self.unique_number_identifier(it.card.test)))
            }
            LegacyIdType::Verification => {
                let it = self.verifications.get(&legacy)?;
                Some(it.to_json(&self.unique_number_identifier(it.card.test)))
            }
        }
    }
}

/// `SearchTextInput`: every criterion must match.
fn matches_text(text: &str, criteria: &Map<String, Value>) -> bool {
    criteria.iter().all(|(operator, value)| {
        let value = value.as_str();
        value.is_none_or(|value| match operator.as_str() {
            "is" => text == value,
            "isNot" => text != value,
            "startsWith" => text.starts_with(value),
            "endsWith" => text.ends_with(value),
            _ => text.contains(value),
        })
    })
}

/// The current time in the format of `createdAt`.
#[must_use]
pub fn timestamp() -> String {
    use time::macros::format_description;
    let format =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:6]Z");
    time::OffsetDateTime::now_utc()
        .format(&format)
        .unwrap_or_default()
}
