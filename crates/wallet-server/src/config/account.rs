//! One account: its raw `[[accounts]]` table, and the checked form that the server uses.
//!
//! Called by the configuration and by every route. It must never have an empty list of parents.

use card_entry_protocol::money::Currency;
use card_entry_protocol::origin::Origin;
use card_entry_protocol::secret::{PublishableKey, StripeAccount};
use serde::Deserialize;

use super::error::invalid;
use super::origin::parse_origin;
use super::secret::{check_caller_key, read_secret};
use super::{
    AcceptSettings, AcceptedCards, BokaMeraSettings, BraintreeSettings, Breaker, BreakerSettings,
    ConfigError, MikroCloudSettings, MyTimeSettings, Provider, QuiltSettings, SystemConfig,
    TicketEvolutionSettings, provider, webhooks,
};
use crate::secret::{Fingerprint, Secret};

/// The greatest whole number that JavaScript reads without an error: MyTime's pages have the id as a number.
const MAX_ID: i64 = (1 << 53) - 1;

/// The raw `[[accounts]]` table. Nothing is checked here.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountSettings {
    /// The number of the account. MyTime calls it the company's id.
    #[serde(alias = "company_id")]
    pub id: i64,
    /// The wallet system, such as `mytime`, which is the default.
    pub system: Option<String>,
    /// The name that people read.
    pub name: String,
    /// The ISO 4217 code, such as `usd`.
    pub currency: String,
    /// The ISO 3166 code, such as `US`.
    pub country: String,
    /// Stripe's publishable key, `pk_test_…` or `pk_live_…`.
    pub publishable_key: String,
    /// Stripe's secret key, `sk_…` or `rk_…`. `secret_key_env` is the safer way.
    pub secret_key: Option<Secret>,
    /// The environment variable that holds the secret key.
    pub secret_key_env: Option<String>,
    /// The id of a connected account, `acct_…`.
    pub gateway_account: Option<String>,
    /// The exact origins of the pages that may embed the frame and call the API.
    pub parents: Vec<String>,
    /// The exact origins of the pages that embed one of those pages.
    pub ancestors: Vec<String>,
    /// The bearer token of the holds API, which the booking site's server calls. `None` closes that API.
    pub holds_key: Option<Secret>,
    /// The environment variable that holds the holds key.
    pub holds_key_env: Option<String>,
    /// The signing secrets of the account's webhook endpoint; two while the secret is being rolled.
    pub webhook_secrets: Vec<Secret>,
    /// The environment variable that holds the signing secrets, separated by spaces.
    pub webhook_secrets_env: Option<String>,
    /// The cards that the account accepts. `None` accepts all.
    pub accept: Option<AcceptSettings>,
    /// The circuit breaker of this account. `None` means the server's.
    pub breaker: Option<BreakerSettings>,
    /// The settings of a MyTime account.
    pub mytime: Option<MyTimeSettings>,
    /// The settings of a MikroCloud account.
    pub mikrocloud: Option<MikroCloudSettings>,
    /// The settings of a Quilt account.
    pub quilt: Option<QuiltSettings>,
    /// The settings of a Ticket Evolution account.
    pub ticket_evolution: Option<TicketEvolutionSettings>,
    /// The Braintree keys of an account whose cards Braintree stores.
    pub braintree: Option<BraintreeSettings>,
    /// The settings of a BokaMera account.
    pub bokamera: Option<BokaMeraSettings>,
}

