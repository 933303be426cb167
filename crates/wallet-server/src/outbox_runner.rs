//! Runs outbox jobs: makes the calls to the gateway that the database lists, and retries failed ones with a growing
//! delay.
//!
//! Started once by the server. Jobs of one account and one action form a lane. Each lane has its own bound of concurrent
//! jobs, so that an account whose gateway hangs delays no other. A job is leased from the database, so that of several
//! processes one runs it. It must never delay a request, and never lose a job.

mod backoff;
mod job;
mod lane_slots;

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::{Notify, oneshot};
use tokio::task::{Id, JoinHandle, JoinSet};
use tokio::time::{Instant, timeout};

use crate::app::App;
use crate::clock::{HOUR, Seconds};
use crate::secret::generate_token;
use job::run_leased;
use lane_slots::LaneSlots;
use wallet_store::StoreError;
use wallet_store::outbox::lease::{self, Lane, OutboxJob};

/// An intent that nobody confirmed is canceled after this time: an open intent is a tool for card testing.
pub const INTENT_TIMEOUT: Seconds = HOUR / 2;

/// How often due jobs are read without a wake-up.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// How long a process has a job without renewing its lease. After a crash, others get the job after this time.
const LEASE_SECONDS: Seconds = 30;

/// Two renewals may fail before a lease ends.
const RENEW_INTERVAL: Duration = Duration::from_secs(10);

/// The time that running jobs have after a stop.
const STOP_GRACE: Duration = Duration::from_secs(2);

/// Wakes the outbox before its next poll.
#[derive(Debug, Default)]
pub struct OutboxWaker(Notify);

impl OutboxWaker {
    /// Makes the outbox read its due jobs now.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// The running outbox.
#[derive(Debug)]
pub(crate) struct OutboxRunner {
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl OutboxRunner {
    pub fn start(app: App) -> Self {
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(run(app, stopped));
        Self { stop, running }
    }

    /// Starts no more jobs, waits a moment for those that run, and gives the others back. A job that was aborted runs
    /// again after the next start, or in another process.
    pub async fn stop(mut self) {
        // A closed channel means that it ended already.
        let _ = self.stop.send(());
        if timeout(STOP_GRACE * 2, &mut self.running).await.is_err() {
            self.running.abort();
        }
    }
}

async fn run(app: App, mut stopped: oneshot::Receiver<()>) {
    let token = match generate_token() {
        Ok(token) => token.reveal().to_owned(),
        Err(error) => {
            tracing::error!(%error, "the outbox cannot run: the system has no randomness");
            return;
        }
    };
    let mut jobs = Jobs {
        slots: LaneSlots::default(),
        tasks: JoinSet::new(),
        started: HashMap::new(),
        token,
    };
    let mut next_renewal = Instant::now() + RENEW_INTERVAL;
    loop {
        if let Err(error) = jobs.start_due(&app).await {
            tracing::warn!(%error, "reading the outbox failed");
        }
        tokio::select! {
            () = jobs.one_ends() => {}
            () = app.outbox.0.notified() => {}
            () = tokio::time::sleep(POLL_INTERVAL) => {}
            _ = &mut stopped => break,
        }
        if Instant::now() >= next_renewal {
            next_renewal = Instant::now() + RENEW_INTERVAL;
            jobs.renew_leases(&app).await;
        }
    }
    jobs.stop(&app).await;
}

/// The jobs that run in this process.
struct Jobs {
    slots: LaneSlots,
    tasks: JoinSet<()>,
    /// The lane and the job of each task.
    started: HashMap<Id, (Lane, i64)>,
    /// The name of this process in the leases. Never logged, and nothing is opened with it.
    token: String,
}

impl Jobs {
    /// Leases and starts the jobs that are due, as far as the bounds allow.
    async fn start_due(&mut self, app: &App) -> Result<(), StoreError> {
        if self.slots.are_all_taken() {
            return Ok(());
        }
        let pool = app.store.pool();
        let due = lease::due_lanes(pool).await?;
        for lane in self.slots.fair_order(due) {
            let free = self.slots.free_in(lane);
            if free == 0 {
                continue;
            }
            for job in lease::claim(pool, lane, (&self.token, LEASE_SECONDS), free).await? {
                if self.is_running(&job) {
                    // Its lease ended because the database did not answer. It has a new one now.
                    continue;
                }
                self.slots.take(lane);
                let job_id = job.id;
                let task = run_leased(app.clone(), job, self.token.clone());
                let id = self.tasks.spawn(task).id();
                self.started.insert(id, (lane, job_id));
            }
        }
        Ok(())
    }

    fn is_running(&self, job: &OutboxJob) -> bool {
        self.started.values().any(|(_, id)| *id == job.id)
    }

    /// Waits until a job ends, and frees its slot. A job that panicked keeps its lease until the lease ends.
    async fn one_ends(&mut self) {
        let Some(ended) = self.tasks.join_next_with_id().await else {
            // Nothing runs, so nothing ends.
            return std::future::pending().await;
        };
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => error.id(),
        };
        if let Some((lane, _)) = self.started.remove(&id) {
            self.slots.put_back(lane);
        }
    }

    async fn renew_leases(&self, app: &App) {
        if self.tasks.is_empty() {
            return;
        }
        if let Err(error) = lease::renew(app.store.pool(), &self.token, LEASE_SECONDS).await {
            tracing::warn!(%error, "renewing the leases of outbox jobs failed");
        }
    }

    async fn stop(mut self, app: &App) {
        let all_end = async { while self.tasks.join_next().await.is_some() {} };
        // What has not ended by then is aborted.
        let _ = timeout(STOP_GRACE, all_end).await;
        self.tasks.shutdown().await;
        if let Err(error) = lease::release_all(app.store.pool(), &self.token).await {
            tracing::warn!(%error, "leases of outbox jobs were not given back and end by themselves");
        }
    }
}
