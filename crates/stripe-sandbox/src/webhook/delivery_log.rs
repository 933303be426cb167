//! The log of webhook requests and their responses. Written by [`super::sender`], read through `/sandbox/webhooks`
//! and for `pending_webhooks` of an event.
//! It must never show one account the deliveries of another.

use super::Delivery;
use serde::Serialize;
use std::collections::{HashMap, HashSet, VecDeque};

/// How many attempts are kept: those of some minutes of a busy test run.
const MAX_ATTEMPTS_KEPT: usize = 5000;

/// One request to one endpoint.
#[derive(Clone, Debug, Serialize)]
pub struct DeliveryAttempt {
    /// Counts up over all accounts.
    pub number: u64,
    pub event: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub endpoint: String,
    pub url: String,
    /// 1 for the first request with this event to this endpoint.
    pub attempt: u32,
    /// The receiver's HTTP status; `None` before it answers, and when it does not answer.
    pub status: Option<u16>,
    /// Why there is no status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    pub created: i64,
    /// Kept so that it can be sent again.
    #[serde(skip)]
    pub delivery: Delivery,
}

/// The attempts, and which endpoints have not accepted which event.
#[derive(Debug, Default)]
pub struct DeliveryLog {
    attempts: VecDeque<DeliveryAttempt>,
    count: u64,
    attempts_by_pair: HashMap<(String, String), u32>,
    pending: HashMap<String, HashSet<String>>,
}

impl DeliveryLog {
    /// Records that a delivery was queued.
    pub fn record_queued(&mut self, delivery: &Delivery) {
        let pending = self.pending.entry(delivery.event.clone()).or_default();
        pending.insert(delivery.endpoint.clone());
    }

    /// Records that a request is sent. Returns its number, for [`DeliveryLog::record_outcome`].
    pub fn record_attempt(&mut self, delivery: &Delivery, kind: &str, url: &str) -> u64 {
        let pair = (delivery.event.clone(), delivery.endpoint.clone());
        let attempt = self.attempts_by_pair.entry(pair).or_default();
        *attempt += 1;
        self.count += 1;
        if self.attempts.len() == MAX_ATTEMPTS_KEPT {
            self.attempts.pop_front();
        }
        self.attempts.push_back(DeliveryAttempt {
            number: self.count,
            event: delivery.event.clone(),
            kind: kind.to_owned(),
            endpoint: delivery.endpoint.clone(),
            url: url.to_owned(),
            attempt: *attempt,
            status: None,
            error: None,
            created: crate::object::now(),
            delivery: delivery.clone(),
        });
        self.count
    }

    /// Records the receiver's status, or why there is none.
    pub fn record_outcome(&mut self, number: u64, outcome: &Result<u16, String>) {
        let Some(attempt) = self
            .attempts
            .iter_mut()
            .rev()
            .find(|attempt| attempt.number == number)
        else {
            return;
        };
        match outcome {
            Ok(status) => attempt.status = Some(*status),
            Err(error) => attempt.error = Some(error.clone()),
        }
        if matches!(outcome, Ok(200..=299)) {
            let delivery = attempt.delivery.clone();
            self.record_done(&delivery);
        }
    }

    /// Records that the endpoint is no longer pending for the event.
    pub fn record_done(&mut self, delivery: &Delivery) {
        if let Some(pending) = self.pending.get_mut(&delivery.event) {
            pending.remove(&delivery.endpoint);
        }
    }

    /// How many endpoints have not accepted the event yet.
    #[must_use]
    pub fn pending(&self, event: &str) -> usize {
        self.pending.get(event).map_or(0, HashSet::len)
    }

    #[must_use]
    pub fn get(&self, number: u64) -> Option<&DeliveryAttempt> {
        self.attempts
            .iter()
            .find(|attempt| attempt.number == number)
    }

    /// The last attempts of `account` and of its connected accounts, or of all accounts, oldest first.
    #[must_use]
    pub fn last(&self, limit: usize, account: Option<&str>) -> Vec<DeliveryAttempt> {
        let matches = |attempt: &&DeliveryAttempt| {
            account.is_none_or(|account| {
                attempt.delivery.endpoint_account.split('/').next() == Some(account)
            })
        };
        let mut found: Vec<DeliveryAttempt> = self
            .attempts
            .iter()
            .rev()
            .filter(matches)
            .take(limit)
            .cloned()
            .collect();
        found.reverse();
        found
    }
}
