//! The accounts of the sandbox, and what belongs to none of them alone: open challenges, scheduled refunds and
//! webhook deliveries. Locked by [`super::SandboxState::accounts`].
//!
//! A connected account is named by its platform and its id, `shop/acct_…`. No account must ever see another's objects.

use super::refunds::ScheduledRefund;
use crate::account::Account;
use crate::api::Call;
use crate::behaviour::{Behaviour, UnknownAccount};
use crate::error::ApiError;
use crate::object::event::{Event, EventRequest};
use crate::object::{WebhookEndpoint, now};
use crate::webhook::{Delivery, DeliveryLog, DeliveryPolicy};
use serde_json::Value;
use std::collections::HashMap;
use std::time::Instant;
use tokio::sync::mpsc::UnboundedSender;

#[derive(Debug)]
pub struct Accounts {
    seed: u64,
    accounts: HashMap<String, Account>,
    /// The intents that wait for a 3D Secure challenge, by the challenge's `src_…`.
    challenges: HashMap<String, PendingChallenge>,
    delivery_sender: UnboundedSender<Delivery>,
    pub(super) scheduled_refunds: Vec<ScheduledRefund>,
    pub delivery_log: DeliveryLog,
}

/// The intent a challenge was opened for.
#[derive(Clone, Debug)]
pub struct PendingChallenge {
    pub account: String,
    pub intent: String,
    /// Where the person goes afterwards, when Stripe.js does not show the bank's page.
    pub return_url: Option<String>,
}

impl PendingChallenge {
    /// The account whose keys reach the intent; for a connected account, its platform.
    #[must_use]
    pub fn platform(&self) -> &str {
        platform_of(&self.account)
    }
}

/// An event that is to be recorded.
#[derive(Clone, Debug)]
pub struct NewEvent<'a> {
    pub kind: &'a str,
    /// The object as a server sees it.
    pub object: Value,
    /// For `….updated`: the previous values of the members that changed.
    pub previous: Option<Value>,
}

impl Accounts {
    /// No accounts. Deliveries are sent to `delivery_sender`.
    #[must_use]
    pub fn new(seed: u64, delivery_sender: UnboundedSender<Delivery>) -> Self {
        Self {
            seed,
            accounts: HashMap::new(),
            challenges: HashMap::new(),
            delivery_sender,
            scheduled_refunds: Vec::new(),
            delivery_log: DeliveryLog::default(),
        }
    }

    /// The account `name`, created at first use.
    pub fn account(&mut self, name: &str) -> &mut Account {
        let seed = self.seed;
        self.accounts
            .entry(name.to_owned())
            .or_insert_with(|| Account::new(seed, name))
    }

    /// The name of the first account that satisfies `predicate`.
    #[must_use]
    pub fn find_name(&self, predicate: impl Fn(&Account) -> bool) -> Option<String> {
        self.accounts
            .iter()
            .find(|(_, account)| predicate(account))
            .map(|(name, _)| name.clone())
    }

    /// Records an event on the account `name` and queues it for every endpoint that is subscribed to it. This is the
    /// only way to create an event. Returns its id.
    pub fn record(&mut self, name: &str, new_event: NewEvent<'_>, request: EventRequest) -> String {
        let version = self.behaviour(name).version();
        let connected = name.contains('/');
        let account = self.account(name);
        let id = account.ids.id("evt");
        let event = Event {
            id: id.clone(),
            created: now(),
            kind: new_event.kind.to_owned(),
            object: new_event.object,
            previous: new_event.previous,
            account: connected.then(|| account.id.clone()),
            api_version: version.as_str().to_owned(),
            request,
        };
        account.events.put(&id, event);
        for delivery in self.deliveries_of(name, &id) {
            self.queue_delivery(delivery);
        }
        id
    }

