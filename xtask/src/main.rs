//! `cargo xtask`: the project's commands. Run by people and by `.ci/run`. It must never contain code of the product.

mod arguments;
mod bench;
mod build;
mod build_record;
mod cargo_progress;
mod check;
mod command_error;
mod companion;
mod compress;
mod context;
mod demo;
mod dependency;
mod help;
mod host_system;
mod install;
mod install_state;
mod lanes;
mod log_tail;
mod page;
mod ports;
mod privilege;
mod process;
mod process_group;
mod programs;
mod progress;
mod progress_board;
mod setup;
mod shorten;
mod size;
mod source;
mod stop_signal;
mod stripe_clients;
mod system_command;
mod template;
mod tool_cache;
mod tree;

use std::process::ExitCode;

use arguments::CliCommand;
use command_error::CommandError;
use context::{Context, NetworkAccess};

fn main() -> ExitCode {
    let outcome = arguments::parse(std::env::args().skip(1)).and_then(run);
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: CliCommand) -> Result<ExitCode, CommandError> {
    match command {
        CliCommand::Help(command_name) => {
            progress::print(help::text(command_name));
            Ok(ExitCode::SUCCESS)
        }
        CliCommand::Setup { offline } => setup::run(
            &Context::open(NetworkAccess::unless_offline(offline))?,
            dependency::Activity::ALL,
        )
        .map(|()| ExitCode::SUCCESS),
        CliCommand::Build { offline, profile } => {
            let context = Context::open(NetworkAccess::unless_offline(offline))?;
            setup::run(&context, &[dependency::Activity::Build])?;
            build::all(&context, profile).map(|()| ExitCode::SUCCESS)
        }
        CliCommand::Demo(demo) => demo::run(
            &Context::open(NetworkAccess::unless_offline(demo.offline))?,
            &demo,
        ),
        CliCommand::Test { offline, steps } => check::run(
            &Context::open(NetworkAccess::unless_offline(offline))?,
            &steps,
        ),
        CliCommand::Size { offline } => {
            size::run(&Context::open(NetworkAccess::unless_offline(offline))?)
        }
        CliCommand::Bench(options) => {
            let network = NetworkAccess::unless_offline(options.offline());
            bench::run(&Context::open(network)?, &options)
        }
        CliCommand::Source { commits } => source::run(
            &Context::open(NetworkAccess::Forbidden)?,
            commits.as_deref(),
        ),
    }
}
