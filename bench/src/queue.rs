//! `card-entry-bench queue`: how long calls wait for the gateway's rate limits, simulated for several numbers of
//! accounts. It must never call a gateway.

pub mod arrivals;
pub mod formula;
pub mod limits;
pub mod plan;
pub mod simulation;
pub mod table;

use clap::Args;

use crate::error::BenchError;
use arrivals::Arrivals;
use limits::GatewayLimits;
use simulation::{Simulation, Waits};

/// The assumptions of the simulation. docs/benchmarks.md says where they come from.
#[derive(Debug, Clone, Args)]
pub struct QueueOptions {
    /// Numbers of accounts, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "100,1000,10000")]
    pub accounts: Vec<u32>,
    /// Cards saved on an average day, per account on average over all accounts.
    #[arg(long, default_value_t = 50.0, value_name = "N")]
    pub saves_per_day: f64,
    /// The share of a day's saves in its busiest hour, in percent.
    #[arg(long, default_value_t = 15.0, value_name = "PERCENT")]
    pub busiest_hour: f64,
    /// How unequal accounts are: the exponent of Zipf's law. With 0 all are equal.
    #[arg(long, default_value_t = 1.0, value_name = "S")]
    pub skew: f64,
    /// The seed of the random numbers. The same seed gives the same table.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
}

/// Whether each account has its own limits at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// Each account of the wallet server has its own account at the gateway.
    OwnAccounts,
    /// All of them are one account at the gateway.
    OneAccount,
}

/// One row of the table: a simulated busiest hour.
#[derive(Debug)]
pub struct QueueRow {
    pub accounts: u32,
    pub keys: KeyUse,
    pub limits: GatewayLimits,
    pub saves_per_second: f64,
    /// The saves per second of the busiest limit, and its utilization: at 1 and above the queue only grows.
    pub busiest_saves_per_second: f64,
    pub utilization: f64,
    pub waits: Waits,
}

/// Simulates every row.
///
/// # Errors
/// An assumption is not usable, or a row has no saves.
pub fn run(options: &QueueOptions) -> Result<Vec<QueueRow>, BenchError> {
    let mut rows = Vec::new();
    for limits in [GatewayLimits::LIVE, GatewayLimits::TEST] {
        for keys in [KeyUse::OwnAccounts, KeyUse::OneAccount] {
            for accounts in &options.accounts {
                rows.push(simulate(options, *accounts, keys, limits)?);
            }
        }
    }
    Ok(rows)
}

fn simulate(
    options: &QueueOptions,
    accounts: u32,
    keys: KeyUse,
    limits: GatewayLimits,
) -> Result<QueueRow, BenchError> {
    let saves_per_second = saves_per_second(options, accounts)?;
    let arrivals = match keys {
        KeyUse::OwnAccounts => Arrivals::of_unequal(accounts, options.skew)?,
        KeyUse::OneAccount => Arrivals::of_unequal(1, options.skew)?,
    };
    let busiest_saves_per_second = saves_per_second * arrivals.busiest_share();
    let simulation = Simulation {
        arrivals,
        saves_per_second,
        seconds: 3600.0,
        limits,
        plan: plan::NEW_OWNER,
        seed: options.seed,
    };
    Ok(QueueRow {
        accounts,
        keys,
        limits,
        saves_per_second,
        busiest_saves_per_second,
        utilization: limits.utilization(plan::NEW_OWNER, busiest_saves_per_second),
        waits: simulation.run()?,
    })
}

fn saves_per_second(options: &QueueOptions, accounts: u32) -> Result<f64, BenchError> {
    let is_usable = options.saves_per_day.is_finite()
        && options.saves_per_day > 0.0
        && options.busiest_hour > 0.0
        && options.busiest_hour <= 100.0;
    if !is_usable {
        let problem =
            "give saves per day above 0, and a share of the busiest hour up to 100 percent";
        return Err(BenchError::Failed(problem.to_owned()));
    }
    let busiest_hour = f64::from(accounts) * options.saves_per_day * options.busiest_hour / 100.0;
    Ok(busiest_hour / 3600.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn options() -> QueueOptions {
        QueueOptions {
            accounts: vec![100],
            saves_per_day: 50.0,
            busiest_hour: 15.0,
            skew: 1.0,
            seed: 7,
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_table() {
        let text = |options: &QueueOptions| table::text(&run(options).unwrap()).unwrap();
        assert_eq!(text(&options()), text(&options()));
        let other = QueueOptions {
            seed: 8,
            ..options()
        };
        assert_ne!(text(&options()), text(&other));
    }

    #[test]
    fn unusable_assumptions_are_refused() {
        for (saves_per_day, busiest_hour) in
            [(0.0, 15.0), (50.0, 0.0), (50.0, 101.0), (f64::NAN, 15.0)]
        {
            let options = QueueOptions {
                saves_per_day,
                busiest_hour,
                ..options()
            };
            assert!(run(&options).is_err(), "{saves_per_day} {busiest_hour}");
        }
        let none = QueueOptions {
            accounts: vec![0],
            ..options()
        };
        assert!(run(&none).is_err());
    }
}
