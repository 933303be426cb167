//! The payment provider that stores an account's cards, Stripe or Braintree, and its keys.
//!
//! Called by the account's check. It must never accept keys of two modes, or of two providers, for one account.

use card_entry_protocol::secret::PublishableKey;
use serde::Deserialize;

use super::AccountSettings;
use super::error::invalid;
use super::secret::{is_visible_ascii, read_secret};
use super::{ConfigError, WalletSystem};
use crate::secret::Secret;

/// The raw section `[accounts.braintree]`, as the TOML file has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BraintreeSettings {
    /// The tokenization key, which the page is opened with: `sandbox_…_<merchant>` or `production_…_<merchant>`.
    pub tokenization_key: String,
    /// The public half of the API key pair.
    pub public_key: String,
    /// The private half of the API key pair. `private_key_env` is the safer way.
    pub private_key: Option<Secret>,
    /// The environment variable that holds the private half.
    pub private_key_env: Option<String>,
    /// The merchant account that authorizes. `None` means the merchant's default.
    pub merchant_account: Option<String>,
}

/// The payment provider that stores the cards of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Provider {
    /// Stripe stores the cards as payment methods.
    Stripe,
    /// Braintree stores the cards in its vault.
    Braintree {
        /// The public half of the API key pair. The private half is the account's secret key.
        public_key: String,
        /// The merchant account that authorizes.
        merchant_account: Option<String>,
    },
}

pub(super) struct ProviderKeys {
    pub provider: Provider,
    pub publishable: PublishableKey,
    pub secret: Secret,
}

/// Checks the account's keys: Stripe's, or Braintree's where the wallet system stores cards there.
pub(super) fn check(
    at: usize,
    kind: WalletSystem,
    given: &mut AccountSettings,
) -> Result<ProviderKeys, ConfigError> {
    let name = |field: &str| format!("accounts[{at}].{field}");
    match (kind.stores_cards_at_braintree(), given.braintree.take()) {
        (false, None) => stripe(at, given),
        (true, Some(section)) => {
            let stripes = !given.publishable_key.is_empty()
                || given.secret_key.is_some()
                || given.secret_key_env.is_some()
                || given.gateway_account.is_some();
            if stripes {
                let problem =
                    "is Stripe's, and this system's cards are kept at Braintree; leave it out";
                return Err(invalid(name("secret_key"), problem));
            }
            braintree(at, section)
        }
        (true, None) => Err(invalid(
            name("braintree"),
            "is missing; this system's cards are kept at Braintree: add an [accounts.braintree] section",
        )),
        (false, Some(_)) => Err(invalid(
            name("braintree"),
            "is not for this system, whose cards are kept at Stripe; leave the section out",
        )),
    }
}

fn stripe(at: usize, given: &mut AccountSettings) -> Result<ProviderKeys, ConfigError> {
    let name = |field: &str| format!("accounts[{at}].{field}");
    let publishable = PublishableKey::parse(&given.publishable_key)
        .filter(|key| !key.is_braintree())
        .ok_or_else(|| {
            invalid(
                name("publishable_key"),
                "give the key that starts with pk_test_ or pk_live_",
            )
        })?;
    let (key, variable) = (given.secret_key.take(), given.secret_key_env.take());
    let secret = read_secret(&name("secret_key"), key, variable)?.ok_or_else(|| {
        invalid(
            name("secret_key"),
            "is missing; set it, or name a variable in secret_key_env",
        )
    })?;
    let mode = if publishable.is_test() {
        "_test_"
    } else {
        "_live_"
    };
    let fits = |kind: &&str| secret.reveal().starts_with(&format!("{kind}{mode}"));
    if !["sk", "rk"].iter().any(fits) {
        let problem = format!(
            "give a key that starts with sk{mode} or rk{mode}, as the publishable key's mode"
        );
        return Err(invalid(name("secret_key"), problem));
    }
    if !is_visible_ascii(&secret) {
        let problem = "has a space, a line end or another character that no key has; copy the whole key once more";
        return Err(invalid(name("secret_key"), problem));
    }
    Ok(ProviderKeys {
        provider: Provider::Stripe,
        publishable,
        secret,
    })
}

fn braintree(at: usize, section: BraintreeSettings) -> Result<ProviderKeys, ConfigError> {
    let name = |field: &str| format!("accounts[{at}].braintree.{field}");
    let publishable = PublishableKey::parse(&section.tokenization_key)
        .filter(PublishableKey::is_braintree)
        .ok_or_else(|| {
            let problem = "give the key that starts with sandbox_ or production_";
            invalid(name("tokenization_key"), problem)
        })?;
    if section.public_key.is_empty() || section.public_key.contains(':') {
        let problem = "is missing; give the public key of the API's pair";
        return Err(invalid(name("public_key"), problem));
    }
    let private = read_secret(
        &name("private_key"),
        section.private_key,
        section.private_key_env,
    )?;
    let private = private.filter(|key| !key.reveal().is_empty());
    let is_unreadable = |key: &Secret| !is_visible_ascii(key);
    if private.as_ref().is_some_and(is_unreadable) || !section.public_key.is_ascii() {
        let problem = "has a space, a line end or another character that no key has; copy the whole key once more";
        return Err(invalid(name("private_key"), problem));
    }
    if private
        .as_ref()
        .is_some_and(|key| key.reveal() == section.public_key)
    {
        let problem = "is the public key; give the private key of the API's pair";
        return Err(invalid(name("private_key"), problem));
    }
    Ok(ProviderKeys {
        provider: Provider::Braintree {
            public_key: section.public_key,
            merchant_account: section.merchant_account,
        },
        publishable,
        secret: private.ok_or_else(|| {
            let problem = "is missing; set it, or name a variable in private_key_env";
            invalid(name("private_key"), problem)
        })?,
    })
}
