//! The result of a run: every figure of every round, and over all rounds the minimum, the median and the maximum. Written
//! as JSON, and read by the table and the plot. A ratio must never compare figures of different rounds.

use serde::Serialize;

use super::database::DatabaseKind;
use super::load::LoadShape;
use super::options::{ServerOptions, YARDSTICK};
use super::phase::PhaseFigures;
use super::rounds::{MeasuredPhase, Measurement};
use super::subject::Operation;
use crate::error::BenchError;
use crate::spread::Spread;

/// The whole result.
#[derive(Debug, Serialize)]
pub struct ServerReport {
    pub machine: Machine,
    pub seconds: u32,
    pub rounds: u32,
    pub databases: Vec<DatabaseReport>,
}

/// The computer that ran everything: programs, gateway, database and load.
#[derive(Debug, Serialize)]
pub struct Machine {
    pub cores: usize,
    /// The model of the processor; `unknown` if the system does not name it.
    pub processor: String,
    pub system: String,
}

/// The programs with one kind of database. The yardstick is the last one.
#[derive(Debug, Serialize)]
pub struct DatabaseReport {
    pub database: DatabaseKind,
    pub programs: Vec<ProgramReport>,
}

#[derive(Debug, Serialize)]
pub struct ProgramReport {
    pub name: String,
    /// The most memory at a time in a round, in MiB.
    pub peak_memory_mib: Spread,
    pub rows: Vec<ReportRow>,
}

/// One operation under one load.
#[derive(Debug, Serialize)]
pub struct ReportRow {
    pub load: LoadShape,
    pub operation: Operation,
    pub per_second: Spread,
    pub p50_ms: Spread,
    pub p95_ms: Spread,
    pub p99_ms: Spread,
    pub own_ms: Option<Spread>,
    pub cpu_ms: Spread,
    pub gateway_calls: Option<Spread>,
    pub failed: u64,
    /// This program's throughput by the yardstick's of the same round. `None` for the yardstick, and in an open load, where
    /// both have the rate of the arrivals.
    pub throughput_ratio: Option<Spread>,
    /// This program's median latency by the yardstick's of the same round.
    pub latency_ratio: Option<Spread>,
    /// This program's processor time by the yardstick's of the same round. `None` too if that was too short to measure.
    pub cpu_ratio: Option<Spread>,
    pub figures: Vec<PhaseFigures>,
}

impl ServerReport {
    #[must_use]
    pub fn new(options: &ServerOptions, databases: Vec<DatabaseReport>) -> Self {
        Self {
            machine: Machine::read(),
            seconds: options.seconds,
            rounds: options.rounds,
            databases,
        }
    }

    /// Requests that failed, over all programs and rounds.
    #[must_use]
    pub fn failed(&self) -> u64 {
        let programs = self
            .databases
            .iter()
            .flat_map(|database| &database.programs);
        programs
            .flat_map(|program| &program.rows)
            .map(|row| row.failed)
            .sum()
    }
}

impl DatabaseReport {
    /// # Errors
    /// A round lacks a program or a row.
    pub fn new(database: DatabaseKind, rounds: &[Vec<Measurement>]) -> Result<Self, BenchError> {
        let first = rounds
            .first()
            .ok_or(BenchError::NothingMeasured("rounds"))?;
        let programs = (0..first.len()).map(|index| ProgramReport::new(rounds, index));
        Ok(Self {
            database,
            programs: programs.collect::<Result<_, _>>()?,
        })
    }
}

impl ProgramReport {
    fn new(rounds: &[Vec<Measurement>], index: usize) -> Result<Self, BenchError> {
        let missing = || BenchError::NothingMeasured("a program in a round");
        let mine: Vec<&Measurement> = rounds.iter().filter_map(|round| round.get(index)).collect();
        let first = mine.first().ok_or_else(missing)?;
        let yardstick: Vec<&Measurement> = rounds.iter().filter_map(|round| round.last()).collect();
        let rows = (0..first.phases.len()).map(|row| {
            let phases = |all: &[&Measurement]| -> Vec<MeasuredPhase> {
                all.iter()
                    .filter_map(|one| one.phases.get(row).cloned())
                    .collect()
            };
            ReportRow::new(
                &phases(&mine),
                &phases(&yardstick),
                first.program == YARDSTICK,
            )
        });
        #[allow(clippy::cast_precision_loss)] // far below 2^53
        let peak: Vec<f64> = mine
            .iter()
            .map(|one| one.memory.peak_kib as f64 / 1024.0)
            .collect();
        Ok(Self {
            name: first.program.clone(),
            peak_memory_mib: Spread::of(&peak)?,
            rows: rows.collect::<Result<_, _>>()?,
        })
    }
}

impl ReportRow {
    fn new(
        mine: &[MeasuredPhase],
        yardstick: &[MeasuredPhase],
        is_yardstick: bool,
    ) -> Result<Self, BenchError> {
        let first = mine
            .first()
            .ok_or(BenchError::NothingMeasured("a row in a round"))?;
        let spread = |of: fn(&PhaseFigures) -> f64| {
            let values: Vec<f64> = mine.iter().map(|phase| of(&phase.figures)).collect();
            Spread::of(&values)
        };
        let known = |of: fn(&PhaseFigures) -> Option<f64>| {
            let values: Option<Vec<f64>> = mine.iter().map(|phase| of(&phase.figures)).collect();
            values.map(|values| Spread::of(&values)).transpose()
        };
        let ratio = |of: fn(&PhaseFigures) -> f64| {
            let pairs = mine.iter().zip(yardstick);
            let values: Vec<f64> = pairs
                .map(|(one, other)| of(&one.figures) / of(&other.figures))
                .collect();
            let is_measurable = !is_yardstick && values.iter().all(|value| value.is_finite());
            is_measurable.then(|| Spread::of(&values)).transpose()
        };
        Ok(Self {
            load: first.load,
            operation: first.operation,
            per_second: spread(|figures| figures.per_second)?,
            p50_ms: spread(|figures| figures.p50_ms)?,
            p95_ms: spread(|figures| figures.p95_ms)?,
            p99_ms: spread(|figures| figures.p99_ms)?,
            own_ms: known(|figures| figures.own_ms)?,
            cpu_ms: spread(|figures| figures.cpu_ms)?,
            gateway_calls: known(|figures| figures.gateway_calls)?,
            failed: mine
                .iter()
                .flat_map(|phase| phase.figures.failures.values())
                .sum(),
            throughput_ratio: match first.load {
                LoadShape::Closed { .. } => ratio(|figures| figures.per_second)?,
                LoadShape::Open { .. } => None,
            },
            latency_ratio: ratio(|figures| figures.p50_ms)?,
            cpu_ratio: ratio(|figures| figures.cpu_ms)?,
            figures: mine.iter().map(|phase| phase.figures.clone()).collect(),
        })
    }
}

impl Machine {
    fn read() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let processors = read("/proc/cpuinfo");
        let model = processors
            .lines()
            .find(|line| line.starts_with("model name"));
        let model = model
            .and_then(|line| line.split_once(": "))
            .map(|(_, model)| model.to_owned());
        Self {
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            processor: model.unwrap_or_else(|| "unknown".to_owned()),
            system: format!(
                "{} {}",
                std::env::consts::OS,
                read("/proc/sys/kernel/osrelease").trim()
            ),
        }
    }
}

#[cfg(test)]
pub mod tests;
