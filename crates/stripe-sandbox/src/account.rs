//! One account: every object that was created with its keys. Held by [`crate::state`], changed by the API.
//! No object of an account must ever reach another account.

use crate::behaviour::Behaviour;
use crate::collection::Collection;
use crate::id_generator::IdGenerator;
use crate::idempotency::IdempotencyKeys;
use crate::key::Rights;
use crate::object::terminal::Terminal;
use crate::object::{
    AccountProfile, CardToken, Charge, CheckoutSession, ConfirmationToken, Customer, Dispute,
    Event, PaymentIntent, PaymentMethod, Refund, SetupIntent, WebhookEndpoint,
};
use crate::webhook::DeliveryPolicy;
use serde_json::Value;

#[derive(Debug)]
pub struct Account {
    pub id: String,
    pub ids: IdGenerator,
    pub customers: Collection<Customer>,
    pub payment_methods: Collection<PaymentMethod>,
    pub setup_intents: Collection<SetupIntent>,
    pub payment_intents: Collection<PaymentIntent>,
    pub checkout_sessions: Collection<CheckoutSession>,
    pub charges: Collection<Charge>,
    pub refunds: Collection<Refund>,
    pub disputes: Collection<Dispute>,
    /// `issfr_…`, as JSON: they never change.
    pub early_fraud_warnings: Collection<Value>,
    pub tokens: Collection<CardToken>,
    pub confirmation_tokens: Collection<ConfirmationToken>,
    pub profile: AccountProfile,
    pub behaviour: Behaviour,
    pub events: Collection<Event>,
    pub webhook_endpoints: Collection<WebhookEndpoint>,
    pub delivery_policy: DeliveryPolicy,
    pub terminal: Terminal,
    pub idempotency: IdempotencyKeys,
}

impl Account {
    /// An empty account. The name of a connected account is its platform and its id: `shop/acct_…`.
    #[must_use]
    pub fn new(seed: u64, name: &str) -> Self {
        let mut ids = IdGenerator::new(seed, name);
        let own = format!("acct_{}", ids.alphanumeric(16));
        Self {
            id: name.split_once('/').map_or(own, |(_, id)| id.to_owned()),
            ids,
            customers: Collection::default(),
            payment_methods: Collection::default(),
            setup_intents: Collection::default(),
            payment_intents: Collection::default(),
            checkout_sessions: Collection::default(),
            charges: Collection::default(),
            refunds: Collection::default(),
            disputes: Collection::default(),
            early_fraud_warnings: Collection::default(),
            tokens: Collection::default(),
            confirmation_tokens: Collection::default(),
            profile: AccountProfile {
                created: crate::object::now(),
                ..AccountProfile::default()
            },
            behaviour: Behaviour::default(),
            events: Collection::default(),
            webhook_endpoints: Collection::default(),
            delivery_policy: DeliveryPolicy::default(),
            terminal: Terminal::default(),
            idempotency: IdempotencyKeys::default(),
        }
    }

    /// The JSON object with this id, for `expand`. `None` when the caller must not see it or it does not exist.
    #[must_use]
    pub fn show(&self, id: &str, rights: Rights) -> Option<Value> {
        match id.split('_').next()? {
            "cus" if rights == Rights::Secret => self.customers.get(id).map(Customer::to_json),
            "ch" if rights == Rights::Secret => self.charges.get(id).map(Charge::to_json),
            "dp" if rights == Rights::Secret => self.disputes.get(id).map(Dispute::to_json),
            "re" if rights == Rights::Secret => self.refunds.get(id).map(Refund::to_json),
            "pm" => self
                .payment_methods
                .get(id)
                .map(|method| method.to_json(rights)),
            "seti" => self
                .setup_intents
                .get(id)
                .map(|intent| intent.to_json(rights)),
            "pi" => self
                .payment_intents
                .get(id)
                .map(|intent| intent.to_json(rights)),
            _ => None,
        }
    }
}
