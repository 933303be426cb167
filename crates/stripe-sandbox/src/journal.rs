//! The last requests each origin received, so that a test can prove who sent what. Read through `/sandbox/requests`.
//!
//! Bodies are recorded unchanged, with card numbers: they are test numbers, and a test must be able to prove where
//! they were sent. The journal must never record an `authorization` header.

use axum::http::HeaderMap;
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many requests are kept: those of some minutes of a busy test run.
const MAX_REQUESTS: usize = 5000;

/// The headers that are recorded.
const HEADERS: &[&str] = &[
    "host",
    "origin",
    "referer",
    "content-type",
    "user-agent",
    "stripe-version",
    "stripe-account",
    "idempotency-key",
    "sec-fetch-site",
    "sec-fetch-mode",
    "sec-fetch-dest",
];

/// Which of the four origins received the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OriginKind {
    Script,
    Fields,
    Hooks,
    Api,
}

impl OriginKind {
    /// The value of `origin` in the query of `/sandbox/requests`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Fields => "fields",
            Self::Hooks => "hooks",
            Self::Api => "api",
        }
    }
}

/// A request, as it is recorded when it arrives.
#[derive(Clone, Copy, Debug)]
pub struct ReceivedRequest<'a> {
    pub origin: OriginKind,
    pub method: &'a str,
    pub path: &'a str,
    /// The query, without its question mark.
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    pub body: &'a str,
}

#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Counts up over all origins.
    pub number: u64,
    pub at: i64,
    #[serde(rename = "place")]
    pub origin: OriginKind,
    pub method: String,
    pub path: String,
    /// The query, without its question mark.
    pub query: String,
    pub body: String,
    /// The account, when the request names one.
    pub account: Option<String>,
    pub headers: BTreeMap<String, String>,
    /// The status of the response; `None` before the response, and for a dropped connection.
    pub status: Option<u16>,
}

#[derive(Debug, Default)]
pub struct Journal(Mutex<EntryRing>);

#[derive(Debug, Default)]
struct EntryRing {
    entries: VecDeque<Entry>,
    count: u64,
}

impl Journal {
    /// Records a request. Returns its number, for [`Journal::set_account`] and [`Journal::set_status`].
    pub fn record(&self, request: ReceivedRequest<'_>) -> u64 {
        let headers = HEADERS
            .iter()
            .filter_map(|name| {
                Some((
                    (*name).to_owned(),
                    request.headers.get(*name)?.to_str().ok()?.to_owned(),
                ))
            })
            .collect();
        let mut ring = self.lock();
        ring.count += 1;
        let number = ring.count;
        if ring.entries.len() == MAX_REQUESTS {
            ring.entries.pop_front();
        }
        ring.entries.push_back(Entry {
            number,
            at: crate::object::now(),
            origin: request.origin,
            method: request.method.to_owned(),
            path: request.path.to_owned(),
            query: request.query.to_owned(),
            body: request.body.to_owned(),
            account: None,
            headers,
            status: None,
        });
        number
    }

    /// Adds the account the request belongs to.
    pub fn set_account(&self, number: u64, account: &str) {
        self.change(number, |entry| entry.account = Some(account.to_owned()));
    }

    /// Adds the status of the response.
    pub fn set_status(&self, number: u64, status: u16) {
        self.change(number, |entry| entry.status = Some(status));
    }

    /// The last `limit` requests that satisfy `predicate`, oldest first.
    #[must_use]
    pub fn last(&self, limit: usize, predicate: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let mut found: Vec<Entry> = self
            .lock()
            .entries
            .iter()
            .rev()
            .filter(|entry| predicate(entry))
            .take(limit)
            .cloned()
            .collect();
        found.reverse();
        found
    }

    fn change(&self, number: u64, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self
            .lock()
            .entries
            .iter_mut()
            .rev()
            .find(|entry| entry.number == number)
        {
            change(entry);
        }
    }

    fn lock(&self) -> MutexGuard<'_, EntryRing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
