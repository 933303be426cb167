//! `cargo xtask setup`, also the first step of every command that needs a tool. Installs what is missing, and prints for
//! each how long it takes. It must never change what is installed with the right version.

mod messages;

use std::time::Duration;

use crate::build;
use crate::command_error::CommandError;
use crate::context::Context;
use crate::dependency::{self, Activity, Dependency, DependencyKind};
use crate::host_system::RealSystem;
use crate::install::{self, CommandRole, InstallCommand};
use crate::install_state::{self, InstallState};
use crate::lanes::{self, LaneStep};
use crate::progress::{self, ProgressLine};
use crate::stripe_clients::StripeClients;

/// Longer than any installation on a slow computer: it stops only commands that hang.
const INSTALL_TIMEOUT: Duration = Duration::from_secs(60 * 60);
/// Longer than any download of a tool. After this, the tool is compiled.
const SHORTCUT_TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// A dependency with the commands that install it.
type PlannedInstall = (&'static Dependency, Vec<InstallCommand>);

/// Installs the missing dependencies of `activities`.
pub fn run(context: &Context, activities: &[Activity]) -> Result<(), CommandError> {
    let states: Vec<(&'static Dependency, InstallState)> = dependency::for_activities(activities)
        .map(|dependency| (dependency, state(context, dependency)))
        .collect();
    for (dependency, state) in &states {
        if let InstallState::FoundOnPath(file) = state {
            progress::log(messages::on_path(dependency, file));
        }
    }
    let missing: Vec<_> = states
        .into_iter()
        .filter(|(_, state)| !state.is_usable())
        .collect();
    let clients = StripeClients::new(&context.root);
    let clients = Some(clients)
        .filter(|clients| activities.contains(&Activity::Conformance) && !clients.are_installed());
    if missing.is_empty() && clients.is_none() {
        progress::log("everything needed is installed");
        return Ok(());
    }
    if context.offline && !missing.is_empty() {
        return Err(messages::offline_error(&missing));
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
    let [toolchain, compiled, downloaded] = arrange(plans);
    // Alone: rustup must not change the toolchain while cargo compiles with it.
    for plan in &toolchain {
        install_one(context, plan)?;
    }
    let step = |plan| -> LaneStep<'_> { Box::new(move || install_one(context, &plan)) };
    let is_compiling = !compiled.is_empty();
    let mut downloads: Vec<LaneStep<'_>> = downloaded.into_iter().map(step).collect();
    if is_compiling && activities.contains(&Activity::Build) {
        // The pages need the crates later; now the network is idle.
        downloads.push(Box::new(|| build::fetch(context)));
    }
    if let Some(clients) = clients {
        downloads.push(Box::new(move || clients.install(context)));
    }
    lanes::run(vec![compiled.into_iter().map(step).collect(), downloads])?;
    // The compiled dependencies of the tools are about a gigabyte, and are not needed again.
    let scratch = context.tools.scratch();
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch)
            .map_err(|cause| CommandError::io("removing", &scratch, &cause))?;
    }
    for (dependency, _) in missing {
        let state = state(context, dependency);
        if !state.is_usable() {
            return Err(messages::still_missing_error(context, dependency, &state));
        }
    }
    Ok(())
}

fn state(context: &Context, dependency: &Dependency) -> InstallState {
    install_state::check(dependency, &context.tools, &RealSystem)
}

/// Three groups: what changes the Rust toolchain, what is compiled, and what is only downloaded.
fn arrange(plans: Vec<PlannedInstall>) -> [Vec<PlannedInstall>; 3] {
    let [mut toolchain, mut compiled, mut downloaded] = [const { Vec::new() }; 3];
    for plan in plans {
        match plan.0.kind {
            DependencyKind::Target | DependencyKind::Component { .. } => toolchain.push(plan),
            DependencyKind::Crate { .. } => compiled.push(plan),
            DependencyKind::Npm { .. } | DependencyKind::Apt { .. } => downloaded.push(plan),
        }
    }
    [toolchain, compiled, downloaded]
}

fn install_one(
    context: &Context,
    (dependency, commands): &PlannedInstall,
) -> Result<(), CommandError> {
    let folder = context.tools.folder();
    std::fs::create_dir_all(folder).map_err(|cause| CommandError::io("making", folder, &cause))?;
    let step = ProgressLine::begin(
        &format!(
            "installing {}, to {}",
            dependency.title(),
            dependency.used_to
        ),
        Some(&messages::expected_time(dependency)),
    );
    let outcome = run_commands(
        &dependency.title(),
        commands,
        |command| run_command(context, dependency, command, &step),
        || context.stop.is_requested(),
        || state(context, dependency).is_usable(),
    );
    step.end(outcome)
}

/// Runs `commands` as their roles say.
fn run_commands(
    title: &str,
    commands: &[InstallCommand],
    run: impl Fn(&InstallCommand) -> Result<(), CommandError>,
    is_stopped: impl Fn() -> bool,
    is_usable: impl Fn() -> bool,
) -> Result<(), CommandError> {
    for command in commands {
        let outcome = run(command);
        if command.role == CommandRole::Required || is_stopped() {
            outcome?;
        }
        if command.role == CommandRole::Shortcut {
            if is_usable() {
                break;
            }
            progress::log(format!(
                "  {title}: binstall found none for this computer, compiling it"
            ));
        }
    }
    Ok(())
}

fn run_command(
    context: &Context,
    dependency: &Dependency,
    command: &InstallCommand,
    step: &ProgressLine,
) -> Result<(), CommandError> {
    let Some((program, args)) = command.words.split_first() else {
        return Ok(());
    };
    let timeout = match command.role {
        CommandRole::Shortcut => SHORTCUT_TIMEOUT,
        CommandRole::Required | CommandRole::BestEffort => INSTALL_TIMEOUT,
    };
    let mut process = context.process(program).args(args).timeout(timeout);
    for (name, value) in command.env {
        process = process.env(name, value);
    }
    // Outside the project's folder, whose cargo and npm settings are not for tools. rustup has to read the project's
    // toolchain.
    if matches!(
        dependency.kind,
        DependencyKind::Crate { .. } | DependencyKind::Npm { .. }
    ) {
        process = process
            .dir(context.tools.folder())
            .env("CARGO_TARGET_DIR", context.tools.scratch());
    }
    if matches!(dependency.kind, DependencyKind::Crate { .. }) {
        process = process.count_crates(step.counter());
    }
    process.run_with_log(&context.tools.log(dependency))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::cell::RefCell;

    /// Runs `roles` as commands named by their place, of which those in `failing` fail. Returns which ran, and the outcome.
    fn run_roles(
        roles: &[CommandRole],
        failing: &[&str],
        is_usable: bool,
    ) -> (Vec<String>, Result<(), CommandError>) {
        let commands: Vec<InstallCommand> = roles
            .iter()
            .enumerate()
            .map(|(at, role)| InstallCommand {
                words: vec![at.to_string()],
                env: &[],
                role: *role,
            })
            .collect();
        let ran = RefCell::new(Vec::new());
        let outcome = run_commands(
            "a tool",
            &commands,
            |command| {
                let name = command.words.concat();
                ran.borrow_mut().push(name.clone());
                if failing.contains(&name.as_str()) {
                    Err(CommandError::new(name, "Repair it."))
                } else {
                    Ok(())
                }
            },
            || false,
            || is_usable,
        );
        (ran.into_inner(), outcome)
    }

    #[test]
    fn after_a_shortcut_the_tool_is_compiled_only_if_it_is_not_usable() {
        use CommandRole::{Required, Shortcut};
        let (ran, outcome) = run_roles(&[Shortcut, Required], &[], true);
        assert_eq!((ran, outcome), (vec!["0".to_owned()], Ok(())));
        // It failed, or succeeded with a program that does not run here.
        for failing in [&["0"][..], &[]] {
            let (ran, outcome) = run_roles(&[Shortcut, Required], failing, false);
            assert_eq!((ran.len(), outcome), (2, Ok(())));
        }
        let (_, outcome) = run_roles(&[Shortcut, Required], &["0", "1"], false);
        assert!(outcome.is_err());
    }

    #[test]
    fn only_a_required_command_ends_the_installation() {
        use CommandRole::{BestEffort, Required};
        let (ran, outcome) = run_roles(&[BestEffort, Required], &["0"], false);
        assert_eq!((ran.len(), outcome), (2, Ok(())));
        let (ran, outcome) = run_roles(&[Required, Required], &["0"], false);
        assert_eq!(ran.len(), 1);
        assert!(outcome.is_err());
    }

    #[test]
    fn the_toolchain_is_changed_first_and_downloads_run_beside_the_compiler() {
        let plans = dependency::DEPENDENCIES
            .iter()
            .map(|dependency| (dependency, Vec::new()))
            .collect();
        let names = arrange(plans).map(|group| {
            let names: Vec<&str> = group
                .iter()
                .map(|(dependency, _)| dependency.name)
                .collect();
            names.join(" ")
        });
        assert_eq!(
            names,
            [
                "wasm32-unknown-unknown rustfmt clippy",
                "trunk wasm-bindgen-cli wasm-pack cargo-deny",
                "binaryen axe-core chromium postgresql",
            ]
        );
    }
}
