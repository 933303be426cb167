//! `cargo xtask test`: runs the asked steps one after the other, all of them even when one fails, and sums up.

mod judged;
mod step;
mod summary;

use std::process::ExitCode;
use std::time::Instant;

use judged::Judged;
pub use step::StepName;
use summary::{Row, Summary};

use crate::failure::Failure;
use crate::programs::Profile;
use crate::progress::{self, Spent};
use crate::workshop::Workshop;
use crate::{build, setup, size, source};

pub fn run(shop: &Workshop, steps: &[StepName]) -> Result<ExitCode, Failure> {
    let mut purposes: Vec<_> = steps
        .iter()
        .flat_map(|step| step.purposes())
        .copied()
        .collect();
    purposes.dedup();
    setup::run(shop, &purposes)?;
    let mut summary = Summary::default();
    for step in steps {
        progress::say(format!("\n=== {}: {}", step.as_str(), step.checks()));
        let started = Instant::now();
        let row = take(shop, *step);
        if shop.stop.asked() {
            return Err(Failure::stopped());
        }
        let row = Row {
            step: *step,
            spent: started.elapsed(),
            ..row
        };
        if let Some(failure) = &row.failure {
            progress::say(format!("\n{failure}"));
        }
        let word = if row.failure.is_none() {
            "passed"
        } else {
            "failed"
        };
        progress::say(format!(
            "=== {} {word} in {}",
            step.as_str(),
            Spent(row.spent)
        ));
        summary.rows.push(row);
    }
    progress::say(format!("\n{summary}"));
    Ok(if summary.failed() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// One step, all of its commands even when one fails; the first failure is the step's.
fn take(shop: &Workshop, step: StepName) -> Row {
    let mut row = Row::of(step);
    let mut judged = None;
    let before = match step {
        StepName::Fmt => rules(shop),
        StepName::Conformance => Judged::start(shop).map(|sandbox| judged = Some(sandbox)),
        StepName::E2e => build::all(shop, Profile::Dev).and_then(|()| size::hold(shop)),
        StepName::Lint | StepName::Unit | StepName::Browser => Ok(()),
    };
    if let Err(failure) = before {
        row.failure = Some(failure);
        if matches!(step, StepName::Conformance | StepName::E2e) {
            return row;
        }
    }
    for job in step.jobs(shop) {
        if shop.stop.asked() {
            break;
        }
        let job = match &judged {
            Some(sandbox) => sandbox.tell(shop, job),
            None => job,
        };
        let (closing, outcome) = job.run_shown(summary::sums_up);
        row.closing.extend(closing);
        if let Err(failure) = outcome {
            row.failure.get_or_insert(failure);
        }
    }
    if let Some(Err(failure)) = judged.as_mut().map(Judged::check) {
        row.failure.get_or_insert(failure);
    }
    if step.runs_tests() && row.failure.is_none() && row.tests() == 0 {
        row.failure = Some(Failure::new(
            format!("{} ran no test at all", step.as_str()),
            "A step that tests nothing must not pass: look where its tests went.",
        ));
    }
    row
}

fn rules(shop: &Workshop) -> Result<(), Failure> {
    let faults = source::faults(&shop.root);
    for fault in &faults {
        progress::say(fault);
    }
    match faults.len() {
        0 => Ok(()),
        count => Err(Failure::new(
            format!(
                "the project's rules for source files are broken in {count} places, named above"
            ),
            "Mend them; the rules are in xtask/src/source.rs.",
        )),
    }
}
