//! The journeys: what a person does, whole, in a real browser, against the running programs.
//!
//! `cargo xtask test --only e2e` runs them; `cargo test -p e2e -- NAME` runs those whose name holds NAME. Each journey
//! starts from a fresh browser and a fresh wallet. When one fails, what the browser showed is kept beside its words.

#![allow(missing_docs)] // a test binary has no readers of its items

mod access;
mod bokamera;
mod configuration;
mod declines;
mod faults;
mod mikrocloud;
mod names;
mod once;
mod plain_listener;
mod quiet;
mod quilt;
mod saving;
mod secrets;
mod sites;
mod ticket_evolution;
mod wallet;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use e2e::Step;
use e2e::browser::Driver;
use e2e::person::Person;
use e2e::system::System;
use libtest_mimic::{Arguments, Failed, Trial};

/// What every journey stands on.
pub struct Stage {
    pub system: System,
    pub driver: Driver,
}

type Walk = for<'a> fn(&'a Person<'a>) -> Pin<Box<dyn Future<Output = Step> + 'a>>;

/// A journey: its name and its steps.
pub struct Journey {
    name: String,
    walk: Walk,
}

/// Names async functions as journeys.
#[macro_export]
macro_rules! journeys {
    ($($name:ident),+ $(,)?) => {
        pub fn all() -> Vec<$crate::Journey> {
            vec![$($crate::Journey::new(concat!(module_path!(), "::", stringify!($name)), |person| Box::pin($name(person)))),+]
        }
    };
}

impl Journey {
    pub fn new(name: &str, walk: Walk) -> Self {
        Self {
            name: name.trim_start_matches("journeys::").to_owned(),
            walk,
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

async fn run(stage: &Stage, journey: &Journey) -> Step {
    let person = Person::arrive(&stage.system, &stage.driver).await?;
    person.gateway.heal().await?;
    let ended = (journey.walk)(&person).await;
    if ended.is_err() {
        let kept = root().join("target/e2e");
        std::fs::create_dir_all(&kept)?;
        let file = kept.join(format!("{}.png", journey.name.replace("::", "-")));
        let _ = person.page.driver.screenshot(&file).await;
        eprintln!("{}: the browser showed {}", journey.name, file.display());
    }
    let _ = person.gateway.heal().await;
    let _ = person.leave().await;
    ended
}

fn main() -> std::process::ExitCode {
    let mut arguments = Arguments::from_args();
    // Faults belong to the one demo account, so journeys run one after another.
    arguments.test_threads = Some(1);
    let journeys: Vec<Journey> = [
        saving::all(),
        wallet::all(),
        declines::all(),
        plain_listener::all(),
        once::all(),
        faults::all(),
        mikrocloud::all(),
        bokamera::all(),
        quiet::all(),
        quilt::all(),
        ticket_evolution::all(),
        configuration::all(),
        access::all(),
        secrets::all(),
        sites::all(),
        names::all(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let stage = if arguments.list { None } else { Some(start()) };
    let stage = match stage.transpose() {
        Ok(stage) => stage.map(Arc::new),
        Err(error) => {
            eprintln!("the journeys cannot start: {error}");
            return std::process::ExitCode::FAILURE;
        }
    };
    let trials = journeys.into_iter().map(|journey| {
        let stage = stage.clone();
        Trial::test(journey.name.clone(), move || {
            let Some(stage) = stage else {
                return Err(Failed::from("not started"));
            };
            let runtime = tokio::runtime::Runtime::new()?;
            runtime
                .block_on(run(&stage, &journey))
                .map_err(|error| Failed::from(error.to_string()))
        })
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    drop(stage); // ends the programs before the process does
    conclusion.exit_code()
}

fn start() -> Step<Stage> {
    Ok(Stage {
        system: System::start(&root())?,
        driver: Driver::start()?,
    })
}
