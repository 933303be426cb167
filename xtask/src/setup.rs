//! `cargo xtask setup`, also the first step of every command that needs a tool. Installs what is missing, and prints for
//! each how long it takes. It must never change what is installed with the right version.

use std::time::Duration;

use crate::command_error::CommandError;
use crate::context::Context;
use crate::dependency::{self, Activity, Dependency, DependencyKind};
use crate::host_system::RealSystem;
use crate::install::{self, InstallCommand};
use crate::install_state::{self, InstallState};
use crate::progress::{self, ProgressLine};
use crate::stripe_clients::StripeClients;

/// Longer than any installation on a slow computer: it stops only commands that hang.
const INSTALL_TIMEOUT: Duration = Duration::from_secs(60 * 60);

/// Installs the missing dependencies of `activities`.
pub fn run(context: &Context, activities: &[Activity]) -> Result<(), CommandError> {
    let find_missing = || {
        let with_state = |dependency: &'static Dependency| {
            (
                dependency,
                install_state::check(dependency, &context.tools, &RealSystem),
            )
        };
        dependency::for_activities(activities)
            .map(with_state)
            .filter(|(_, state)| *state != InstallState::Found)
    };
    let clients = StripeClients::new(&context.root);
    let clients = Some(clients)
        .filter(|clients| activities.contains(&Activity::Conformance) && !clients.are_installed());
    let missing: Vec<(&Dependency, InstallState)> = find_missing().collect();
    if missing.is_empty() && clients.is_none() {
        progress::log("everything needed is installed");
        return Ok(());
    }
    if context.offline && !missing.is_empty() {
        return Err(offline_error(&missing));
    }
    // All plans come first, so that a person reads what to do before the minutes of installing, not after.
    let mut plans = Vec::new();
    let mut errors: Vec<CommandError> = clients
        .iter()
        .filter_map(|clients| clients.missing_prerequisite(&RealSystem, context.offline))
        .collect();
    for (dependency, state) in &missing {
        match install::plan(dependency, state, &context.tools, &RealSystem) {
            Ok(commands) => plans.push((*dependency, commands)),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(CommandError::combine(errors));
    }
    for (dependency, commands) in plans {
        let step = ProgressLine::begin(
            &format!(
                "installing {}, to {}",
                dependency.title(),
                dependency.used_to
            ),
            Some(&expected_time(dependency)),
        );
        step.end(install(context, dependency, &commands))?;
    }
    // The compiled dependencies of the tools are about a gigabyte, and are not needed again.
    let scratch = context.tools.scratch();
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch)
            .map_err(|cause| CommandError::io("removing", &scratch, &cause))?;
    }
    find_missing()
        .next()
        .map_or(Ok(()), |(dependency, state)| {
            Err(still_missing_error(context, dependency, &state))
        })?;
    clients.map_or(Ok(()), |clients| clients.install(context))
}

fn install(
    context: &Context,
    dependency: &Dependency,
    commands: &[InstallCommand],
) -> Result<(), CommandError> {
    let log = context.tools.log(dependency);
    for command in commands {
        let Some((program, args)) = command.words.split_first() else {
            continue;
        };
        let folder = context.tools.folder();
        std::fs::create_dir_all(folder)
            .map_err(|cause| CommandError::io("making", folder, &cause))?;
        let mut process = context.process(program).args(args).timeout(INSTALL_TIMEOUT);
        // Outside the project's folder, whose cargo and npm settings are not for tools. rustup has to read the project's
        // toolchain.
        if matches!(
            dependency.kind,
            DependencyKind::Crate { .. } | DependencyKind::Npm { .. }
        ) {
            process = process
                .dir(folder)
                .env("CARGO_TARGET_DIR", context.tools.scratch());
        }
        let outcome = process.run_with_log(&log);
        if !command.may_fail || context.stop.is_requested() {
            outcome?;
        }
    }
    Ok(())
}

fn expected_time(dependency: &Dependency) -> String {
    match dependency.minutes {
        0 => "under a minute".to_owned(),
        1 => "about a minute on 2 cores".to_owned(),
        minutes => format!("about {minutes} minutes on 2 cores"),
    }
}

fn offline_error(missing: &[(&Dependency, InstallState)]) -> CommandError {
    let names: Vec<String> = missing
        .iter()
        .map(|(dependency, _)| dependency.title())
        .collect();
    CommandError::new(
        format!(
            "not installed, and --offline forbids fetching it: {}",
            names.join(", ")
        ),
        "Run `cargo xtask setup` once with a network.",
    )
}

fn still_missing_error(
    context: &Context,
    dependency: &Dependency,
    state: &InstallState,
) -> CommandError {
    let found = match state {
        InstallState::Unusable(message) => {
            format!("has another version or does not run ({message})")
        }
        InstallState::Missing | InstallState::Found => "was not found".to_owned(),
    };
    let next = match dependency.kind {
        DependencyKind::Apt { commands, .. } => {
            let names: Vec<String> = commands
                .iter()
                .map(|command| command.names.join(" or "))
                .collect();
            format!(
                "Put these on PATH and run this again: {}.",
                names.join("; ")
            )
        }
        DependencyKind::Crate { .. } | DependencyKind::Npm { .. } => {
            format!(
                "Remove {} and run this again.",
                context.tools.dependency_folder(dependency).display()
            )
        }
        DependencyKind::Target | DependencyKind::Component { .. } => {
            format!(
                "Check with `rustup show` that the toolchain in use has {}.",
                dependency.name
            )
        }
    };
    CommandError::new(
        format!(
            "{} was installed, but afterwards it {found}",
            dependency.title()
        ),
        next,
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_expected_time_is_printed() {
        assert_eq!(
            expected_time(dependency::by_name("trunk").unwrap()),
            "about 8 minutes on 2 cores"
        );
        assert_eq!(
            expected_time(dependency::by_name("binaryen").unwrap()),
            "under a minute"
        );
    }

    #[test]
    fn offline_names_what_is_missing() {
        let missing = [
            (dependency::by_name("trunk").unwrap(), InstallState::Missing),
            (
                dependency::by_name("binaryen").unwrap(),
                InstallState::Missing,
            ),
        ];
        let message = offline_error(&missing).to_string();
        assert!(
            message.contains("trunk 0.21.14, binaryen 132.0.0"),
            "{message}"
        );
    }
}
