//! The journeys: end-to-end tests in a real browser against the running programs.
//!
//! `cargo xtask test --only e2e` runs them; `cargo test -p e2e -- NAME` runs those whose name contains NAME. Each journey
//! has a new browser and a new wallet. A failure saves a screenshot and prints its path.

#![allow(missing_docs)] // a test binary has no public API

mod accessibility;
mod bokamera;
mod configuration;
mod console;
mod declines;
mod duplicate_saves;
mod faults;
mod mikrocloud;
mod plain_listener;
mod production_policy;
mod quilt;
mod quilt_cancel;
mod saving;
mod secrets;
mod sites;
mod ticket_evolution;
mod wallet;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use e2e::StepResult;
use e2e::browser::Driver;
use e2e::system::System;
use e2e::user::User;
use libtest_mimic::{Arguments, Failed, Trial};

pub struct Environment {
    pub system: System,
    pub driver: Driver,
}

type JourneyFn = for<'a> fn(&'a User<'a>) -> Pin<Box<dyn Future<Output = StepResult> + 'a>>;

pub struct Journey {
    name: String,
    run: JourneyFn,
}

/// Lists async functions as journeys.
#[macro_export]
macro_rules! journeys {
    ($($name:ident),+ $(,)?) => {
        pub fn all() -> Vec<$crate::Journey> {
            vec![$($crate::Journey::new(concat!(module_path!(), "::", stringify!($name)), |user| Box::pin($name(user)))),+]
        }
    };
}

impl Journey {
    pub fn new(name: &str, run: JourneyFn) -> Self {
        Self {
            name: name.trim_start_matches("journeys::").to_owned(),
            run,
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

async fn run(environment: &Environment, journey: &Journey) -> StepResult {
    let user = User::open(&environment.system, &environment.driver).await?;
    user.sandbox.clear_faults().await?;
    let result = (journey.run)(&user).await;
    if result.is_err() {
        let folder = root().join("target/e2e");
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{}.png", journey.name.replace("::", "-")));
        let _ = user.page.driver.screenshot(&file).await;
        eprintln!("{}: screenshot: {}", journey.name, file.display());
    }
    let _ = user.sandbox.clear_faults().await;
    let _ = user.close().await;
    result
}

fn main() -> std::process::ExitCode {
    let mut arguments = Arguments::from_args();
    // Faults apply to the one demo account, so journeys run sequentially.
    arguments.test_threads = Some(1);
    let journeys: Vec<Journey> = [
        saving::all(),
        wallet::all(),
        declines::all(),
        plain_listener::all(),
        duplicate_saves::all(),
        faults::all(),
        mikrocloud::all(),
        bokamera::all(),
        console::all(),
        quilt::all(),
        quilt_cancel::all(),
        ticket_evolution::all(),
        configuration::all(),
        accessibility::all(),
        secrets::all(),
        sites::all(),
        production_policy::all(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let environment = if arguments.list { None } else { Some(start()) };
    let environment = match environment.transpose() {
        Ok(environment) => environment.map(Arc::new),
        Err(error) => {
            eprintln!("the journeys cannot start: {error}");
            return std::process::ExitCode::FAILURE;
        }
    };
    let trials = journeys.into_iter().map(|journey| {
        let environment = environment.clone();
        Trial::test(journey.name.clone(), move || {
            let Some(environment) = environment else {
                return Err(Failed::from("not started"));
            };
            let runtime = tokio::runtime::Runtime::new()?;
            runtime
                .block_on(run(&environment, &journey))
                .map_err(|error| Failed::from(error.to_string()))
        })
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    drop(environment); // ends the programs before this process exits
    conclusion.exit_code()
}

fn start() -> StepResult<Environment> {
    Ok(Environment {
        system: System::start(&root())?,
        driver: Driver::start()?,
    })
}
