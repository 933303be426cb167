//! `--memory`: what a program has in memory after many requests of every kind, each program for itself. Called by the
//! command. The gateway must never be the same for two programs: it keeps every object.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use super::database::{DatabaseKind, DatabaseServer};
use super::environment::Stage;
use super::gateway_browser;
use super::load::{LoadEnd, LoadShape};
use super::options::ServerOptions;
use super::owners::OwnerSource;
use super::phase::LoadPhase;
use super::process_stats::ProcessMemory;
use super::subject::Operation;
use crate::error::BenchError;

/// Callers at a time.
const CALLERS: u32 = 16;

/// The memory of one program.
#[derive(Debug, Serialize)]
pub struct MemoryReport {
    pub program: String,
    pub database: DatabaseKind,
    /// Requests of each kind.
    pub requests: u64,
    pub at_start: ProcessMemory,
    /// After the requests of each kind, in their order.
    pub after: Vec<(Operation, ProcessMemory)>,
    pub failed: u64,
}

/// Runs the requests of every kind with every program.
///
/// # Errors
/// A program does not start or ends, or no request of a kind succeeded.
pub async fn run(
    options: &ServerOptions,
    kind: DatabaseKind,
) -> Result<Vec<MemoryReport>, BenchError> {
    let mut databases = DatabaseServer::start(kind).await?;
    let mut reports = Vec::new();
    for candidate in options.programs() {
        let stage = Stage::start(&options.sandbox, &candidate, &mut databases).await?;
        let mut report = MemoryReport {
            program: candidate.name.clone(),
            database: kind,
            requests: options.requests,
            at_start: stage.memory()?,
            after: Vec::new(),
            failed: 0,
        };
        let mut source = OwnerSource::new_from(0);
        for operation in Operation::ALL {
            let started = Instant::now();
            let phase = LoadPhase {
                operation,
                load: LoadShape::Closed { callers: CALLERS },
                end: LoadEnd::AfterRequests(options.requests),
            };
            let (figures, owners) = phase.run(&stage, Arc::new(source)).await?;
            report.failed += figures.failures.values().sum::<u64>();
            report.after.push((operation, stage.memory()?));
            eprintln!(
                "{}: {} of {} in {} s",
                candidate.name,
                operation.as_str(),
                figures.requests,
                started.elapsed().as_secs()
            );
            source = match operation {
                Operation::Begin => {
                    let (http, gateway) = (&stage.subject.http, &stage.gateway);
                    OwnerSource::each(gateway_browser::confirm_all(http, gateway, owners).await?)
                }
                Operation::Save | Operation::List => OwnerSource::repeated(owners),
            };
        }
        stage.stop().await?;
        reports.push(report);
    }
    databases.stop().await?;
    Ok(reports)
}

/// The reports as a table.
#[must_use]
pub fn text(reports: &[MemoryReport]) -> String {
    let mut text = String::new();
    for report in reports {
        let name = report.database.as_str();
        let _ = writeln!(
            text,
            "{}, {name}, {} requests of each kind:",
            report.program, report.requests
        );
        let mut line = |when: &str, memory: ProcessMemory| {
            let (peak, resident) = (mib(memory.peak_kib), mib(memory.resident_kib));
            let _ = writeln!(
                text,
                "  {when:<12} {resident:>8.1} MiB in memory, {peak:>8.1} MiB at most"
            );
        };
        line("at start", report.at_start);
        for (operation, memory) in &report.after {
            line(&format!("after {}", operation.as_str()), *memory);
        }
        let _ = writeln!(text, "  {} requests failed", report.failed);
    }
    text
}

fn mib(kib: u64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // far below 2^53
    let kib = kib as f64;
    kib / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_memory_after_each_kind_and_the_failures() {
        let memory = |mib: u64| ProcessMemory {
            peak_kib: mib * 2048,
            resident_kib: mib * 1024,
        };
        let text = text(&[MemoryReport {
            program: "main".to_owned(),
            database: DatabaseKind::Sqlite,
            requests: 10,
            at_start: memory(8),
            after: vec![(Operation::Begin, memory(12))],
            failed: 1,
        }]);
        for part in [
            "main, SQLite",
            "at start",
            " 8.0 MiB in memory",
            "after begin",
            "24.0 MiB at most",
            "1 requests failed",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
