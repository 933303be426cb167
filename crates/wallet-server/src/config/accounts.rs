//! All accounts of the configuration, and the look-ups over them.
//!
//! Called by the configuration and by every route. It must never accept two accounts whose callers cannot be distinguished.

use std::sync::{Arc, PoisonError, RwLock};

use card_entry_protocol::origin::Origin;

use super::error::invalid;
use super::{Account, AccountSettings, ConfigError, WalletSystem};

/// All accounts of the configuration; there is at least one. A clone is the same list: a reload swaps it for all.
#[derive(Debug, Clone)]
pub struct Accounts(Arc<RwLock<AccountList>>);

/// The accounts at one moment.
type AccountList = Arc<[Arc<Account>]>;

impl Accounts {
    pub(super) fn check(given: Vec<AccountSettings>) -> Result<Self, ConfigError> {
        if given.is_empty() {
            return Err(invalid(
                "accounts",
                "there is none; add an [[accounts]] table to the file and name it by --config",
            ));
        }
        let mut all: Vec<Arc<Account>> = Vec::new();
        for (at, settings) in given.into_iter().enumerate() {
            let account = Account::check(at, settings)?;
            if all.iter().any(|other| other.id == account.id) {
                return Err(invalid(
                    format!("accounts[{at}].id"),
                    "is taken by another account; give each its own",
                ));
            }
            if let Some(other) = all
                .iter()
                .find(|other| other.system.is_ambiguous_with(&account.system))
            {
                return Err(invalid(
                    format!("accounts[{at}].{}", account.system.kind().as_str()),
                    format!(
                        "its callers could be account {}’s as well; give each its own key, issuer, name or company",
                        other.id
                    ),
                ));
            }
            all.push(Arc::new(account));
        }
        Ok(Self(Arc::new(RwLock::new(all.into()))))
    }

    fn all(&self) -> AccountList {
        // The lock is held for a clone only, which does not panic.
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&all)
    }

    /// Swaps the list for that of another configuration, in one step. Whoever has an account keeps it as it was.
    pub(super) fn replace_with(&self, other: &Self) {
        let new = other.all();
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = new;
    }

    /// The account with this number.
    #[must_use]
    pub fn by_id(&self, id: i64) -> Option<Arc<Account>> {
        self.iter().find(|account| account.id == id)
    }

    /// The accounts of one wallet system, in the order of the file.
    pub fn of_system(&self, system: WalletSystem) -> impl Iterator<Item = Arc<Account>> + use<> {
        self.iter()
            .filter(move |account| account.system.kind() == system)
    }

    /// The parents of all accounts with this publishable key. Empty: no account has it.
    #[must_use]
    pub fn parents_of_key(&self, key: &str) -> Vec<Origin> {
        let all = self.with_key(key);
        unique(all.iter().flat_map(|account| &account.parents))
    }

    /// The parents and ancestors of all accounts with this publishable key.
    #[must_use]
    pub fn frame_ancestors_of_key(&self, key: &str) -> Vec<Origin> {
        let all = self.with_key(key);
        unique(all.iter().flat_map(|account| account.frame_ancestors()))
    }

    /// One parent, and the ancestors of the accounts that list it.
    #[must_use]
    pub fn frame_ancestors_of_parent(&self, parent: &Origin) -> Vec<Origin> {
        let all = self.all();
        let accounts = all
            .iter()
            .filter(|account| account.parents.contains(parent));
        let ancestors = accounts.flat_map(|account| &account.ancestors);
        unique(std::iter::once(parent).chain(ancestors))
    }

    fn with_key(&self, key: &str) -> Vec<Arc<Account>> {
        let has_key = |account: &Arc<Account>| account.publishable_key.as_str() == key;
        self.iter().filter(has_key).collect()
    }

    /// The parents of all accounts.
    #[must_use]
    pub fn all_parents(&self) -> Vec<Origin> {
        let all = self.all();
        unique(all.iter().flat_map(|account| &account.parents))
    }

    /// The parents and ancestors of all accounts.
    #[must_use]
    pub fn all_frame_ancestors(&self) -> Vec<Origin> {
        let all = self.all();
        unique(all.iter().flat_map(|account| account.frame_ancestors()))
    }

    /// Whether any account has live keys.
    #[must_use]
    pub fn has_live_keys(&self) -> bool {
        self.iter().any(|account| account.livemode())
    }

    /// All accounts at this moment, in the order of the file. A reload does not change a list that was begun.
    pub fn iter(&self) -> impl Iterator<Item = Arc<Account>> + use<> {
        let all = self.all();
        (0..all.len()).filter_map(move |at| all.get(at).cloned())
    }
}

/// Removes repeated origins and keeps the order: connected accounts share a key, and accounts can share a page.
fn unique<'a>(origins: impl Iterator<Item = &'a Origin>) -> Vec<Origin> {
    origins.fold(Vec::new(), |mut all, origin| {
        if !all.contains(origin) {
            all.push(origin.clone());
        }
        all
    })
}