/// A checked account: one tenant, such as a company, a shop or a site.
#[derive(Debug, Clone)]
pub struct Account {
    /// The number of the account. MyTime calls it the company's id.
    pub id: i64,
    /// The wallet system, with its own settings.
    pub system: SystemConfig,
    /// The name that people read.
    pub name: String,
    /// The currency of the account's prices.
    pub currency: Currency,
    /// The ISO 3166 code, two capital letters.
    pub country: String,
    /// The payment provider that stores the cards.
    pub provider: Provider,
    /// The key that the page passes to the provider's script.
    pub publishable_key: PublishableKey,
    /// The key that this server calls the provider's API with.
    pub secret_key: Secret,
    /// The id of the connected account, if there is one.
    pub gateway_account: Option<StripeAccount>,
    /// The origins of the pages that may embed the frame and call the API; never empty.
    pub parents: Vec<Origin>,
    /// The origins of the pages that embed one of the parents. They may be frame ancestors and nothing else.
    pub ancestors: Vec<Origin>,
    /// The signing secrets of its webhooks. Empty: no webhook is accepted.
    pub webhook_secrets: Vec<Secret>,
    /// The cards that the account accepts.
    pub accept: AcceptedCards,
    /// The circuit breaker of this account. `None` means the server's.
    pub breaker: Option<Breaker>,
    /// The fingerprint of the bearer token of the holds API.
    pub holds_key: Option<Fingerprint>,
}

impl Account {
    /// Whether the keys are of live mode, where real money moves.
    #[must_use]
    pub fn livemode(&self) -> bool {
        !self.publishable_key.is_test()
    }

    /// Whether `origin`, as browsers send it, is one of the account's parents.
    #[must_use]
    pub fn has_parent(&self, origin: &str) -> bool {
        self.parents.iter().any(|parent| parent.as_str() == origin)
    }

    pub(super) fn frame_ancestors(&self) -> impl Iterator<Item = &Origin> {
        self.parents.iter().chain(&self.ancestors)
    }

    /// Whether the account has this publishable key and this connected account.
    #[must_use]
    pub fn serves(&self, key: &PublishableKey, connected: &StripeAccount) -> bool {
        self.publishable_key == *key && self.gateway_account.as_ref() == Some(connected)
    }

    pub(super) fn check(at: usize, mut given: AccountSettings) -> Result<Self, ConfigError> {
        let name = |field: &str| format!("accounts[{at}].{field}");
        if !(1..=MAX_ID).contains(&given.id) {
            let problem = format!("give the account a number from 1 to {MAX_ID}");
            return Err(invalid(name("id"), problem));
        }
        if given.name.trim().is_empty() {
            return Err(invalid(name("name"), "is missing; people read it"));
        }
        let currency = Currency::parse(&given.currency)
            .ok_or_else(|| invalid(name("currency"), "give three letters, such as usd"))?;
        let system = SystemConfig::check(at, &mut given, &currency)?;
        let keys = provider::check(at, system.kind(), &mut given)?;
        if given.parents.is_empty() {
            return Err(invalid(
                name("parents"),
                "is empty; list the exact origins of your pages",
            ));
        }
        let parents = origins(&name("parents"), &given.parents)?;
        let ancestors = origins(&name("ancestors"), &given.ancestors)?;
        let gateway_account = given
            .gateway_account
            .map(|text| {
                StripeAccount::parse(&text)
                    .ok_or_else(|| invalid(name("gateway_account"), "give the id, acct_…"))
            })
            .transpose()?;
        let holds_key = read_secret(&name("holds_key"), given.holds_key, given.holds_key_env)?;
        if let Some(key) = &holds_key {
            check_caller_key(&name("holds_key"), key)?;
        }
        let listed = std::mem::take(&mut given.webhook_secrets);
        let webhook_secrets = webhooks::check(name, listed, given.webhook_secrets_env.take())?;
        let accept =
            AcceptedCards::check(&name("accept"), given.accept.take().unwrap_or_default())?;
        let breaker = given.breaker.take();
        let breaker = breaker
            .map(|section| Breaker::check(&name("breaker"), section))
            .transpose()?;
        let country = given.country.to_ascii_uppercase();
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(invalid(name("country"), "give two letters, such as US"));
        }
        Ok(Self {
            id: given.id,
            system,
            name: given.name,
            currency,
            country,
            provider: keys.provider,
            publishable_key: keys.publishable,
            secret_key: keys.secret,
            gateway_account,
            parents,
            ancestors,
            webhook_secrets,
            accept,
            breaker,
            holds_key: holds_key.map(|key| Fingerprint::of(key.reveal())),
        })
    }
}

fn origins(setting: &str, given: &[String]) -> Result<Vec<Origin>, ConfigError> {
    given
        .iter()
        .map(|text| parse_origin(setting, text))
        .collect()
}
