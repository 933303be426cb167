//! Compares the simulation with the closed formulas of M/D/1, and checks its limits.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]

use super::*;
use crate::queue::formula;
use crate::queue::plan::NEW_OWNER;

/// One call to one endpoint: the plan for which the formula holds.
const ONE_CALL: &[PlannedCall] = &[PlannedCall {
    endpoint: 0,
    pause_micros: 0,
    in_request: true,
}];

const ENDPOINT_ONLY: GatewayLimits = GatewayLimits {
    mode: "test",
    per_second: None,
    per_second_and_endpoint: 25,
};

fn simulation(saves_per_second: f64, seconds: f64) -> Simulation {
    Simulation {
        arrivals: Arrivals::of_unequal(1, 1.0).unwrap(),
        saves_per_second,
        seconds,
        limits: ENDPOINT_ONLY,
        plan: ONE_CALL,
        seed: 3,
    }
}

#[test]
fn one_limit_waits_as_the_formula_of_m_d_1_says() {
    // Utilizations of 0.2, 0.5 and 0.8, with 100,000 calls each.
    for per_second in [5.0, 12.5, 20.0] {
        let waits = simulation(per_second, 100_000.0 / per_second)
            .run()
            .unwrap();
        let expected = formula::mean_wait_seconds(per_second, 0.04).unwrap() * 1000.0;
        let found = waits.all.mean_ms().unwrap();
        assert!(
            (found - expected).abs() < expected * 0.05,
            "{per_second} a second: {found} ms, expected {expected} ms"
        );
        let expected = formula::share_without_wait(per_second, 0.04).unwrap();
        let found = waits.without_wait as f64 / waits.all.count() as f64;
        assert!(
            (found - expected).abs() < 0.01,
            "{per_second} a second: {found}, expected {expected}"
        );
    }
}

#[test]
fn the_limit_of_all_calls_waits_in_the_same_way() {
    let mut simulation = simulation(20.0, 5_000.0);
    simulation.limits = GatewayLimits {
        mode: "test",
        per_second: Some(25),
        per_second_and_endpoint: 1_000_000,
    };
    let found = simulation.run().unwrap().all.mean_ms().unwrap();
    assert!((found - 80.0).abs() < 4.0, "{found}");
}

#[test]
fn above_the_limit_the_queue_only_grows() {
    // Fifty a second for a minute, through a limit of 25: the last one waits for about a minute.
    let waits = simulation(50.0, 60.0).run().unwrap();
    let max = waits.all.percentile_ms(100.0).unwrap();
    assert!((54_000.0..66_000.0).contains(&max), "{max}");
    assert_eq!(formula::mean_wait_seconds(50.0, 0.04), None);
}

#[test]
fn accounts_do_not_wait_for_each_other() {
    let shared = simulation(20.0, 1_000.0);
    let spread = Simulation {
        arrivals: Arrivals::of_unequal(1_000, 0.0).unwrap(),
        ..simulation(20.0, 1_000.0)
    };
    let shared = shared.run().unwrap().all.mean_ms().unwrap();
    let spread = spread.run().unwrap().all.mean_ms().unwrap();
    assert!(spread < shared / 50.0, "{spread} {shared}");
}

#[test]
fn every_save_of_a_whole_plan_is_counted_once() {
    let simulation = Simulation {
        limits: GatewayLimits::LIVE,
        plan: NEW_OWNER,
        ..simulation(10.0, 100.0)
    };
    let mut random = Random::seeded(simulation.seed);
    let (mut at, mut begun) = (random.interval_seconds(10.0), 0);
    while at <= 100.0 {
        simulation.arrivals.choose(&mut random);
        at += random.interval_seconds(10.0);
        begun += 1;
    }
    assert_eq!(simulation.run().unwrap().all.count(), begun);
}

#[test]
fn no_saves_are_an_error() {
    assert!(matches!(
        simulation(0.000_001, 1.0).run(),
        Err(BenchError::NothingMeasured(_))
    ));
}
