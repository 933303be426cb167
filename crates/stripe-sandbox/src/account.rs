//! One account: everything its keys have made. Kept by [`crate::world`], changed by the API.

use crate::idempotency::IdempotencyKeys;
use crate::key::Rights;
use crate::mint::Mint;
use crate::object::{
    CheckoutSession, Customer, Event, PaymentIntent, PaymentMethod, SetupIntent, WebhookEndpoint,
};
use crate::shelf::Shelf;
use crate::webhook::Habits;
use serde_json::Value;

/// The objects of one account.
#[derive(Debug)]
pub struct Account {
    /// `acct_…`.
    pub id: String,
    /// Makes its ids.
    pub mint: Mint,
    /// `cus_…`.
    pub customers: Shelf<Customer>,
    /// `pm_…`.
    pub methods: Shelf<PaymentMethod>,
    /// `seti_…`.
    pub setups: Shelf<SetupIntent>,
    /// `pi_…`.
    pub payments: Shelf<PaymentIntent>,
    /// `evt_…`; recorded by [`crate::world::Books::record`].
    pub events: Shelf<Event>,
    /// `we_…`.
    pub endpoints: Shelf<WebhookEndpoint>,
    /// How its webhooks are sent.
    pub habits: Habits,
    /// `cs_test_…`.
    pub checkouts: Shelf<CheckoutSession>,
    /// Answers kept for a day.
    pub idempotency: IdempotencyKeys,
}

impl Account {
    /// An empty account. A connected one is named by its platform and its id: `shop/acct_…`.
    #[must_use]
    pub fn new(seed: u64, name: &str) -> Self {
        let mut mint = Mint::new(seed, name);
        let own = format!("acct_{}", mint.letters(16));
        Self {
            id: name.split_once('/').map_or(own, |(_, id)| id.to_owned()),
            mint,
            customers: Shelf::default(),
            methods: Shelf::default(),
            setups: Shelf::default(),
            payments: Shelf::default(),
            events: Shelf::default(),
            endpoints: Shelf::default(),
            habits: Habits::default(),
            checkouts: Shelf::default(),
            idempotency: IdempotencyKeys::default(),
        }
    }

    /// The object behind an id that stands in another object, for `expand`.
    #[must_use]
    pub fn show(&self, id: &str, rights: Rights) -> Option<Value> {
        match id.split('_').next()? {
            "cus" if rights == Rights::Secret => self.customers.get(id).map(Customer::to_json),
            "pm" => self.methods.get(id).map(|method| method.to_json(rights)),
            "seti" => self.setups.get(id).map(|intent| intent.to_json(rights)),
            "pi" => self.payments.get(id).map(|intent| intent.to_json(rights)),
            _ => None,
        }
    }
}
