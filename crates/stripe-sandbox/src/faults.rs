//! The faults in force. Set through `/sandbox/faults`, met by every origin.
//!
//! A fault belongs to one account, so that tests side by side do not meet each other's; only one
//! without a key is met by all.

use crate::fault::{Fault, Hit};
use crate::trouble::Trouble;
use serde::Serialize;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A fault in force, as the control endpoint lists it.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// Names it, so that it can be lifted alone.
    pub number: u64,
    /// The account it belongs to; none: everyone's.
    pub account: Option<String>,
    #[serde(flatten)]
    pub fault: Fault,
    /// How many requests it matched.
    pub matched: u32,
    pub spoiled: u32,
}

#[derive(Debug, Default)]
pub struct Faults(Mutex<List>);

#[derive(Debug, Default)]
struct List {
    standing: Vec<Standing>,
    count: u64,
}

impl Faults {
    /// Puts faults in force for `account`, or for all.
    pub fn set(&self, account: Option<&str>, faults: Vec<Fault>) {
        let mut list = self.lock();
        for fault in faults {
            list.count += 1;
            let number = list.count;
            list.standing.push(Standing {
                number,
                account: account.map(str::to_owned),
                fault,
                matched: 0,
                spoiled: 0,
            });
        }
    }

    /// Lifts one fault, whoever's it is; one that is gone already is no error.
    pub fn lift(&self, number: u64) {
        self.lock()
            .standing
            .retain(|standing| standing.number != number);
    }

    /// Lifts every fault of `account`; with `None`, those that are everyone's.
    pub fn clear(&self, account: Option<&str>) {
        self.lock()
            .standing
            .retain(|standing| standing.account.as_deref() != account);
    }

    /// The faults `account` meets, or all there are.
    #[must_use]
    pub fn list(&self, account: Option<&str>) -> Vec<Standing> {
        let met = |standing: &&Standing| {
            account.is_none()
                || standing.account.is_none()
                || standing.account.as_deref() == account
        };
        self.lock().standing.iter().filter(met).cloned().collect()
    }

    /// The first fault this request meets, counted. `wanted` says which kind the place can act out.
    pub fn meet<T>(
        &self,
        hit: &Hit<'_>,
        wanted: impl Fn(Trouble) -> Option<T>,
    ) -> Option<(T, Fault)> {
        for standing in &mut self.lock().standing {
            let Some(trouble) = wanted(standing.fault.trouble) else {
                continue;
            };
            let scoped = standing.account.is_none() || standing.account.as_deref() == hit.account;
            if !scoped || !standing.fault.fits(hit) {
                continue;
            }
            standing.matched += 1;
            let spent = standing
                .fault
                .times
                .is_some_and(|times| standing.spoiled >= times);
            if standing.matched <= standing.fault.skip || spent {
                continue;
            }
            standing.spoiled += 1;
            return Some((trouble, standing.fault.clone()));
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, List> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
