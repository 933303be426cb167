//! What only an account of Quilt needs: the section `[accounts.quilt]`, its key and the merchant's own name for it.

use card_entry_protocol::dialect::quilt::ExternalAccountId;
use serde::Deserialize;

use super::account::secret;
use super::{ConfigError, wrong};
use crate::secret::{Fingerprint, Secret};

/// The fewest characters of a key: it is all that keeps others from charging people's cards.
const SHORTEST_KEY: usize = 16;

/// The section, as the file spells it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct QuiltSettings {
    /// The account's name in requests, `external_account_id`.
    pub external_account_id: String,
    /// The account key, sent as a bearer token; better named by `key_env`.
    pub key: Option<Secret>,
    /// The environment variable that holds it.
    pub key_env: Option<String>,
}

/// The section, checked.
#[derive(Debug, Clone)]
pub struct Quilt {
    /// The account's name in requests.
    pub external_account_id: ExternalAccountId,
    /// Recognises the account key.
    pub key: Fingerprint,
}

impl Quilt {
    pub(super) fn check(at: usize, given: Option<QuiltSettings>) -> Result<Self, ConfigError> {
        let name = |field: &str| format!("accounts[{at}].quilt.{field}");
        let given = given.unwrap_or_default();
        let external_account_id = ExternalAccountId::parse(&given.external_account_id)
            .ok_or_else(|| {
                let problem = "is missing or no name; give the account's name in requests, up to 255 characters";
                wrong(name("external_account_id"), problem)
            })?;
        let key = secret(&name("key"), given.key, given.key_env)?.ok_or_else(|| {
            let problem = "is missing; set it, or name a variable in key_env";
            wrong(name("key"), problem)
        })?;
        let plain = key.reveal().bytes().all(|b| b.is_ascii_graphic());
        if key.reveal().len() < SHORTEST_KEY || !plain {
            let problem = "is not safe; use 16 random letters and digits or more";
            return Err(wrong(name("key"), problem));
        }
        Ok(Self {
            external_account_id,
            key: Fingerprint::of(key.reveal()),
        })
    }

    /// Whether a request could be either's: accounts may share a key, then their names differ.
    pub(super) fn is_mistaken_for(&self, other: &Self) -> bool {
        self.key == other.key && self.external_account_id == other.external_account_id
    }
}
