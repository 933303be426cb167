//! The owners of the load: each is its own person, at one of many accounts, in a network of their own. So no limit against
//! card testing is reached that people would not reach. Used by the loads. An owner must never be given to two callers at
//! a time.

use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::token;
use crate::error::BenchError;

/// The accounts of the settings file. Owners are spread over them.
pub const ACCOUNTS: u64 = 100;

/// One owner, and how far their card is.
#[derive(Debug, Clone)]
pub struct BenchOwner {
    pub number: u64,
    pub token: String,
    /// The client secret of the owner's intent, once it is created.
    pub client_secret: String,
    /// The payment method of the owner's card, once it is confirmed.
    pub payment_method: String,
}

impl BenchOwner {
    fn new(number: u64) -> Result<Self, BenchError> {
        Ok(Self {
            number,
            token: token::sign(number % ACCOUNTS + 1, &format!("owner-{number}"))?,
            client_secret: String::new(),
            payment_method: String::new(),
        })
    }

    /// The number of the owner's account, from 1.
    #[must_use]
    pub fn account(&self) -> u64 {
        self.number % ACCOUNTS + 1
    }

    /// The address that the owner's browser has, in 10.0.0.0/8. The owners of a run have different ones.
    #[must_use]
    pub fn address(&self) -> Ipv4Addr {
        let low = u32::try_from(self.number % (1 << 24)).unwrap_or_default();
        Ipv4Addr::from_bits((10 << 24) | low)
    }

    /// The id of the owner's intent, which the client secret begins with.
    #[must_use]
    pub fn intent(&self) -> &str {
        let end = self.client_secret.find("_secret_");
        let id = end.and_then(|end| self.client_secret.get(..end));
        id.unwrap_or_default()
    }
}

/// Where a load takes its owners from.
#[derive(Debug)]
pub enum OwnerSource {
    /// New ones, without end.
    New(AtomicU64),
    /// Those of an earlier load, each once.
    Each(Mutex<VecDeque<BenchOwner>>),
    /// Those of an earlier load, one after another and again.
    Repeated(Mutex<VecDeque<BenchOwner>>),
}

impl OwnerSource {
    /// New owners from a number on.
    #[must_use]
    pub fn new_from(first: u64) -> Self {
        Self::New(AtomicU64::new(first))
    }

    #[must_use]
    pub fn each(owners: Vec<BenchOwner>) -> Self {
        Self::Each(Mutex::new(owners.into()))
    }

    #[must_use]
    pub fn repeated(owners: Vec<BenchOwner>) -> Self {
        Self::Repeated(Mutex::new(owners.into()))
    }

    /// The next owner. `None` when there is none left, or none that no other caller has.
    ///
    /// # Errors
    /// A token cannot be signed.
    pub fn take(&self) -> Result<Option<BenchOwner>, BenchError> {
        match self {
            Self::New(next) => BenchOwner::new(next.fetch_add(1, Ordering::Relaxed)).map(Some),
            Self::Each(owners) | Self::Repeated(owners) => Ok(lock(owners).pop_front()),
        }
    }

    /// Gives an owner back after the request. Only a repeated source gives it out again.
    pub fn give(&self, owner: BenchOwner) {
        if let Self::Repeated(owners) = self {
            lock(owners).push_back(owner);
        }
    }
}

fn lock(owners: &Mutex<VecDeque<BenchOwner>>) -> MutexGuard<'_, VecDeque<BenchOwner>> {
    owners.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_owner_has_an_account_an_address_and_a_token_of_their_own() {
        let source = OwnerSource::new_from(ACCOUNTS - 1);
        let (one, other) = (
            source.take().unwrap().unwrap(),
            source.take().unwrap().unwrap(),
        );
        assert_eq!((one.account(), other.account()), (ACCOUNTS, 1));
        assert_ne!(one.address(), other.address());
        assert_ne!(one.token, other.token);
        assert_eq!(one.token.split('.').count(), 3);
    }

    #[test]
    fn an_intents_id_is_the_part_before_its_secret() {
        let mut owner = OwnerSource::new_from(0).take().unwrap().unwrap();
        assert_eq!(owner.intent(), "");
        owner.client_secret = "seti_1_secret_2".to_owned();
        assert_eq!(owner.intent(), "seti_1");
    }

    #[test]
    fn owners_are_given_out_once_or_again() {
        let owners = || vec![OwnerSource::new_from(5).take().unwrap().unwrap()];
        let each = OwnerSource::each(owners());
        each.give(each.take().unwrap().unwrap());
        assert!(each.take().unwrap().is_none());
        let repeated = OwnerSource::repeated(owners());
        let owner = repeated.take().unwrap().unwrap();
        assert!(repeated.take().unwrap().is_none(), "another caller has it");
        repeated.give(owner);
        assert!(repeated.take().unwrap().is_some());
    }
}
