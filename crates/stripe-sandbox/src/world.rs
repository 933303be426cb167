//! All that one running sandbox knows, in memory. Shared by its origins, by whichever name they are reached.

use crate::account::Account;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::origins::Origins;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The state behind every handler, as the callers of one listener see it.
#[derive(Debug)]
pub struct World {
    /// Where everything is, for whoever asks through this listener.
    pub origins: Origins,
    /// Where everything is on the ports: the places kept objects name.
    pub home: Origins,
    /// What goes wrong on purpose.
    pub faults: Arc<Faults>,
    /// Who asked for what.
    pub journal: Arc<Journal>,
    books: Arc<Mutex<Books>>,
}

/// The accounts, and which account each 3D Secure challenge belongs to.
#[derive(Debug)]
pub struct Books {
    seed: u64,
    accounts: HashMap<String, Account>,
    challenges: HashMap<String, Pending>,
}

/// The intent a challenge was opened for.
#[derive(Clone, Debug)]
pub struct Pending {
    /// The account's name.
    pub account: String,
    /// `seti_…` or `pi_…`.
    pub intent: String,
}

impl Pending {
    /// The account whose keys reach the intent; a connected account is reached through its platform's.
    #[must_use]
    pub fn owner(&self) -> &str {
        self.account.split('/').next().unwrap_or_default()
    }
}

impl World {
    /// An empty world at `origins`.
    #[must_use]
    pub fn new(origins: Origins, seed: u64) -> Self {
        let books = Books {
            seed,
            accounts: HashMap::new(),
            challenges: HashMap::new(),
        };
        Self {
            home: origins.clone(),
            origins,
            faults: Arc::default(),
            journal: Arc::default(),
            books: Arc::new(Mutex::new(books)),
        }
    }

    /// The same world for callers who know its places by other names.
    #[must_use]
    pub fn seen_at(&self, origins: Origins) -> Self {
        Self {
            origins,
            home: self.home.clone(),
            faults: Arc::clone(&self.faults),
            journal: Arc::clone(&self.journal),
            books: Arc::clone(&self.books),
        }
    }

    /// The books. Held for one short change, never across an `await`.
    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Books {
    /// The account `name`, made at first use.
    pub fn account(&mut self, name: &str) -> &mut Account {
        let seed = self.seed;
        self.accounts
            .entry(name.to_owned())
            .or_insert_with(|| Account::new(seed, name))
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
