//! `cargo xtask test`: runs the selected steps one after the other, also after one failed, and prints a summary.

mod postgres;
mod sandbox;
mod step;
mod summary;

use std::process::ExitCode;
use std::time::Instant;

use postgres::PostgresUnderTest;
use sandbox::SandboxUnderTest;
pub use step::TestStep;
use summary::{StepResult, Summary};

use crate::command_error::CommandError;
use crate::context::Context;
use crate::programs::Profile;
use crate::progress::{self, Elapsed};
use crate::{build, setup, size, source};

pub fn run(context: &Context, steps: &[TestStep]) -> Result<ExitCode, CommandError> {
    let mut activities: Vec<_> = steps
        .iter()
        .flat_map(|step| step.activities())
        .copied()
        .collect();
    activities.dedup();
    setup::run(context, &activities)?;
    let mut summary = Summary::default();
    for step in steps {
        progress::print(format!("\n=== {}: {}", step.as_str(), step.checks()));
        let started = Instant::now();
        let result = run_step(context, *step);
        if context.stop.is_requested() {
            return Err(CommandError::interrupted());
        }
        let result = StepResult {
            step: *step,
            elapsed: started.elapsed(),
            ..result
        };
        if let Some(error) = &result.error {
            progress::print(format!("\n{error}"));
        }
        let outcome = if result.error.is_none() {
            "passed"
        } else {
            "failed"
        };
        progress::print(format!(
            "=== {} {outcome} in {}",
            step.as_str(),
            Elapsed(result.elapsed)
        ));
        summary.results.push(result);
    }
    progress::print(format!("\n{summary}"));
    Ok(if summary.failed() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs all commands of one step, also after one failed. The result has the first error.
fn run_step(context: &Context, step: TestStep) -> StepResult {
    let mut result = StepResult::new(step);
    let mut sandbox = None;
    let mut postgres = None;
    let before = match step {
        TestStep::Lint => source::check(context, None),
        TestStep::Conformance => {
            SandboxUnderTest::start(context).map(|started| sandbox = Some(started))
        }
        TestStep::E2e => {
            build::all(context, Profile::Dev).and_then(|()| size::check_budgets(context))
        }
        TestStep::Unit => PostgresUnderTest::start(context).map(|started| postgres = Some(started)),
        TestStep::Fmt | TestStep::Browser => Ok(()),
    };
    if let Err(error) = before {
        result.error = Some(error);
        if matches!(step, TestStep::Unit | TestStep::Conformance | TestStep::E2e) {
            return result;
        }
    }
    let mut processes = step.processes(context);
    if let Some(server) = &postgres {
        processes.push(step::on_postgres(context, &server.url()));
    }
    for process in processes {
        if context.stop.is_requested() {
            break;
        }
        let process = match &sandbox {
            Some(sandbox) => sandbox.configure(context, process),
            None => process,
        };
        let (summary_lines, outcome) = process.run_with_output(summary::is_summary);
        result.summary_lines.extend(summary_lines);
        if let Err(error) = outcome {
            result.error.get_or_insert(error);
        }
    }
    if let Some(Err(error)) = sandbox.as_mut().map(SandboxUnderTest::check) {
        result.error.get_or_insert(error);
    }
    if step.runs_tests() && result.error.is_none() && result.tests() == 0 {
        result.error = Some(CommandError::new(
            format!("{} ran no tests", step.as_str()),
            "A step without tests must not pass: find out why it found none.",
        ));
    }
    result
}
