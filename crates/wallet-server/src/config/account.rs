//! One account: whose cards these are, which pages may ask for them, which keys open its gateway.
//!
//! Called by the configuration and by every route. It must never hold an empty or open list of parents.

use std::sync::Arc;

use card_entry_protocol::money::Currency;
use card_entry_protocol::origin::Origin;
use card_entry_protocol::secret::{PublishableKey, StripeAccount};

use super::{Accept, Breaker, ConfigError, Kind, Provider, System, origin, wrong};
use super::{provider, webhooks};
use crate::secret::{Fingerprint, Secret};
use crate::settings::AccountSettings;

/// A tenant, checked: a company, a shop, a site.
#[derive(Debug, Clone)]
pub struct Account {
    /// The number it is known by here; to MyTime also the company's.
    pub id: i64,
    /// The wallet system it speaks.
    pub system: System,
    /// Its name, as people read it.
    pub name: String,
    /// The currency of its prices.
    pub currency: Currency,
    /// ISO 3166, two capitals.
    pub country: String,
    /// Who keeps its cards.
    pub provider: Provider,
    /// The key the page hands to the provider's script.
    pub publishable_key: PublishableKey,
    /// The key this server calls the provider with.
    pub secret_key: Secret,
    /// The connected account, if any.
    pub gateway_account: Option<StripeAccount>,
    /// The pages that may embed the frame and call the API; never empty.
    pub parents: Vec<Origin>,
    /// The pages that embed one of those pages: browsers ask each page around the frame. They may do nothing else.
    pub ancestors: Vec<Origin>,
    /// What its gateway signs webhooks with; none: it sends none.
    pub webhook_secrets: Vec<Secret>,
    /// Which cards it takes.
    pub accept: Accept,
    /// When it takes no new cards for a while; none: as the others.
    pub breaker: Option<Breaker>,
    /// Recognises the key of the booking site's server.
    pub holds_key: Option<Fingerprint>,
}

impl Account {
    /// Whether real money moves.
    #[must_use]
    pub fn livemode(&self) -> bool {
        !self.publishable_key.is_test()
    }

    /// Whether this is one of its own pages, written as browsers write an origin.
    #[must_use]
    pub fn has_page(&self, origin: &str) -> bool {
        self.parents.iter().any(|parent| parent.as_str() == origin)
    }

    /// Its parents, then its ancestors.
    fn frame_ancestors(&self) -> impl Iterator<Item = &Origin> {
        self.parents.iter().chain(&self.ancestors)
    }

    /// Whether this account takes cards with this key through this connected account.
    #[must_use]
    pub fn serves(&self, key: &PublishableKey, connected: &StripeAccount) -> bool {
        self.publishable_key == *key && self.gateway_account.as_ref() == Some(connected)
    }

