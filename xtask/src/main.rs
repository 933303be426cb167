//! `cargo xtask`: the project's commands. Called by people and by `.ci/run`; it holds no rule of the product.

mod arguments;
mod build;
mod check;
mod clients;
mod companion;
mod compress;
mod demo;
mod failure;
mod fingerprint;
mod group;
mod help;
mod install;
mod job;
mod machine;
mod need;
mod page;
mod ports;
mod privilege;
mod programs;
mod progress;
mod setup;
mod shorten;
mod size;
mod source;
mod state;
mod stop;
mod tail;
mod template;
mod tools;
mod tree;
mod workshop;

use std::process::ExitCode;

use arguments::Order;
use failure::Failure;
use workshop::Workshop;

fn main() -> ExitCode {
    let outcome = arguments::parse(std::env::args().skip(1)).and_then(obey);
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn obey(order: Order) -> Result<ExitCode, Failure> {
    match order {
        Order::Help(topic) => {
            progress::say(help::text(topic));
            Ok(ExitCode::SUCCESS)
        }
        Order::Setup { offline } => {
            setup::run(&Workshop::open(offline)?, need::Purpose::ALL).map(|()| ExitCode::SUCCESS)
        }
        Order::Build { offline, profile } => {
            let shop = Workshop::open(offline)?;
            setup::run(&shop, &[need::Purpose::Build])?;
            build::all(&shop, profile).map(|()| ExitCode::SUCCESS)
        }
        Order::Demo(demo) => demo::run(&Workshop::open(demo.offline)?, &demo),
        Order::Test { offline, steps } => check::run(&Workshop::open(offline)?, &steps),
        Order::Size { offline } => size::run(&Workshop::open(offline)?),
    }
}
