//! Tests of the report, and the small report that the tests of table and plot share.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use super::*;
use crate::server::process_stats::ProcessMemory;

fn measurement(program: &str, per_second: &[f64]) -> Measurement {
    let phases = per_second
        .iter()
        .zip([1, 16])
        .map(|(per_second, callers)| MeasuredPhase {
            load: LoadShape::Closed { callers },
            operation: Operation::Save,
            figures: PhaseFigures {
                per_second: *per_second,
                p50_ms: 1000.0 / per_second,
                p95_ms: 2000.0 / per_second,
                p99_ms: 3000.0 / per_second,
                own_ms: (program != "old").then_some(0.5),
                cpu_ms: 0.25,
                gateway_calls: Some(2.0),
                requests: 100,
                failures: BTreeMap::from([(
                    "save: status 503".to_owned(),
                    u64::from(program == "old"),
                )]),
            },
        });
    Measurement {
        program: program.to_owned(),
        phases: phases.collect(),
        memory: ProcessMemory {
            peak_kib: 20 * 1024,
            resident_kib: 10 * 1024,
        },
    }
}

/// Two rounds: the wallet server has half of the yardstick's throughput in one, and a quarter in the other.
pub fn report() -> ServerReport {
    let rounds = [
        vec![
            measurement("main", &[100.0, 400.0]),
            measurement("old", &[50.0, 200.0]),
            measurement(YARDSTICK, &[200.0, 800.0]),
        ],
        vec![
            measurement("main", &[100.0, 200.0]),
            measurement("old", &[50.0, 100.0]),
            measurement(YARDSTICK, &[400.0, 800.0]),
        ],
    ];
    ServerReport {
        machine: Machine::read(),
        seconds: 5,
        rounds: 2,
        databases: vec![DatabaseReport::new(DatabaseKind::Sqlite, &rounds).unwrap()],
    }
}

#[test]
fn ratios_are_those_of_the_same_round() {
    let report = report();
    let row = &report.databases[0].programs[0].rows[0];
    let ratio = row.throughput_ratio.unwrap();
    assert_eq!((ratio.min, ratio.median, ratio.max), (0.25, 0.375, 0.5));
    let ratio = row.latency_ratio.unwrap();
    assert_eq!((ratio.min, ratio.max), (2.0, 4.0));
    let yardstick = &report.databases[0].programs[2];
    assert!(
        yardstick
            .rows
            .iter()
            .all(|row| row.throughput_ratio.is_none())
    );
}

#[test]
fn failures_are_added_and_unknown_figures_stay_unknown() {
    let report = report();
    assert_eq!(report.failed(), 4);
    let old = &report.databases[0].programs[1].rows[0];
    assert_eq!((old.failed, old.own_ms), (2, None));
    assert_eq!(
        report.databases[0].programs[0].rows[0]
            .own_ms
            .unwrap()
            .median,
        0.5
    );
    assert!((report.databases[0].programs[0].peak_memory_mib.max - 20.0).abs() < 1e-9);
}

#[test]
fn the_json_has_every_round() {
    let json = serde_json::to_value(report()).unwrap();
    let row = &json["databases"][0]["programs"][0]["rows"][1];
    assert_eq!(row["operation"], "save");
    assert_eq!(
        row["load"],
        serde_json::json!({"kind": "closed", "callers": 16})
    );
    assert_eq!(row["figures"].as_array().unwrap().len(), 2);
}

#[test]
fn no_rounds_are_an_error() {
    assert!(DatabaseReport::new(DatabaseKind::Sqlite, &[]).is_err());
}
