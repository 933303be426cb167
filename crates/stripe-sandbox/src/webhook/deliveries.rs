//! What was sent where, and how it was taken. Written by the courier, read through
//! `/sandbox/webhooks` and by `pending_webhooks` of an event.

use super::Parcel;
use serde::Serialize;
use std::collections::{HashMap, HashSet, VecDeque};

/// How many deliveries are kept: some minutes of a busy test run.
const KEPT: usize = 5000;

/// One request to one endpoint.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// Counts up over all accounts.
    pub number: u64,
    pub event: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub endpoint: String,
    pub url: String,
    /// 1 for the first sending of this event to this endpoint.
    pub attempt: u32,
    /// The receiver's status; none while it is under way, and when there was none.
    pub status: Option<u16>,
    /// Why there was no status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    pub created: i64,
    /// What was sent, to send it again.
    #[serde(skip)]
    pub parcel: Parcel,
}

/// The log, and who has not taken what.
#[derive(Debug, Default)]
pub struct Deliveries {
    log: VecDeque<Delivery>,
    count: u64,
    attempts: HashMap<(String, String), u32>,
    pending: HashMap<String, HashSet<String>>,
}

impl Deliveries {
    /// Notes that a parcel was posted.
    pub fn posted(&mut self, parcel: &Parcel) {
        let waiting = self.pending.entry(parcel.event.clone()).or_default();
        waiting.insert(parcel.endpoint.clone());
    }

    /// Notes that a parcel is sent; the number it returns names it to [`Deliveries::answered`].
    pub fn sent(&mut self, parcel: &Parcel, kind: &str, url: &str) -> u64 {
        let pair = (parcel.event.clone(), parcel.endpoint.clone());
        let attempt = self.attempts.entry(pair).or_default();
        *attempt += 1;
        self.count += 1;
        if self.log.len() == KEPT {
            self.log.pop_front();
        }
        self.log.push_back(Delivery {
            number: self.count,
            event: parcel.event.clone(),
            kind: kind.to_owned(),
            endpoint: parcel.endpoint.clone(),
            url: url.to_owned(),
            attempt: *attempt,
            status: None,
            error: None,
            created: crate::object::now(),
            parcel: parcel.clone(),
        });
        self.count
    }

    /// Notes how a delivery was taken: a status, or why there was none.
    pub fn answered(&mut self, number: u64, outcome: &Result<u16, String>) {
        let Some(delivery) = self
            .log
            .iter_mut()
            .rev()
            .find(|known| known.number == number)
        else {
            return;
        };
        match outcome {
            Ok(status) => delivery.status = Some(*status),
            Err(why) => delivery.error = Some(why.clone()),
        }
        if matches!(outcome, Ok(200..=299)) {
            let parcel = delivery.parcel.clone();
            self.settled(&parcel);
        }
    }

    /// Notes that an endpoint waits for an event no more.
    pub fn settled(&mut self, parcel: &Parcel) {
        if let Some(waiting) = self.pending.get_mut(&parcel.event) {
            waiting.remove(&parcel.endpoint);
        }
    }

    /// How many endpoints have not taken the event yet.
    #[must_use]
    pub fn pending(&self, event: &str) -> usize {
        self.pending.get(event).map_or(0, HashSet::len)
    }

    #[must_use]
    pub fn get(&self, number: u64) -> Option<&Delivery> {
        self.log.iter().find(|delivery| delivery.number == number)
    }

    /// The last deliveries of `owner` and of its connected accounts, or of everyone, oldest first.
    #[must_use]
    pub fn last(&self, limit: usize, owner: Option<&str>) -> Vec<Delivery> {
        let ours = |delivery: &&Delivery| {
            owner.is_none_or(|owner| delivery.parcel.owner.split('/').next() == Some(owner))
        };
        let mut found: Vec<Delivery> = self
            .log
            .iter()
            .rev()
            .filter(ours)
            .take(limit)
            .cloned()
            .collect();
        found.reverse();
        found
    }
}
