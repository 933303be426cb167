//! The faults in force. Set through `/sandbox/faults`, read by every origin.
//!
//! A fault belongs to one account, so that tests that run at the same time do not disturb each other. A fault set
//! without a key applies to all accounts. It must never apply to an account it was not set for.

use super::{FaultEffect, FaultRule, FaultTarget};
use serde::Serialize;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A fault in force, as the control endpoint lists it.
#[derive(Clone, Debug, Serialize)]
pub struct ActiveFault {
    /// Identifies the fault, so that it can be removed alone.
    pub number: u64,
    /// The account it applies to; `None` for all accounts.
    pub account: Option<String>,
    #[serde(flatten)]
    pub fault: FaultRule,
    /// How many requests matched the rule.
    pub matched: u32,
    /// To how many requests the effect was applied.
    pub spoiled: u32,
}

#[derive(Debug, Default)]
pub struct FaultRegistry(Mutex<FaultList>);

#[derive(Debug, Default)]
struct FaultList {
    active: Vec<ActiveFault>,
    count: u64,
}

impl FaultRegistry {
    /// Puts faults in force for `account`, or for all accounts.
    pub fn add(&self, account: Option<&str>, faults: Vec<FaultRule>) {
        let mut list = self.lock();
        for fault in faults {
            list.count += 1;
            let number = list.count;
            list.active.push(ActiveFault {
                number,
                account: account.map(str::to_owned),
                fault,
                matched: 0,
                spoiled: 0,
            });
        }
    }

    /// Removes one fault of any account. An unknown number is no error.
    pub fn remove(&self, number: u64) {
        self.lock().active.retain(|fault| fault.number != number);
    }

    /// Removes every fault of `account`; with `None`, those that apply to all accounts.
    pub fn clear(&self, account: Option<&str>) {
        self.lock()
            .active
            .retain(|fault| fault.account.as_deref() != account);
    }

    /// The faults that apply to `account`; with `None`, every fault.
    #[must_use]
    pub fn list(&self, account: Option<&str>) -> Vec<ActiveFault> {
        let applies = |fault: &&ActiveFault| {
            account.is_none() || fault.account.is_none() || fault.account.as_deref() == account
        };
        self.lock().active.iter().filter(applies).cloned().collect()
    }

    /// The first fault whose rule matches `target`, and counts it. `select` returns `None` for an effect that the
    /// caller cannot apply; such a fault is skipped and not counted.
    pub fn take_matching<T>(
        &self,
        target: &FaultTarget<'_>,
        select: impl Fn(FaultEffect) -> Option<T>,
    ) -> Option<(T, FaultRule)> {
        for active in &mut self.lock().active {
            let Some(effect) = select(active.fault.effect) else {
                continue;
            };
            let in_scope = active.account.is_none() || active.account.as_deref() == target.account;
            if !in_scope || !active.fault.matches(target) {
                continue;
            }
            active.matched += 1;
            let used_up = active
                .fault
                .times
                .is_some_and(|times| active.spoiled >= times);
            if active.matched <= active.fault.skip || used_up {
                continue;
            }
            active.spoiled += 1;
            return Some((effect, active.fault.clone()));
        }
        None
    }

    fn lock(&self) -> MutexGuard<'_, FaultList> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
