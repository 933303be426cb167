//! The two loads: closed, where each caller waits for its response before the next request, and open, where requests
//! arrive at a constant rate whatever the responses do. Used by the phases. An open load must never measure from the time
//! of sending: a late request would hide the wait that a person has (coordinated omission).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::task::JoinSet;

use super::owners::{BenchOwner, OwnerSource};
use super::subject::{Operation, Subject};
use crate::error::BenchError;
use crate::latencies::Latencies;

/// How requests arrive.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum LoadShape {
    Closed { callers: u32 },
    Open { per_second: f64 },
}

/// When a load ends. Requests that run then are finished.
#[derive(Debug, Clone, Copy)]
pub enum LoadEnd {
    After(Duration),
    AfterRequests(u64),
}

/// What one load did.
#[derive(Debug)]
pub struct LoadResult {
    /// Of the requests that succeeded.
    pub latencies: Latencies,
    /// The requests that failed, by their reason.
    pub failures: BTreeMap<String, u64>,
    /// From the first request to the last response.
    pub elapsed: Duration,
    /// The owners of the requests that succeeded.
    pub owners: Vec<BenchOwner>,
}

impl LoadResult {
    fn new() -> Result<Self, BenchError> {
        Ok(Self {
            latencies: Latencies::new()?,
            failures: BTreeMap::new(),
            elapsed: Duration::ZERO,
            owners: Vec::new(),
        })
    }

    fn count(&mut self, outcome: Result<(), String>, latency: Duration) -> bool {
        match outcome {
            Ok(()) => {
                self.latencies.record(latency);
                true
            }
            Err(reason) => {
                *self.failures.entry(reason).or_default() += 1;
                false
            }
        }
    }

    fn join(&mut self, other: Self) -> Result<(), BenchError> {
        self.latencies.add(&other.latencies)?;
        for (reason, count) in other.failures {
            *self.failures.entry(reason).or_default() += count;
        }
        self.owners.extend(other.owners);
        Ok(())
    }
}

/// Runs a closed load: `callers` at a time, each with one request in progress.
///
/// # Errors
/// A token cannot be signed.
pub async fn closed(
    subject: &Subject,
    operation: Operation,
    source: Arc<OwnerSource>,
    (callers, end): (u32, LoadEnd),
) -> Result<LoadResult, BenchError> {
    let started = Instant::now();
    let sent = Arc::new(AtomicU64::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..callers {
        let (subject, source, sent) = (subject.clone(), Arc::clone(&source), Arc::clone(&sent));
        tasks.spawn(async move {
            let mut result = LoadResult::new()?;
            while may_send(&sent, started, end)
                && let Some(mut owner) = source.take()?
            {
                let begun = Instant::now();
                let outcome = subject.send(operation, &mut owner).await;
                if result.count(outcome, begun.elapsed()) {
                    keep(&source, &mut result, owner);
                }
            }
            Ok(result)
        });
    }
    joined(tasks, started).await
}

fn may_send(sent: &AtomicU64, started: Instant, end: LoadEnd) -> bool {
    match end {
        LoadEnd::After(time) => started.elapsed() < time,
        LoadEnd::AfterRequests(count) => sent.fetch_add(1, Ordering::Relaxed) < count,
    }
}

/// Runs an open load: `per_second` requests a second, evenly spaced. The latency of each counts from its planned time.
///
/// # Errors
/// The rate is not usable, or a token cannot be signed.
pub async fn open(
    subject: &Subject,
    operation: Operation,
    source: Arc<OwnerSource>,
    (per_second, time): (f64, Duration),
) -> Result<LoadResult, BenchError> {
    if !(per_second.is_finite() && per_second > 0.0) {
        return Err(BenchError::NothingMeasured("the rate of the open load"));
    }
    let started = Instant::now();
    let (subject, runtime) = (subject.clone(), tokio::runtime::Handle::current());
    // A thread of its own, because the timers of tokio are late by up to a millisecond.
    let dispatcher = tokio::task::spawn_blocking(move || {
        let mut tasks = JoinSet::new();
        for number in 0..u32::MAX {
            let planned = Duration::from_secs_f64(f64::from(number) / per_second);
            if planned >= time {
                break;
            }
            let Some(mut owner) = source.take()? else {
                break;
            };
            std::thread::sleep(planned.saturating_sub(started.elapsed()));
            let (subject, source) = (subject.clone(), Arc::clone(&source));
            let request = async move {
                let mut result = LoadResult::new()?;
                let outcome = subject.send(operation, &mut owner).await;
                if result.count(outcome, started.elapsed().saturating_sub(planned)) {
                    keep(&source, &mut result, owner);
                }
                Ok(result)
            };
            tasks.spawn_on(request, &runtime);
        }
        Ok::<_, BenchError>(tasks)
    });
    let tasks = dispatcher
        .await
        .map_err(|cause| BenchError::failed("planning the arrivals", cause))??;
    joined(tasks, started).await
}

fn keep(source: &OwnerSource, result: &mut LoadResult, owner: BenchOwner) {
    match source {
        OwnerSource::Repeated(_) => source.give(owner),
        OwnerSource::New(_) | OwnerSource::Each(_) => result.owners.push(owner),
    }
}

async fn joined(
    mut tasks: JoinSet<Result<LoadResult, BenchError>>,
    started: Instant,
) -> Result<LoadResult, BenchError> {
    let mut all = LoadResult::new()?;
    while let Some(ended) = tasks.join_next().await {
        all.join(ended.map_err(|cause| BenchError::failed("a caller", cause))??)?;
    }
    all.elapsed = started.elapsed();
    Ok(all)
}
