//! One account: everything its keys have made. Kept by [`crate::world`], changed by the API.

use crate::idempotency::IdempotencyKeys;
use crate::key::Rights;
use crate::mint::Mint;
use crate::object::terminal::Terminal;
use crate::object::{
    Charge, CheckoutSession, ConfirmationToken, Customer, Dispute, Event, Merchant, PaymentIntent,
    PaymentMethod, Refund, SetupIntent, Token, WebhookEndpoint,
};
use crate::shelf::Shelf;
use crate::switches::Switches;
use crate::webhook::Habits;
use serde_json::Value;

/// The objects of one account.
#[derive(Debug)]
pub struct Account {
    pub id: String,
    pub mint: Mint,
    pub customers: Shelf<Customer>,
    pub methods: Shelf<PaymentMethod>,
    pub setups: Shelf<SetupIntent>,
    pub payments: Shelf<PaymentIntent>,
    pub checkouts: Shelf<CheckoutSession>,
    pub charges: Shelf<Charge>,
    pub refunds: Shelf<Refund>,
    pub disputes: Shelf<Dispute>,
    /// `issfr_…`, as they are shown: nothing changes them.
    pub fraud_warnings: Shelf<Value>,
    pub tokens: Shelf<Token>,
    pub confirmation_tokens: Shelf<ConfirmationToken>,
    /// What the account says of itself.
    pub merchant: Merchant,
    /// How it answers what Stripe leaves open.
    pub switches: Switches,
    pub events: Shelf<Event>,
    pub endpoints: Shelf<WebhookEndpoint>,
    /// How its webhooks are sent.
    pub habits: Habits,
    pub terminal: Terminal,
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
            checkouts: Shelf::default(),
            charges: Shelf::default(),
            refunds: Shelf::default(),
            disputes: Shelf::default(),
            fraud_warnings: Shelf::default(),
            tokens: Shelf::default(),
            confirmation_tokens: Shelf::default(),
            merchant: Merchant {
                created: crate::object::now(),
                ..Merchant::default()
            },
            switches: Switches::default(),
            events: Shelf::default(),
            endpoints: Shelf::default(),
            habits: Habits::default(),
            terminal: Terminal::default(),
            idempotency: IdempotencyKeys::default(),
        }
    }

    /// The object behind an id that stands in another object, for `expand`.
    #[must_use]
    pub fn show(&self, id: &str, rights: Rights) -> Option<Value> {
        match id.split('_').next()? {
            "cus" if rights == Rights::Secret => self.customers.get(id).map(Customer::to_json),
            "ch" if rights == Rights::Secret => self.charges.get(id).map(Charge::to_json),
            "dp" if rights == Rights::Secret => self.disputes.get(id).map(Dispute::to_json),
            "re" if rights == Rights::Secret => self.refunds.get(id).map(Refund::to_json),
            "pm" => self.methods.get(id).map(|method| method.to_json(rights)),
            "seti" => self.setups.get(id).map(|intent| intent.to_json(rights)),
            "pi" => self.payments.get(id).map(|intent| intent.to_json(rights)),
            _ => None,
        }
    }
}
