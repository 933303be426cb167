//! Parses the command line of `cargo xtask` into a `CliCommand`. It must never run anything or read the computer.

use std::path::PathBuf;

use crate::bench::arguments::{self as bench_arguments, BenchOptions};
use crate::check::TestStep;
use crate::command_error::CommandError;
use crate::help::CommandName;
use crate::ports::Ports;
use crate::programs::Profile;

#[derive(Debug, PartialEq, Eq)]
pub enum CliCommand {
    /// Print the help of all commands or of one.
    Help(Option<CommandName>),
    Setup {
        offline: bool,
    },
    Build {
        offline: bool,
        profile: Profile,
    },
    Demo(DemoOptions),
    /// Run all steps or those of `--only`.
    Test {
        offline: bool,
        steps: Vec<TestStep>,
    },
    /// Print what a browser downloads, in bytes.
    Size {
        offline: bool,
    },
    /// Run a benchmark, which parses its own options.
    Bench(BenchOptions),
    /// Check the rules for source files and commits.
    Source {
        /// Whose subjects are checked, such as `origin/main..HEAD`.
        commits: Option<String>,
    },
}

/// The options of `cargo xtask demo`.
#[derive(Debug, PartialEq, Eq)]
pub struct DemoOptions {
    /// Print one line of JSON on stdout instead of the addresses as text.
    pub json: bool,
    pub ports: Ports,
    pub profile: Profile,
    /// The folder that keeps the demo's data. Without it, every start begins with an empty folder.
    pub data: Option<PathBuf>,
    pub offline: bool,
}

/// Parses the arguments after `cargo xtask`.
pub fn parse(arguments: impl Iterator<Item = String>) -> Result<CliCommand, CommandError> {
    let mut arguments = arguments.peekable();
    let Some(name) = arguments.next() else {
        return Ok(CliCommand::Help(None));
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        return Ok(CliCommand::Help(
            arguments
                .next()
                .and_then(|argument| CommandName::parse(&argument)),
        ));
    }
    let Some(command_name) = CommandName::parse(&name) else {
        let known: Vec<&str> = CommandName::ALL.iter().map(|name| name.as_str()).collect();
        return Err(CommandError::new(
            format!("there is no command `{name}`"),
            format!(
                "Use one of: {}. `cargo xtask --help` explains them.",
                known.join(", ")
            ),
        ));
    };
    if command_name == CommandName::Bench {
        let options = bench_arguments::parse(arguments)?;
        let help = CliCommand::Help(Some(command_name));
        return Ok(options.map_or(help, CliCommand::Bench));
    }
    let mut flags = ParsedFlags::default();
    while let Some(argument) = arguments.next() {
        let (flag, mut inline) = match argument.split_once('=') {
            Some((flag, value)) => (flag.to_owned(), Some(value.to_owned())),
            None => (argument, None),
        };
        if flag == "--help" || flag == "-h" {
            return Ok(CliCommand::Help(Some(command_name)));
        }
        if !command_name.flags().contains(&flag.as_str()) {
            return Err(unknown_flag(command_name, &flag));
        }
        let mut value = || {
            inline
                .take()
                .or_else(|| arguments.next())
                .ok_or_else(|| no_value(command_name, &flag))
        };
        match flag.as_str() {
            "--offline" => flags.offline = true,
            "--json" => flags.json = true,
            "--release" => flags.profile = Profile::Release,
            "--port-base" => flags.ports = Some(port_base(&value()?)?),
            "--data" => flags.data = Some(PathBuf::from(value()?)),
            "--commits" => flags.commits = Some(value()?),
            "--only" => flags.steps.push(test_step(&value()?)?),
            _ => return Err(unknown_flag(command_name, &flag)),
        }
        if let Some(value) = inline {
            return Err(CommandError::new(
                format!("{flag} takes no value, and `{value}` was given"),
                format!("Write {flag} alone."),
            ));
        }
    }
    Ok(flags.into_command(command_name))
}

#[derive(Default)]
struct ParsedFlags {
    offline: bool,
    json: bool,
    profile: Profile,
    ports: Option<Ports>,
    data: Option<PathBuf>,
    steps: Vec<TestStep>,
    commits: Option<String>,
}

impl ParsedFlags {
    fn into_command(self, command_name: CommandName) -> CliCommand {
        let Self {
            offline,
            json,
            profile,
            ports,
            data,
            steps,
            commits,
        } = self;
        match command_name {
            CommandName::Setup => CliCommand::Setup { offline },
            CommandName::Build => CliCommand::Build { offline, profile },
            CommandName::Demo => CliCommand::Demo(DemoOptions {
                json,
                ports: ports.unwrap_or(Ports::DEFAULT),
                profile,
                data,
                offline,
            }),
            // In the order of `ALL` and each once, in whatever order they were given.
            CommandName::Test => {
                let is_selected = |step: &TestStep| steps.is_empty() || steps.contains(step);
                CliCommand::Test {
                    offline,
                    steps: TestStep::ALL.into_iter().filter(is_selected).collect(),
                }
            }
            CommandName::Size => CliCommand::Size { offline },
            CommandName::Source => CliCommand::Source { commits },
            // Parsed above, with options of its own.
            CommandName::Bench => CliCommand::Help(Some(command_name)),
        }
    }
}

fn port_base(value: &str) -> Result<Ports, CommandError> {
    Ports::from_base(value).ok_or_else(|| {
        CommandError::new(
            format!("`{value}` is no valid first port of six"),
            "Give a number from 1024 to 65530, such as --port-base 4500.",
        )
    })
}

fn test_step(value: &str) -> Result<TestStep, CommandError> {
    TestStep::parse(value).ok_or_else(|| {
        let known: Vec<&str> = TestStep::ALL.iter().map(|step| step.as_str()).collect();
        CommandError::new(
            format!("there is no test step `{value}`"),
            format!("Use one of: {}.", known.join(", ")),
        )
    })
}

fn unknown_flag(command_name: CommandName, flag: &str) -> CommandError {
    CommandError::new(
        format!("`{}` has no flag `{flag}`", command_name.as_str()),
        format!(
            "It takes: {}. `cargo xtask {} --help` explains them.",
            command_name.flags().join(", "),
            command_name.as_str()
        ),
    )
}

fn no_value(command_name: CommandName, flag: &str) -> CommandError {
    CommandError::new(
        format!("{flag} needs a value"),
        format!("See `cargo xtask {} --help`.", command_name.as_str()),
    )
}

#[cfg(test)]
mod tests;
