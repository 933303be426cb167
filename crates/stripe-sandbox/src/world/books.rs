//! The accounts, and what is under way between them: challenges and webhooks. Opened by
//! [`super::World::books`].

use super::refunds::Waiting;
use crate::account::Account;
use crate::api::Call;
use crate::error::ApiError;
use crate::object::event::{Cause, Event};
use crate::object::{WebhookEndpoint, now};
use crate::switches::{Switches, UnknownAccount};
use crate::webhook::{Deliveries, Habits, Parcel};
use serde_json::Value;
use std::collections::HashMap;
use std::time::Instant;
use tokio::sync::mpsc::UnboundedSender;

/// The accounts, and which account each 3D Secure challenge belongs to.
#[derive(Debug)]
pub struct Books {
    seed: u64,
    accounts: HashMap<String, Account>,
    challenges: HashMap<String, Pending>,
    outbox: UnboundedSender<Parcel>,
    /// Refunds that are not over yet.
    pub(super) waiting: Vec<Waiting>,
    /// What was sent to webhook endpoints.
    pub deliveries: Deliveries,
}

/// The intent a challenge was opened for.
#[derive(Clone, Debug)]
pub struct Pending {
    pub account: String,
    pub intent: String,
    /// Where the person goes afterwards, when no Stripe.js shows the bank's page.
    pub return_url: Option<String>,
}

impl Pending {
    /// The account whose keys reach the intent; a connected account is reached through its platform's.
    #[must_use]
    pub fn owner(&self) -> &str {
        self.account.split('/').next().unwrap_or_default()
    }
}

/// What happened: the kind of event, the object as it now is and, after an update, as it was.
#[derive(Clone, Debug)]
pub struct Happening<'a> {
    pub kind: &'a str,
    /// The object as a server sees it.
    pub object: Value,
    /// With `….updated`: the members that changed, as they were.
    pub previous: Option<Value>,
}

impl Books {
    /// Empty books that post their parcels to `outbox`.
    #[must_use]
    pub fn new(seed: u64, outbox: UnboundedSender<Parcel>) -> Self {
        Self {
            seed,
            accounts: HashMap::new(),
            challenges: HashMap::new(),
            outbox,
            waiting: Vec::new(),
            deliveries: Deliveries::default(),
        }
    }

    /// The account `name`, made at first use.
    pub fn account(&mut self, name: &str) -> &mut Account {
        let seed = self.seed;
        self.accounts
            .entry(name.to_owned())
            .or_insert_with(|| Account::new(seed, name))
    }

    /// The name of the account that `holds` something, for callers who know only what they look for.
    #[must_use]
    pub fn name_of(&self, holds: impl Fn(&Account) -> bool) -> Option<String> {
        self.accounts
            .iter()
            .find(|(_, account)| holds(account))
            .map(|(name, _)| name.clone())
    }

    /// Records that something happened on the account `name`, and posts it to every endpoint that
    /// wants it. The one way to make an event; returns its id.
    pub fn record(&mut self, name: &str, happening: Happening<'_>, cause: Cause) -> String {
        let version = self.switches(name).version();
        let connected = name.contains('/');
        let account = self.account(name);
        let id = account.mint.id("evt");
        let event = Event {
            id: id.clone(),
            created: now(),
            kind: happening.kind.to_owned(),
            object: happening.object,
            previous: happening.previous,
            account: connected.then(|| account.id.clone()),
            api_version: version.as_str().to_owned(),
            cause,
        };
        account.events.put(&id, event);
        for parcel in self.parcels(name, &id) {
            self.post(parcel);
        }
        id
    }

    /// A parcel for every endpoint that wants the event: the account's own, and those its platform
    /// keeps for connected accounts.
    pub fn parcels(&mut self, name: &str, event: &str) -> Vec<Parcel> {
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
        let mut parcels = Vec::new();
        for (owner, on_connected) in owners {
            let wanting = |endpoint: &&WebhookEndpoint| endpoint.wants(&kind, on_connected);
            for endpoint in self.account(&owner).endpoints.all().filter(wanting) {
                parcels.push(Parcel {
                    from: name.to_owned(),
                    event: event.to_owned(),
                    owner: owner.clone(),
                    endpoint: endpoint.id.clone(),
                    failures: 0,
                    posted: Instant::now(),
                });
            }
        }
        parcels
    }

    /// Puts a parcel on its way.
    pub fn post(&mut self, parcel: Parcel) {
        self.deliveries.posted(&parcel);
        // Nobody listens once the sandbox has stopped.
        let _ = self.outbox.send(parcel);
    }

    /// Where parcels are posted, for one that is to be sent again later.
    #[must_use]
    pub fn outbox(&self) -> UnboundedSender<Parcel> {
        self.outbox.clone()
    }

    /// How the webhooks of `name` are sent; a connected account's as its platform's.
    pub fn habits(&mut self, name: &str) -> Habits {
        let platform = name.split('/').next().unwrap_or_default().to_owned();
        self.account(&platform).habits.clone()
    }

    /// How `name` answers what Stripe leaves open; a connected account as its platform.
    pub fn switches(&mut self, name: &str) -> Switches {
        let platform = name.split('/').next().unwrap_or_default().to_owned();
        self.account(&platform).switches.clone()
    }

    /// Lets a call in: gives it its account's version when it names none, and checks that its key
    /// reaches the connected account it names.
    ///
    /// # Errors
    /// 403 `account_invalid`.
    pub fn admit(&mut self, call: &mut Call) -> Result<(), ApiError> {
        let platform = call.key.account.clone();
        let switches = self.switches(&platform);
        call.version.get_or_insert_with(|| switches.version());
        let Some(id) = call.connected.clone() else {
            return Ok(());
        };
        if self.account(&platform).id == id {
            call.connected = None;
            return Ok(());
        }
        let ours = self.accounts.contains_key(&format!("{platform}/{id}"));
        let theirs = |(name, account): (&String, &Account)| {
            account.id == id && (account.merchant.made || !name.contains('/'))
        };
        let refused = switches.unknown_account == UnknownAccount::Refused;
        match !ours && (refused || self.accounts.iter().any(theirs)) {
            true => Err(ApiError::no_access(&id)),
            false => Ok(()),
        }
    }

    /// The connected accounts of `platform`, newest first: ids and how they are shown.
    #[must_use]
    pub fn connected_to(&self, platform: &str) -> Vec<(String, Value)> {
        let mut found: Vec<&Account> = self
            .accounts
            .iter()
            .filter(|(name, _)| {
                name.split_once('/')
                    .is_some_and(|(owner, _)| owner == platform)
            })
            .map(|(_, account)| account)
            .collect();
        found.sort_by(|a, b| (b.merchant.created, &b.id).cmp(&(a.merchant.created, &a.id)));
        found
            .into_iter()
            .map(|account| (account.id.clone(), account.merchant.to_json(&account.id)))
            .collect()
    }

    /// Where the event is: the name of its account.
    #[must_use]
    pub fn account_of_event(&self, event: &str) -> Option<String> {
        self.accounts
            .iter()
            .find(|(_, account)| account.events.get(event).is_some())
            .map(|(name, _)| name.clone())
    }

    /// Remembers which intent waits for the challenge `source`.
    pub fn await_challenge(&mut self, source: &str, pending: Pending) {
        self.challenges.insert(source.to_owned(), pending);
    }

    /// The intent that waits for the challenge `source`.
    #[must_use]
    pub fn pending(&self, source: &str) -> Option<Pending> {
        self.challenges.get(source).cloned()
    }
}
