//! What a handler has before it: one account's books, the call, and where things are.

use super::Call;
use crate::account::Account;
use crate::error::ApiError;
use crate::fault::Hit;
use crate::faults::Faults;
use crate::form::Params;
use crate::key::Rights;
use crate::object::Challenge;
use crate::object::Merchant;
use crate::object::event::{Cause, changes};
use crate::origins::Origins;
use crate::switches::Switches;
use crate::trouble::{ChallengeTrouble, IntentTrouble, Trouble};
use crate::version::Version;
use crate::world::{Books, Happening, Pending};
use serde_json::Value;
use std::collections::HashMap;

/// One call at work on one account.
pub struct Desk<'a> {
    books: &'a mut Books,
    origins: &'a Origins,
    name: String,
    version: Version,
    pub call: &'a Call,
    /// What a fault has made of the intent that is confirmed.
    pub intent_trouble: Option<IntentTrouble>,
    faults: Option<&'a Faults>,
}

impl<'a> Desk<'a> {
    /// Opens the books the call works on.
    #[must_use]
    pub fn new(
        books: &'a mut Books,
        origins: &'a Origins,
        call: &'a Call,
        intent_trouble: Option<IntentTrouble>,
    ) -> Self {
        let name = call.books_name();
        let own = books.switches(&name).version();
        Self {
            books,
            origins,
            name,
            version: call.version.unwrap_or(own),
            call,
            intent_trouble,
            faults: None,
        }
    }

    /// Lets the call meet the faults that depend on what comes of it.
    #[must_use]
    pub fn under(mut self, faults: &'a Faults) -> Self {
        self.faults = Some(faults);
        self
    }

    /// Whether a fault lets the bank pass without a word whoever it would challenge.
    #[must_use]
    pub fn meets_frictionless(&self) -> bool {
        let hit = Hit {
            account: Some(&self.call.key.account),
            rights: Some(self.rights()),
            method: &self.call.method,
            path: &self.call.path,
            ..Hit::default()
        };
        let frictionless =
            |trouble| (trouble == Trouble::Challenge(ChallengeTrouble::Frictionless)).then_some(());
        self.faults
            .is_some_and(|faults| faults.meet(&hit, frictionless).is_some())
    }

    /// The same books, for a call the sandbox makes of itself.
    pub fn lend<'b>(&'b mut self, call: &'b Call) -> Desk<'b> {
        let faults = self.faults;
        Desk {
            faults,
            ..Desk::new(self.books, self.origins, call, None)
        }
    }

    /// The name of the account's books.
    #[must_use]
    pub fn books_name(&self) -> &str {
        &self.name
    }

    /// Where kept objects say things are.
    #[must_use]
    pub fn origins(&self) -> &'a Origins {
        self.origins
    }

    pub fn account(&mut self) -> &mut Account {
        self.books.account(&self.name)
    }

    /// How the account answers what Stripe leaves open; a connected one as its platform.
    #[must_use]
    pub fn switches(&mut self) -> Switches {
        self.books.switches(&self.name)
    }

    /// The version the call is answered by.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// The platform's connected accounts: ids and how they are shown.
    #[must_use]
    pub fn connected(&self) -> Vec<(String, Value)> {
        self.books.connected_to(&self.name)
    }

    /// Opens the books of a new connected account.
    pub fn connect(&mut self, id: &str, merchant: Merchant) {
        let name = format!("{}/{id}", self.name);
        self.books.account(&name).merchant = merchant;
    }

    /// What a browser wants to see expanded when it comes back from a challenge.
    #[must_use]
    pub fn expansions_for_later(&self) -> Vec<String> {
        let asked = self.params().list("expand");
        match self.rights() {
            Rights::Publishable => asked.into_iter().map(str::to_owned).collect(),
            Rights::Secret => Vec::new(),
        }
    }

    #[must_use]
    pub fn params(&self) -> &'a Params {
        &self.call.params
    }

    /// What the caller may see.
    #[must_use]
    pub fn rights(&self) -> Rights {
        self.call.key.rights
    }

    /// Refuses a browser's key.
    ///
    /// # Errors
    /// 401 `secret_key_required`.
    pub fn need_secret_key(&self) -> Result<(), ApiError> {
        match self.rights() {
            Rights::Secret => Ok(()),
            Rights::Publishable => Err(ApiError::secret_key_required()),
        }
    }

    /// Records that something happened: the kind of event, and the object as a server now sees it.
    pub fn record(&mut self, kind: &str, object: Value) {
        self.happened(kind, object, None);
    }

    /// Records an update, unless it changed nothing.
    pub fn record_change(&mut self, kind: &str, before: &Value, after: Value) {
        if *before != after {
            let previous = changes(before, &after);
            self.happened(kind, after, Some(previous));
        }
    }

    fn happened(&mut self, kind: &str, object: Value, previous: Option<Value>) {
        let cause = Cause {
            request: self.call.request_id.clone(),
            idempotency_key: self.call.idempotency_key.clone(),
        };
        let happening = Happening {
            kind,
            object,
            previous,
        };
        self.books.record(&self.name, happening, cause);
    }

    /// Has the refund `id` settle a moment from now.
    pub fn settle_later(&mut self, id: &str) {
        self.books.settle_later(&self.name, id);
    }

    /// For each event of the account, how many endpoints have not taken it yet.
    #[must_use]
    pub fn pending_webhooks(&mut self) -> HashMap<String, usize> {
        let ids: Vec<String> = self
            .account()
            .events
            .all()
            .map(|event| event.id.clone())
            .collect();
        ids.into_iter()
            .map(|id| (self.books.deliveries.pending(&id), id))
            .filter(|(pending, _)| *pending > 0)
            .map(|(pending, id)| (id, pending))
            .collect()
    }

    /// Opens a challenge for `intent` at the bank's page.
    pub fn open_challenge(&mut self, intent: &str, for_stripe_js: bool) -> Challenge {
        let source = self.account().mint.id("src");
        let url = format!("{}/redirect/authenticate/{source}", self.origins.hooks);
        let token = self.params().text("confirmation_token");
        let of_token = token
            .and_then(|token| self.account().confirmation_tokens.get(token))
            .and_then(|token| token.return_url.clone());
        let given = self.params().text("return_url").map(str::to_owned);
        let return_url = given.or(of_token).filter(|_| !for_stripe_js);
        let pending = Pending {
            account: self.name.clone(),
            intent: intent.to_owned(),
            return_url: return_url.clone(),
        };
        self.books.await_challenge(&source, pending);
        Challenge {
            source,
            url,
            return_url,
        }
    }
}
