//! The section `[accounts.quilt]`: the account key and the merchant's name of the account.
//!
//! Used by Quilt's routes. It must never accept a key that can be guessed: the key alone charges people's cards.

use card_entry_protocol::dialect::quilt::ExternalAccountId;
use serde::Deserialize;

use super::ConfigError;
use super::error::invalid;
use super::secret::{check_caller_key, read_secret};
use crate::secret::{Fingerprint, Secret};

/// The raw section `[accounts.quilt]`, as the TOML file has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuiltSettings {
    /// The name of the account in requests, `external_account_id`.
    pub external_account_id: String,
    /// The account key, which callers send as a bearer token. `key_env` is the safer way.
    pub key: Option<Secret>,
    /// The environment variable that holds the account key.
    pub key_env: Option<String>,
}

/// The checked form of the section `[accounts.quilt]`.
#[derive(Debug, Clone)]
pub struct QuiltConfig {
    /// The name of the account in requests, `external_account_id`.
    pub external_account_id: ExternalAccountId,
    /// The fingerprint of the account key.
    pub key: Fingerprint,
}

impl QuiltConfig {
    pub(super) fn check(at: usize, given: Option<QuiltSettings>) -> Result<Self, ConfigError> {
        let name = |field: &str| format!("accounts[{at}].quilt.{field}");
        let given = given.unwrap_or_default();
        let external_account_id = ExternalAccountId::parse(&given.external_account_id)
            .ok_or_else(|| {
                let problem = "is missing or no name; give the account's name in requests, up to 255 characters";
                invalid(name("external_account_id"), problem)
            })?;
        let key = read_secret(&name("key"), given.key, given.key_env)?.ok_or_else(|| {
            let problem = "is missing; set it, or name a variable in key_env";
            invalid(name("key"), problem)
        })?;
        check_caller_key(&name("key"), &key)?;
        Ok(Self {
            external_account_id,
            key: Fingerprint::of(key.reveal()),
        })
    }

    /// Whether a request could be meant for either account. Accounts that share a key need different names.
    pub(super) fn is_ambiguous_with(&self, other: &Self) -> bool {
        self.key == other.key && self.external_account_id == other.external_account_id
    }
}
