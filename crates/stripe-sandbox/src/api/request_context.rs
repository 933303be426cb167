//! The context of one call: the account, the call, and the origins. Passed to every file of the API. It must never give
//! access to another account than the call's.

use super::Call;
use crate::account::Account;
use crate::behaviour::Behaviour;
use crate::error::ApiError;
use crate::faults::{ChallengeEffect, FaultEffect, FaultRegistry, FaultTarget, IntentEffect};
use crate::form::Params;
use crate::key::Rights;
use crate::object::AccountProfile;
use crate::object::Challenge;
use crate::object::event::{EventRequest, changes};
use crate::origins::Origins;
use crate::state::{Accounts, NewEvent, PendingChallenge};
use crate::version::Version;
use serde_json::Value;
use std::collections::HashMap;

pub struct RequestContext<'a> {
    accounts: &'a mut Accounts,
    origins: &'a Origins,
    name: String,
    version: Version,
    pub call: &'a Call,
    /// The fault to apply to the intent that this call confirms.
    pub intent_effect: Option<IntentEffect>,
    faults: Option<&'a FaultRegistry>,
}

impl<'a> RequestContext<'a> {
    /// The context of `call`, on the account that it names.
    #[must_use]
    pub fn new(
        accounts: &'a mut Accounts,
        origins: &'a Origins,
        call: &'a Call,
        intent_effect: Option<IntentEffect>,
    ) -> Self {
        let name = call.account_name();
        let own = accounts.behaviour(&name).version();
        Self {
            accounts,
            origins,
            name,
            version: call.version.unwrap_or(own),
            call,
            intent_effect,
            faults: None,
        }
    }

    /// Enables the faults that depend on the result of the call.
    #[must_use]
    pub fn with_faults(mut self, faults: &'a FaultRegistry) -> Self {
        self.faults = Some(faults);
        self
    }

    /// Whether the fault `frictionless` applies, so that the bank authenticates without a challenge.
    #[must_use]
    pub fn fault_skips_challenge(&self) -> bool {
        let target = FaultTarget {
            account: Some(&self.call.key.account),
            rights: Some(self.rights()),
            method: &self.call.method,
            path: &self.call.path,
            ..FaultTarget::default()
        };
        let frictionless = |effect| {
            (effect == FaultEffect::Challenge(ChallengeEffect::Frictionless)).then_some(())
        };
        self.faults
            .is_some_and(|faults| faults.take_matching(&target, frictionless).is_some())
    }

    /// A context on the same account for a call that the sandbox makes itself.
    pub fn for_internal_call<'b>(&'b mut self, call: &'b Call) -> RequestContext<'b> {
        let faults = self.faults;
        RequestContext {
            faults,
            ..RequestContext::new(self.accounts, self.origins, call, None)
        }
    }

    #[must_use]
    pub fn account_name(&self) -> &str {
        &self.name
    }

    /// The origins on the ports, which stored objects hold.
    #[must_use]
    pub fn origins(&self) -> &'a Origins {
        self.origins
    }

    pub fn account(&mut self) -> &mut Account {
        self.accounts.account(&self.name)
    }

    /// The account's behaviour settings; a connected account has its platform's.
    #[must_use]
    pub fn behaviour(&mut self) -> Behaviour {
        self.accounts.behaviour(&self.name)
    }

    /// The API version of the response.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The connected accounts of the platform, as ids and JSON objects.
    #[must_use]
    pub fn connected_accounts(&self) -> Vec<(String, Value)> {
        self.accounts.connected_accounts(&self.name)
    }

    pub fn add_connected_account(&mut self, id: &str, profile: AccountProfile) {
        let name = format!("{}/{id}", self.name);
        self.accounts.account(&name).profile = profile;
    }

    /// The `expand` paths of a browser, to be applied after a challenge. None for a secret key.
    #[must_use]
    pub fn expand_after_challenge_paths(&self) -> Vec<String> {
        let paths = self.params().list("expand");
        match self.rights() {
            Rights::Publishable => paths.into_iter().map(str::to_owned).collect(),
            Rights::Secret => Vec::new(),
        }
    }

    #[must_use]
    pub fn params(&self) -> &'a Params {
        &self.call.params
    }

    #[must_use]
    pub fn rights(&self) -> Rights {
        self.call.key.rights
    }

    /// Records an event. `object` is the object as a server sees it now.
    pub fn record(&mut self, kind: &str, object: Value) {
        self.record_event(kind, object, None);
    }

    /// Records an update event, unless nothing changed.
    pub fn record_change(&mut self, kind: &str, before: &Value, after: Value) {
        if *before != after {
            let previous = changes(before, &after);
            self.record_event(kind, after, Some(previous));
        }
    }

    fn record_event(&mut self, kind: &str, object: Value, previous: Option<Value>) {
        let request = EventRequest {
            id: self.call.request_id.clone(),
            idempotency_key: self.call.idempotency_key.clone(),
        };
        let new_event = NewEvent {
            kind,
            object,
            previous,
        };
        self.accounts.record(&self.name, new_event, request);
    }

    /// Schedules the next status of the refund `id`.
    pub fn schedule_refund(&mut self, id: &str) {
        self.accounts.schedule_refund(&self.name, id);
    }

    /// For each event of the account, how many endpoints have not accepted it yet.
    #[must_use]
    pub fn pending_webhooks(&mut self) -> HashMap<String, usize> {
        let ids: Vec<String> = self
            .account()
            .events
            .all()
            .map(|event| event.id.clone())
            .collect();
        ids.into_iter()
            .map(|id| (self.accounts.delivery_log.pending(&id), id))
            .filter(|(pending, _)| *pending > 0)
            .map(|(pending, id)| (id, pending))
            .collect()
    }

    /// Opens a 3D Secure challenge for `intent`. With `use_stripe_sdk` Stripe.js shows the page, so there is no
    /// redirect.
    ///
    /// # Errors
    /// 400 when `use_stripe_sdk` is not a boolean.
    pub fn open_challenge(&mut self, intent: &str) -> Result<Challenge, ApiError> {
        let for_stripe_js = self.params().boolean("use_stripe_sdk")?;
        let source = self.account().ids.id("src");
        let url = format!("{}/redirect/authenticate/{source}", self.origins.hooks);
        let token = self.params().text("confirmation_token");
        let token_return_url = token
            .and_then(|token| self.account().confirmation_tokens.get(token))
            .and_then(|token| token.return_url.clone());
        let given = self.params().text("return_url").map(str::to_owned);
        let return_url = given.or(token_return_url).filter(|_| !for_stripe_js);
        let pending = PendingChallenge {
            account: self.name.clone(),
            intent: intent.to_owned(),
            return_url: return_url.clone(),
        };
        self.accounts.add_challenge(&source, pending);
        Ok(Challenge {
            source,
            url,
            return_url,
        })
    }
}
