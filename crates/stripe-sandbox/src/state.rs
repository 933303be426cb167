//! The state of one running sandbox, in memory. Shared by its origins, on the ports and by real host names.
//! It must never be written to disk.

use crate::braintree::Merchants;
use crate::faults::FaultRegistry;
use crate::journal::Journal;
use crate::origins::Origins;
use crate::webhook::Delivery;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

mod accounts;
pub mod clock;
mod refunds;

pub use accounts::{Accounts, NewEvent, PendingChallenge};

/// The state behind every handler, with the origins that the callers of one listener use.
#[derive(Debug)]
pub struct SandboxState {
    /// The origins as callers of this listener reach them.
    pub origins: Origins,
    /// The origins on the ports. Stored objects hold these.
    pub port_origins: Origins,
    pub faults: Arc<FaultRegistry>,
    pub journal: Arc<Journal>,
    accounts: Arc<Mutex<Accounts>>,
    braintree: Arc<Mutex<Merchants>>,
    delivery_receiver: Arc<Mutex<Option<UnboundedReceiver<Delivery>>>>,
}

impl SandboxState {
    /// An empty sandbox at `origins`.
    #[must_use]
    pub fn new(origins: Origins, seed: u64) -> Self {
        let (delivery_sender, delivery_receiver) = unbounded_channel();
        Self {
            port_origins: origins.clone(),
            origins,
            faults: Arc::default(),
            journal: Arc::default(),
            accounts: Arc::new(Mutex::new(Accounts::new(seed, delivery_sender))),
            braintree: Arc::new(Mutex::new(Merchants::new(seed))),
            delivery_receiver: Arc::new(Mutex::new(Some(delivery_receiver))),
        }
    }

    /// The same state for a listener whose callers reach it at other origins.
    #[must_use]
    pub fn with_origins(&self, origins: Origins) -> Self {
        Self {
            origins,
            port_origins: self.port_origins.clone(),
            faults: Arc::clone(&self.faults),
            journal: Arc::clone(&self.journal),
            accounts: Arc::clone(&self.accounts),
            braintree: Arc::clone(&self.braintree),
            delivery_receiver: Arc::clone(&self.delivery_receiver),
        }
    }

    /// Locks Stripe's accounts. The lock must not be held across an `await`.
    pub fn accounts(&self) -> MutexGuard<'_, Accounts> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Locks Braintree's merchants. The lock must not be held across an `await`.
    pub fn braintree(&self) -> MutexGuard<'_, Merchants> {
        self.braintree
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The receiving end of the webhook deliveries. Returns it once, to the delivery queue.
    #[must_use]
    pub fn take_delivery_receiver(&self) -> Option<UnboundedReceiver<Delivery>> {
        self.delivery_receiver
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}
