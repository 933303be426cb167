//! The discrete-event simulation: calls of many saves wait for the limits of their account. Run by `queue`. It must never
//! let a call pass that a limit forbids, and never reorder the calls of one endpoint.
//!
//! The limits are modelled as servers with a constant service time: a limit of 25 a second lets one call start every
//! 40 ms. The wallet server has no such queue; the waiting times are the least that any client needs to stay below the limits.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use super::arrivals::{Arrivals, Random};
use super::limits::GatewayLimits;
use super::plan::{ANSWER_MICROS, ENDPOINTS, PlannedCall};
use crate::error::BenchError;
use crate::latencies::Latencies;

/// One simulated time of constant load.
#[derive(Debug)]
pub struct Simulation {
    pub arrivals: Arrivals,
    pub saves_per_second: f64,
    /// How long saves begin. All of them are simulated to their end.
    pub seconds: f64,
    pub limits: GatewayLimits,
    pub plan: &'static [PlannedCall],
    pub seed: u64,
}

/// How long saves waited in all, over all calls of their two requests.
#[derive(Debug)]
pub struct Waits {
    pub all: Latencies,
    /// The saves of the busiest account only.
    pub busiest: Latencies,
    /// Saves that did not wait at all, of all.
    pub without_wait: u64,
}

/// Microseconds since the start.
type Micros = u64;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum SimulationEvent {
    /// The call of a save with this index is due.
    CallDue { save: usize },
    /// A limit of this account may let a call pass.
    LimitFree { account: usize },
}

#[derive(Debug, Clone, Copy)]
struct SimulatedSave {
    account: usize,
    call: usize,
    due: Micros,
    waited: Micros,
}

#[derive(Debug, Default)]
struct AccountQueue {
    free_at: Micros,
    endpoint_free_at: [Micros; ENDPOINTS],
    waiting: [VecDeque<usize>; ENDPOINTS],
    /// The earliest event that is scheduled for this queue.
    wake_at: Option<Micros>,
}

#[derive(Debug)]
struct Run<'a> {
    simulation: &'a Simulation,
    events: BinaryHeap<Reverse<(Micros, u64, SimulationEvent)>>,
    sequence: u64,
    saves: Vec<SimulatedSave>,
    queues: Vec<AccountQueue>,
    waits: Waits,
}

impl Simulation {
    /// Simulates all saves to their end.
    ///
    /// # Errors
    /// No save began in the time.
    pub fn run(&self) -> Result<Waits, BenchError> {
        let mut run = Run {
            simulation: self,
            events: BinaryHeap::new(),
            sequence: 0,
            saves: Vec::new(),
            queues: (0..self.arrivals.accounts())
                .map(|_| AccountQueue::default())
                .collect(),
            waits: Waits {
                all: Latencies::new()?,
                busiest: Latencies::new()?,
                without_wait: 0,
            },
        };
        run.plan_saves();
        while let Some(Reverse((now, _, event))) = run.events.pop() {
            run.handle(now, event);
        }
        if run.waits.all.count() == 0 {
            return Err(BenchError::NothingMeasured("simulated saves"));
        }
        Ok(run.waits)
    }
}

impl Run<'_> {
    fn plan_saves(&mut self) {
        let mut random = Random::seeded(self.simulation.seed);
        let mut at = 0.0;
        loop {
            at += random.interval_seconds(self.simulation.saves_per_second);
            if at > self.simulation.seconds {
                return;
            }
            let save = self.saves.len();
            let due = micros(at);
            self.saves.push(SimulatedSave {
                account: self.simulation.arrivals.choose(&mut random),
                call: 0,
                due,
                waited: 0,
            });
            self.schedule(due, SimulationEvent::CallDue { save });
        }
    }

    /// Events of one time keep the order in which they were scheduled.
    fn schedule(&mut self, at: Micros, event: SimulationEvent) {
        self.sequence += 1;
        self.events.push(Reverse((at, self.sequence, event)));
    }

    fn handle(&mut self, now: Micros, event: SimulationEvent) {
        let account = match event {
            SimulationEvent::LimitFree { account } => {
                if let Some(queue) = self.queues.get_mut(account) {
                    queue.wake_at = queue.wake_at.filter(|at| *at != now);
                }
                account
            }
            SimulationEvent::CallDue { save } => {
                let Some((account, endpoint)) = self.position(save) else {
                    return;
                };
                let queue = self.queues.get_mut(account);
                if let Some(waiting) = queue.and_then(|queue| queue.waiting.get_mut(endpoint)) {
                    waiting.push_back(save);
                }
                account
            }
        };
        while let Some(save) = self.next_allowed(account, now) {
            self.start_call(save, now);
        }
    }

    /// The account and the endpoint of the save's current call.
    fn position(&self, save: usize) -> Option<(usize, usize)> {
        let save = self.saves.get(save)?;
        let call = self.simulation.plan.get(save.call)?;
        Some((save.account, call.endpoint))
    }

    /// Takes the call that is due for the longest time among those that both limits allow now. If there is none,
    /// schedules the time at which there can be one.
    fn next_allowed(&mut self, account: usize, now: Micros) -> Option<usize> {
        let limits = self.simulation.limits;
        let saves = &self.saves;
        let queue = self.queues.get_mut(account)?;
        let mut chosen: Option<(Micros, usize)> = None;
        let mut free_at: Option<Micros> = None;
        for (endpoint, waiting) in queue.waiting.iter().enumerate() {
            let Some(save) = waiting.front().and_then(|save| saves.get(*save)) else {
                continue;
            };
            let endpoint_free_at = queue.endpoint_free_at.get(endpoint).copied().unwrap_or(0);
            let allowed_at = endpoint_free_at.max(queue.free_at);
            if allowed_at <= now && chosen.is_none_or(|(due, _)| save.due < due) {
                chosen = Some((save.due, endpoint));
            }
            free_at = Some(free_at.map_or(allowed_at, |at| at.min(allowed_at)));
        }
        if let Some((_, endpoint)) = chosen {
            queue.free_at = now + limits.interval_micros();
            if let Some(free_at) = queue.endpoint_free_at.get_mut(endpoint) {
                *free_at = now + limits.endpoint_interval_micros();
            }
            return queue.waiting.get_mut(endpoint)?.pop_front();
        }
        let at = free_at?;
        if queue.wake_at.is_none_or(|wake_at| at < wake_at) {
            queue.wake_at = Some(at);
            self.schedule(at, SimulationEvent::LimitFree { account });
        }
        None
    }

    /// Starts a call now. When it is answered, the next one is due; after the last one the save is counted.
    fn start_call(&mut self, index: usize, now: Micros) {
        let Some(save) = self.saves.get_mut(index) else {
            return;
        };
        let plan = self.simulation.plan;
        if plan.get(save.call).is_some_and(|call| call.in_request) {
            save.waited += now - save.due;
        }
        save.call += 1;
        if let Some(next) = plan.get(save.call) {
            save.due = now + ANSWER_MICROS + next.pause_micros;
            let due = save.due;
            self.schedule(due, SimulationEvent::CallDue { save: index });
            return;
        }
        let waited = Duration::from_micros(save.waited);
        self.waits.all.record(waited);
        if save.account == 0 {
            self.waits.busiest.record(waited);
        }
        self.waits.without_wait += u64::from(waited.is_zero());
    }
}

fn micros(seconds: f64) -> Micros {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // a float to integer cast saturates, and the seconds are positive
    let micros = (seconds * 1_000_000.0).round() as Micros;
    micros
}

#[cfg(test)]
mod tests;
