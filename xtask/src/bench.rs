//! `cargo xtask bench`: builds the programs of a benchmark and runs it. `bench/` measures and simulates; this part builds
//! only what that needs, and another commit on request. It must never change the working tree.

pub mod arguments;
mod worktree;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use crate::command_error::CommandError;
use crate::context::Context;
use crate::process::Process;
use crate::programs::Profile;
use crate::progress::ProgressLine;
use arguments::{BenchOptions, ServerBenchOptions};
use worktree::Worktree;

/// Twenty rounds of the longest measurements, with both databases and the memory run of a slow computer.
const MEASUREMENT_TIMEOUT: Duration = Duration::from_secs(6 * 60 * 60);

/// What the current working tree is called in the report.
const CURRENT: &str = "this tree";

pub fn run(context: &Context, options: &BenchOptions) -> Result<ExitCode, CommandError> {
    match options {
        BenchOptions::Queue { options, .. } => {
            build(context, Profile::Dev, &["bench"])?;
            start(bench(context, Profile::Dev).args(["queue"]).args(options))
        }
        BenchOptions::Server(options) => server(context, options),
    }
}

fn server(context: &Context, options: &ServerBenchOptions) -> Result<ExitCode, CommandError> {
    let other = options.commit.as_deref();
    let other = other
        .map(|revision| Worktree::of(context, revision))
        .transpose()?;
    build(
        context,
        Profile::Release,
        &["stripe-sandbox", "wallet-server", "bench"],
    )?;
    let folder = Profile::Release.folder(context);
    let mut candidates = vec![format!(
        "{CURRENT}={}",
        folder.join("wallet-server").display()
    )];
    if let Some(worktree) = &other {
        let program = worktree.build(context)?;
        candidates.push(format!("{}={}", worktree.name(), program.display()));
    }
    let programs = [
        ("--sandbox", folder.join("stripe-sandbox")),
        ("--yardstick", folder.join("card-entry-yardstick")),
        ("--plot", plot(context)),
    ];
    let mut process = bench(context, Profile::Release).args(["server"]);
    process = process.args(&options.passed_on);
    for (flag, file) in programs {
        process = process.args([flag.into(), file.into_os_string()]);
    }
    for candidate in candidates {
        process = process.args(["--candidate", &candidate]);
    }
    start(process)
}

/// The picture of the last run.
fn plot(context: &Context) -> PathBuf {
    context.target.join("bench/server.svg")
}

fn bench(context: &Context, profile: Profile) -> Process {
    let program = profile.folder(context).join("card-entry-bench");
    context
        .process(&program.display().to_string())
        .timeout(MEASUREMENT_TIMEOUT)
}

/// Runs the benchmark with its output on the terminal.
fn start(process: Process) -> Result<ExitCode, CommandError> {
    let (_, outcome) = process.run_with_output(|_| false);
    outcome.map(|()| ExitCode::SUCCESS)
}

fn build(context: &Context, profile: Profile, packages: &[&str]) -> Result<(), CommandError> {
    let mut process = context.process("cargo").args(["build"]);
    for package in packages {
        process = process.args(["--package", package]);
    }
    let mut expected = "about 2 minutes the first time";
    if profile == Profile::Release {
        process = process.args(["--release"]);
        expected = "about 10 minutes the first time";
    }
    let step = ProgressLine::begin("building the benchmark", Some(expected));
    let process = process.count_crates(step.counter());
    step.end(process.run_with_log(&context.log("bench")))
}
