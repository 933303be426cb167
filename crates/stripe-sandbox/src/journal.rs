//! The last requests each origin saw, so that a test can prove who sent what. Read through
//! `/sandbox/requests`.
//!
//! It keeps bodies as they came, digits and all: they are test numbers, and where they turned up is
//! the very thing to prove.

use axum::http::HeaderMap;
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many requests are kept: some minutes of a busy test run.
const KEPT: usize = 5000;

/// Headers worth keeping. Never `authorization`: the account is kept beside.
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

/// Which of the four origins was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Script,
    Fields,
    Hooks,
    Api,
}

impl Place {
    /// As it is asked for in a query.
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

#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Counts up over all origins.
    pub number: u64,
    pub at: i64,
    pub place: Place,
    pub method: String,
    pub path: String,
    /// Query, without its question mark.
    pub query: String,
    pub body: String,
    /// The account, when the request names one.
    pub account: Option<String>,
    pub headers: BTreeMap<String, String>,
    /// The answer's status; none while it is under way, and for a dropped connection.
    pub status: Option<u16>,
}

#[derive(Debug, Default)]
pub struct Journal(Mutex<Ring>);

#[derive(Debug, Default)]
struct Ring {
    entries: VecDeque<Entry>,
    count: u64,
}

impl Journal {
    /// Notes a request; the number it returns names it to [`Journal::answered`].
    pub fn note(
        &self,
        place: Place,
        method: &str,
        path: &str,
        query: &str,
        headers: &HeaderMap,
        body: &str,
    ) -> u64 {
        let kept = HEADERS
            .iter()
            .filter_map(|name| {
                Some((
                    (*name).to_owned(),
                    headers.get(*name)?.to_str().ok()?.to_owned(),
                ))
            })
            .collect();
        let mut ring = self.lock();
        ring.count += 1;
        let number = ring.count;
        if ring.entries.len() == KEPT {
            ring.entries.pop_front();
        }
        ring.entries.push_back(Entry {
            number,
            at: crate::object::now(),
            place,
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            body: body.to_owned(),
            account: None,
            headers: kept,
            status: None,
        });
        number
    }

    /// Adds whose request it was.
    pub fn belongs(&self, number: u64, account: &str) {
        self.change(number, |entry| entry.account = Some(account.to_owned()));
    }

    /// Adds how it was answered.
    pub fn answered(&self, number: u64, status: u16) {
        self.change(number, |entry| entry.status = Some(status));
    }

    /// The last `limit` requests that fit, oldest first.
    #[must_use]
    pub fn last(&self, limit: usize, fits: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let mut found: Vec<Entry> = self
            .lock()
            .entries
            .iter()
            .rev()
            .filter(|entry| fits(entry))
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

    fn lock(&self) -> MutexGuard<'_, Ring> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
