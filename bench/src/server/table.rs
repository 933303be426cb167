//! The report as text: one block for each database, one line for each load, request and program. Printed by the command. It
//! must never hide a failed request.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::load::LoadShape;
use super::report::{DatabaseReport, ReportRow, ServerReport};
use crate::spread::Spread;

const COLUMNS: &str = "\
load              request  program       requests/s  (min to max)        p50 ms  p95 ms  p99 ms  own ms  CPU ms  calls  failed";
const RATIO_COLUMNS: &str = "\
load              request  program       requests/s              p50                     CPU time";

/// The whole report.
#[must_use]
pub fn text(report: &ServerReport) -> String {
    let machine = &report.machine;
    let mut text = format!(
        "{} cores, {}, {}; load, gateway, database and programs share them\n",
        machine.cores, machine.processor, machine.system
    );
    for database in &report.databases {
        let (rounds, seconds) = (report.rounds, report.seconds);
        let name = database.database.as_str();
        let _ = write!(
            text,
            "\n{name}: {rounds} rounds of {seconds} s, medians of the rounds\n\n{COLUMNS}\n"
        );
        for_rows(database, |name, row| {
            write_figures(&mut text, name, row);
        });
        let _ = write!(
            text,
            "\nby the yardstick of the same round: median (min to max)\n\n{RATIO_COLUMNS}\n"
        );
        for_rows(database, |name, row| {
            write_ratios(&mut text, name, row);
        });
        write_failures(&mut text, database);
        for program in &database.programs {
            let peak = program.peak_memory_mib;
            let _ = writeln!(
                text,
                "peak memory of {}: {:.1} MiB ({:.1} to {:.1})",
                program.name, peak.median, peak.min, peak.max
            );
        }
    }
    text
}

/// The reasons of the requests that failed, with their number.
fn write_failures(text: &mut String, database: &DatabaseReport) {
    for program in &database.programs {
        let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
        let figures = program.rows.iter().flat_map(|row| &row.figures);
        for (reason, count) in figures.flat_map(|figures| &figures.failures) {
            *reasons.entry(reason).or_default() += count;
        }
        for (reason, count) in reasons.into_iter().filter(|(_, count)| *count > 0) {
            let _ = writeln!(text, "failed in {}: {count} times {reason}", program.name);
        }
    }
}

/// Every row of every program, those of one load and operation beside each other.
fn for_rows(database: &DatabaseReport, mut write: impl FnMut(&str, &ReportRow)) {
    let rows = database
        .programs
        .first()
        .map_or(0, |program| program.rows.len());
    for index in 0..rows {
        for program in &database.programs {
            if let Some(row) = program.rows.get(index) {
                write(&program.name, row);
            }
        }
    }
}

fn write_head(text: &mut String, name: &str, row: &ReportRow) {
    let load = match row.load {
        LoadShape::Closed { callers: 1 } => "1 caller".to_owned(),
        LoadShape::Closed { callers } => format!("{callers} callers"),
        LoadShape::Open { per_second } => format!("{per_second:.0} arrivals/s"),
    };
    let _ = write!(text, "{load:<17} {:<8} {name:<12}", row.operation.as_str());
}

fn write_figures(text: &mut String, name: &str, row: &ReportRow) {
    write_head(text, name, row);
    let range = format!("({:.1} to {:.1})", row.per_second.min, row.per_second.max);
    let known = |spread: Option<Spread>| {
        spread.map_or("?".to_owned(), |spread| format!("{:.2}", spread.median))
    };
    let _ = writeln!(
        text,
        " {:>10.1}  {range:<18} {:>7.2} {:>7.2} {:>7.2} {:>7} {:>7.2} {:>6} {:>7}",
        row.per_second.median,
        row.p50_ms.median,
        row.p95_ms.median,
        row.p99_ms.median,
        known(row.own_ms),
        row.cpu_ms.median,
        known(row.gateway_calls),
        row.failed,
    );
}

fn write_ratios(text: &mut String, name: &str, row: &ReportRow) {
    // The yardstick has no ratio.
    if row.latency_ratio.is_none() {
        return;
    }
    write_head(text, name, row);
    for (ratio, missing) in [
        // An open load has the rate of its arrivals.
        (row.throughput_ratio, "-"),
        (row.latency_ratio, "?"),
        (row.cpu_ratio, "?"),
    ] {
        let ratio = ratio.map_or(missing.to_owned(), |ratio| {
            format!("{:.2} ({:.2} to {:.2})", ratio.median, ratio.min, ratio.max)
        });
        let _ = write!(text, "  {ratio:<22}");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::server::report::tests::report;

    #[test]
    fn the_table_has_every_program_its_failures_and_its_ratios() {
        let text = text(&report());
        let line = |parts: &[&str]| {
            let found = text
                .lines()
                .find(|line| parts.iter().all(|part| line.contains(part)));
            found
                .unwrap_or_default()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            line(&["16 callers", "old", "?"]),
            "16 callers save old 150.0 (100.0 to 200.0) 7.50 15.00 22.50 ? 0.25 2.00 2"
        );
        assert_eq!(
            line(&["1 caller ", "main", "0.38 ("]),
            "1 caller save main 0.38 (0.25 to 0.50) 3.00 (2.00 to 4.00) 1.00 (1.00 to 1.00)"
        );
        assert!(
            text.contains("peak memory of yardstick: 20.0 MiB"),
            "{text}"
        );
        assert!(
            text.contains("SQLite (WAL, synchronous FULL): 2 rounds of 5 s"),
            "{text}"
        );
    }
}