    fn check(at: usize, mut given: AccountSettings) -> Result<Self, ConfigError> {
        let name = |field: &str| format!("accounts[{at}].{field}");
        if given.id <= 0 {
            return Err(wrong(name("id"), "give the account a number, 1 or more"));
        }
        let currency = Currency::parse(&given.currency)
            .ok_or_else(|| wrong(name("currency"), "give three letters, such as usd"))?;
        let system = System::check(at, &mut given, &currency)?;
        let keys = provider::check(at, system.kind(), &mut given)?;
        if given.parents.is_empty() {
            return Err(wrong(
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
                    .ok_or_else(|| wrong(name("gateway_account"), "give the id, acct_…"))
            })
            .transpose()?;
        let holds_key = secret(&name("holds_key"), given.holds_key, given.holds_key_env)?;
        if holds_key
            .as_ref()
            .is_some_and(|key| key.reveal().len() < 16)
        {
            return Err(wrong(
                name("holds_key"),
                "is too short to be safe; use 16 random characters or more",
            ));
        }
        let listed = std::mem::take(&mut given.webhook_secrets);
        let webhook_secrets = webhooks::check(name, listed, given.webhook_secrets_env.take())?;
        let accept = Accept::check(&name("accept"), given.accept.take().unwrap_or_default())?;
        let breaker = given.breaker.take();
        let breaker = breaker
            .map(|section| Breaker::check(&name("breaker"), section))
            .transpose()?;
        let country = given.country.to_ascii_uppercase();
        if country.len() != 2 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err(wrong(name("country"), "give two letters, such as US"));
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
    given.iter().map(|text| origin(setting, text)).collect()
}

/// A secret that stands in the file or in a variable it names.
pub(super) fn secret(
    setting: &str,
    given: Option<Secret>,
    variable: Option<String>,
) -> Result<Option<Secret>, ConfigError> {
    match (given, variable) {
        (Some(_), Some(_)) => Err(wrong(
            setting,
            "is set twice; keep it or its _env, not both",
        )),
        (None, Some(variable)) => std::env::var(&variable)
            .map(|value| Some(Secret::new(value)))
            .map_err(|_| {
                wrong(
                    format!("{setting}_env"),
                    format!("the environment has no {variable}; set it"),
                )
            }),
        (given, None) => Ok(given),
    }
}

/// All accounts; never none.
#[derive(Debug, Clone)]
pub struct Accounts(Vec<Arc<Account>>);

impl Accounts {
    pub(super) fn check(given: Vec<AccountSettings>) -> Result<Self, ConfigError> {
        if given.is_empty() {
            return Err(wrong(
                "accounts",
                "there is none; add an [[accounts]] table to the file and name it by --config",
            ));
        }
        let mut all: Vec<Arc<Account>> = Vec::new();
        for (at, settings) in given.into_iter().enumerate() {
            let account = Account::check(at, settings)?;
            if all.iter().any(|other| other.id == account.id) {
                return Err(wrong(
                    format!("accounts[{at}].id"),
                    "is taken by another account; give each its own",
                ));
            }
            if let Some(other) = all
                .iter()
                .find(|other| other.system.is_mistaken_for(&account.system))
            {
                return Err(wrong(
                    format!("accounts[{at}].{}", account.system.kind().as_str()),
                    format!(
                        "its callers could be account {}’s as well; give each its own key, issuer, name or company",
                        other.id
                    ),
                ));
            }
            all.push(Arc::new(account));
        }
        Ok(Self(all))
    }

    /// The account of a number.
    #[must_use]
    pub fn by_id(&self, id: i64) -> Option<Arc<Account>> {
        self.0.iter().find(|account| account.id == id).cloned()
    }

    /// The accounts of one system, in the file's order.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Arc<Account>> {
        self.0
            .iter()
            .filter(move |account| account.system.kind() == kind)
    }

    /// The pages that may embed the provider's frame with this key; empty for a key nobody here has.
    #[must_use]
    pub fn parents_of_key(&self, key: &str) -> Vec<Origin> {
        unique(self.of_key(key).flat_map(|account| &account.parents))
    }

    /// The pages that may stand around the provider's frame with this key: its parents, and theirs.
    #[must_use]
    pub fn frame_ancestors_of_key(&self, key: &str) -> Vec<Origin> {
        unique(self.of_key(key).flat_map(Account::frame_ancestors))
    }

    /// The pages that may stand around a frame that a parent embeds: that parent, and the ancestors of its accounts.
    #[must_use]
    pub fn frame_ancestors_of_parent(&self, parent: &Origin) -> Vec<Origin> {
        let accounts = self
            .0
            .iter()
            .filter(|account| account.parents.contains(parent));
        let ancestors = accounts.flat_map(|account| &account.ancestors);
        unique(std::iter::once(parent).chain(ancestors))
    }

    fn of_key(&self, key: &str) -> impl Iterator<Item = &Account> {
        let accounts = self.0.iter().map(AsRef::as_ref);
        accounts.filter(move |account: &&Account| account.publishable_key.as_str() == key)
    }

    /// The pages of all accounts.
    #[must_use]
    pub fn all_parents(&self) -> Vec<Origin> {
        unique(self.0.iter().flat_map(|account| &account.parents))
    }

    /// The pages of all accounts, and those around them.
    #[must_use]
    pub fn all_frame_ancestors(&self) -> Vec<Origin> {
        unique(self.0.iter().flat_map(|account| account.frame_ancestors()))
    }

    /// Each account, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.0.iter()
    }
}

/// Accounts may share a key (connected accounts) and a page; each origin is named once, in the file's order.
fn unique<'a>(origins: impl Iterator<Item = &'a Origin>) -> Vec<Origin> {
    origins.fold(Vec::new(), |mut all, origin| {
        if !all.contains(origin) {
            all.push(origin.clone());
        }
        all
    })
}
