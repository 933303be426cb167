//! The rounds: in each, every program is measured once, one after another, so that a busy minute of the computer meets all
//! of them. Called by the command. The gateway calls of a wallet server and of the yardstick must never differ in number.

use std::sync::Arc;
use std::time::Duration;

use super::database::{DatabaseKind, DatabaseServer};
use super::environment::{Candidate, Stage};
use super::gateway_browser;
use super::load::{LoadEnd, LoadShape};
use super::options::ServerOptions;
use super::owners::OwnerSource;
use super::phase::{LoadPhase, PhaseFigures};
use super::process_stats::ProcessMemory;
use super::subject::Operation;
use crate::error::BenchError;

/// The owners of each load have numbers of their own, so that no owner is new twice.
const OWNERS_PER_LOAD: u64 = 3_000_000;

/// Requests of each kind before the first measurement: connections are opened, and the database's pages are read.
const WARM_UP_REQUESTS: u64 = 50;

/// The open load's share of the throughput that the first program reached with the most callers.
const OPEN_SHARE: f64 = 0.5;

/// The figures of one load and operation.
#[derive(Debug, Clone)]
pub struct MeasuredPhase {
    pub load: LoadShape,
    pub operation: Operation,
    pub figures: PhaseFigures,
}

/// What one program did in one round.
#[derive(Debug)]
pub struct Measurement {
    /// The name of the program.
    pub program: String,
    pub phases: Vec<MeasuredPhase>,
    /// At the end of the round.
    pub memory: ProcessMemory,
}

/// The arrivals of the open load, in requests a second, for begin, save and list. The first program sets them.
type OpenRates = Vec<(Operation, f64)>;

/// Measures every program in every round, with one kind of database.
///
/// # Errors
/// A program does not start or ends, a load has no success, or the programs make different numbers of gateway calls.
pub async fn run(
    options: &ServerOptions,
    kind: DatabaseKind,
) -> Result<Vec<Vec<Measurement>>, BenchError> {
    let mut databases = DatabaseServer::start(kind).await?;
    let mut rates = None;
    let mut rounds = Vec::new();
    for round in 1..=options.rounds {
        let mut measurements = Vec::new();
        for candidate in options.programs() {
            eprintln!(
                "{}, round {round} of {}: {}",
                kind.as_str(),
                options.rounds,
                candidate.name
            );
            measurements.push(measure(options, &candidate, &mut databases, &mut rates).await?);
        }
        check_gateway_calls(&measurements)?;
        rounds.push(measurements);
    }
    databases.stop().await?;
    Ok(rounds)
}

async fn measure(
    options: &ServerOptions,
    candidate: &Candidate,
    databases: &mut DatabaseServer,
    rates: &mut Option<OpenRates>,
) -> Result<Measurement, BenchError> {
    let stage = Stage::start(&options.sandbox, candidate, databases).await?;
    let mut script = Script {
        stage: &stage,
        next_owner: 0,
        phases: Vec::new(),
    };
    let warm_up = LoadEnd::AfterRequests(WARM_UP_REQUESTS);
    script
        .run(warm_up, |_| LoadShape::Closed { callers: 4 })
        .await?;
    script.phases.clear();
    let end = LoadEnd::After(Duration::from_secs(options.seconds.into()));
    for callers in &options.callers {
        let callers = *callers;
        script.run(end, |_| LoadShape::Closed { callers }).await?;
    }
    let rates = rates.get_or_insert_with(|| open_rates(&script.phases));
    let per_second = |operation| {
        let rate = rates.iter().find(|(known, _)| *known == operation);
        rate.map_or(1.0, |(_, rate)| *rate)
    };
    script
        .run(end, |operation| LoadShape::Open {
            per_second: per_second(operation),
        })
        .await?;
    let phases = script.phases;
    let memory = stage.memory()?;
    stage.stop().await?;
    Ok(Measurement {
        program: candidate.name.clone(),
        phases,
        memory,
    })
}

/// Half of the highest throughput of each operation, as a whole number.
fn open_rates(phases: &[MeasuredPhase]) -> OpenRates {
    let max = |operation| {
        let of_operation = phases.iter().filter(|phase| phase.operation == operation);
        of_operation
            .map(|phase| phase.figures.per_second)
            .fold(0.0, f64::max)
    };
    Operation::ALL
        .map(|operation| (operation, (max(operation) * OPEN_SHARE).round().max(1.0)))
        .into()
}

