//! All that one running sandbox knows, in memory. Shared by its origins, by whichever name they are reached.

use crate::braintree::Gateway;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::origins::Origins;
use crate::webhook::Parcel;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

mod books;
pub mod clock;
mod refunds;

pub use books::{Books, Happening, Pending};

/// The state behind every handler, as the callers of one listener see it.
#[derive(Debug)]
pub struct World {
    /// Where everything is, for whoever asks through this listener.
    pub origins: Origins,
    /// Where everything is on the ports: the places kept objects name.
    pub home: Origins,
    /// What goes wrong on purpose.
    pub faults: Arc<Faults>,
    pub journal: Arc<Journal>,
    books: Arc<Mutex<Books>>,
    braintree: Arc<Mutex<Gateway>>,
    inbox: Arc<Mutex<Option<UnboundedReceiver<Parcel>>>>,
}

impl World {
    /// An empty world at `origins`.
    #[must_use]
    pub fn new(origins: Origins, seed: u64) -> Self {
        let (outbox, inbox) = unbounded_channel();
        Self {
            home: origins.clone(),
            origins,
            faults: Arc::default(),
            journal: Arc::default(),
            books: Arc::new(Mutex::new(Books::new(seed, outbox))),
            braintree: Arc::new(Mutex::new(Gateway::new(seed))),
            inbox: Arc::new(Mutex::new(Some(inbox))),
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
            braintree: Arc::clone(&self.braintree),
            inbox: Arc::clone(&self.inbox),
        }
    }

    /// The books. Held for one short change, never across an `await`.
    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Braintree's merchants. Held for one short change, never across an `await`.
    pub fn braintree(&self) -> MutexGuard<'_, Gateway> {
        self.braintree
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Where parcels come in; the postman takes it, once.
    #[must_use]
    pub fn take_inbox(&self) -> Option<UnboundedReceiver<Parcel>> {
        self.inbox
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}