    /// One delivery for every endpoint that is subscribed to the event: endpoints of the account itself, and those of
    /// its platform for connected accounts.
    pub fn deliveries_of(&mut self, name: &str, event: &str) -> Vec<Delivery> {
        let Some(kind) = self
            .account(name)
            .events
            .get(event)
            .map(|event| event.kind.clone())
        else {
            return Vec::new();
        };
        let mut owners = vec![(name.to_owned(), false)];
        owners.extend(
            name.split_once('/')
                .map(|(platform, _)| (platform.to_owned(), true)),
        );
        let mut deliveries = Vec::new();
        for (owner, on_connected) in owners {
            let subscribed =
                |endpoint: &&WebhookEndpoint| endpoint.is_subscribed_to(&kind, on_connected);
            for endpoint in self
                .account(&owner)
                .webhook_endpoints
                .all()
                .filter(subscribed)
            {
                deliveries.push(Delivery {
                    event_account: name.to_owned(),
                    event: event.to_owned(),
                    endpoint_account: owner.clone(),
                    endpoint: endpoint.id.clone(),
                    failures: 0,
                    queued_at: Instant::now(),
                });
            }
        }
        deliveries
    }

    pub fn queue_delivery(&mut self, delivery: Delivery) {
        self.delivery_log.record_queued(&delivery);
        // This fails only when the sandbox has stopped.
        let _ = self.delivery_sender.send(delivery);
    }

    /// The sending end of the deliveries, for a retry.
    #[must_use]
    pub fn delivery_sender(&self) -> UnboundedSender<Delivery> {
        self.delivery_sender.clone()
    }

    /// The delivery policy of `name`; a connected account has its platform's.
    pub fn delivery_policy(&mut self, name: &str) -> DeliveryPolicy {
        self.account(platform_of(name)).delivery_policy.clone()
    }

    /// The behaviour settings of `name`; a connected account has its platform's.
    pub fn behaviour(&mut self, name: &str) -> Behaviour {
        self.account(platform_of(name)).behaviour.clone()
    }

    /// Completes a call before it is executed: sets the account's API version when the call names none, and checks
    /// that its key has access to the connected account it names.
    ///
    /// # Errors
    /// 403 `account_invalid` when the key has no access.
    pub fn authorize(&mut self, call: &mut Call) -> Result<(), ApiError> {
        let platform = call.key.account.clone();
        let behaviour = self.behaviour(&platform);
        call.version.get_or_insert_with(|| behaviour.version());
        let Some(id) = call.connected.clone() else {
            return Ok(());
        };
        if self.account(&platform).id == id {
            call.connected = None;
            return Ok(());
        }
        let is_own = self.accounts.contains_key(&format!("{platform}/{id}"));
        let is_foreign = |(name, account): (&String, &Account)| {
            account.id == id && (account.profile.created_by_platform || !name.contains('/'))
        };
        let refuse_unknown = behaviour.unknown_account == UnknownAccount::Refused;
        match !is_own && (refuse_unknown || self.accounts.iter().any(is_foreign)) {
            true => Err(ApiError::account_invalid(&id)),
            false => Ok(()),
        }
    }

    /// The connected accounts of `platform`, newest first, as ids and JSON objects.
    #[must_use]
    pub fn connected_accounts(&self, platform: &str) -> Vec<(String, Value)> {
        let mut found: Vec<&Account> = self
            .accounts
            .iter()
            .filter(|(name, _)| {
                name.split_once('/')
                    .is_some_and(|(owner, _)| owner == platform)
            })
            .map(|(_, account)| account)
            .collect();
        found.sort_by(|a, b| (b.profile.created, &b.id).cmp(&(a.profile.created, &a.id)));
        found
            .into_iter()
            .map(|account| (account.id.clone(), account.profile.to_json(&account.id)))
            .collect()
    }

    /// Remembers that an intent waits for the challenge `source`.
    pub fn add_challenge(&mut self, source: &str, challenge: PendingChallenge) {
        self.challenges.insert(source.to_owned(), challenge);
    }

    /// The intent that waits for the challenge `source`.
    #[must_use]
    pub fn pending_challenge(&self, source: &str) -> Option<PendingChallenge> {
        self.challenges.get(source).cloned()
    }
}

fn platform_of(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}