/// Runs the three operations of a load in their order: owners that began are confirmed and save, and those list.
struct Script<'a> {
    stage: &'a Stage,
    next_owner: u64,
    phases: Vec<MeasuredPhase>,
}

impl Script<'_> {
    async fn run(
        &mut self,
        end: LoadEnd,
        load_of: impl Fn(Operation) -> LoadShape,
    ) -> Result<(), BenchError> {
        let stage = self.stage;
        let mut source = OwnerSource::new_from(self.next_owner);
        self.next_owner += OWNERS_PER_LOAD;
        for operation in Operation::ALL {
            let phase = LoadPhase {
                operation,
                load: load_of(operation),
                end,
            };
            let (figures, owners) = phase.run(stage, Arc::new(source)).await?;
            source = match operation {
                Operation::Begin => {
                    let (http, gateway) = (&stage.subject.http, &stage.gateway);
                    let confirmed = gateway_browser::confirm_all(http, gateway, owners).await?;
                    OwnerSource::each(confirmed)
                }
                Operation::Save | Operation::List => OwnerSource::repeated(owners),
            };
            self.phases.push(MeasuredPhase {
                load: phase.load,
                operation,
                figures,
            });
        }
        Ok(())
    }
}

/// Fails if a program makes other calls than the others. Then the yardstick measures something else.
fn check_gateway_calls(measurements: &[Measurement]) -> Result<(), BenchError> {
    let mut known: Vec<(Operation, f64)> = Vec::new();
    for measurement in measurements {
        for phase in &measurement.phases {
            let Some(calls) = phase.figures.gateway_calls else {
                continue;
            };
            let first = known
                .iter()
                .find(|(operation, _)| *operation == phase.operation);
            match first {
                // Requests that were in progress between two readings make it no whole number.
                Some((_, first)) if (first - calls).abs() > 0.05 => {
                    let (name, operation) = (&measurement.program, phase.operation.as_str());
                    return Err(BenchError::Failed(format!(
                        "{name} makes {calls:.2} gateway calls for a {operation}, and another program {first:.2}: \
                         correct the yardstick"
                    )));
                }
                Some(_) => {}
                None => known.push((phase.operation, calls)),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeMap;

    fn phase(operation: Operation, per_second: f64, calls: Option<f64>) -> MeasuredPhase {
        MeasuredPhase {
            load: LoadShape::Closed { callers: 1 },
            operation,
            figures: PhaseFigures {
                per_second,
                p50_ms: 1.0,
                p95_ms: 1.0,
                p99_ms: 1.0,
                own_ms: None,
                cpu_ms: 1.0,
                gateway_calls: calls,
                requests: 1,
                failures: BTreeMap::new(),
            },
        }
    }

    fn measurement(calls: Option<f64>) -> Measurement {
        Measurement {
            program: "main".to_owned(),
            phases: vec![phase(Operation::Save, 1.0, calls)],
            memory: ProcessMemory {
                peak_kib: 1,
                resident_kib: 1,
            },
        }
    }

    #[test]
    fn requests_arrive_at_half_of_the_highest_throughput() {
        let phases = [
            phase(Operation::Begin, 100.0, None),
            phase(Operation::Begin, 301.0, None),
            phase(Operation::Save, 0.4, None),
        ];
        let rates = open_rates(&phases);
        let expected = [
            (Operation::Begin, 151.0),
            (Operation::Save, 1.0),
            (Operation::List, 1.0),
        ];
        assert_eq!(rates, expected);
    }

    #[test]
    fn other_gateway_calls_are_an_error() {
        let check = |calls: &[Option<f64>]| {
            let all: Vec<_> = calls.iter().map(|calls| measurement(*calls)).collect();
            check_gateway_calls(&all)
        };
        assert!(check(&[Some(2.0), None, Some(2.001)]).is_ok());
        let error = check(&[Some(2.0), Some(3.0)]).unwrap_err().to_string();
        assert!(error.contains("3.00 gateway calls for a save"), "{error}");
    }
}
