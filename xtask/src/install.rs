//! How to install a missing dependency: the commands, or what a person has to do first. `setup` runs the commands. It must
//! never run anything itself.

mod tool;

use crate::command_error::CommandError;
use crate::dependency::{Dependency, DependencyKind};
use crate::host_system::HostSystem;
use crate::install_state::InstallState;
use crate::privilege::Privilege;
use crate::tool_cache::ToolCache;

/// What the failure of a command means for its installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandRole {
    /// Its failure ends the installation.
    Required,
    /// Its failure means nothing.
    BestEffort,
    /// The fast way. If the dependency is usable afterwards, the commands that follow are not run; otherwise they are,
    /// however this one ended.
    Shortcut,
}

/// One command of an installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstallCommand {
    /// The program and its arguments.
    pub words: Vec<String>,
    /// Environment variables.
    pub env: &'static [(&'static str, &'static str)],
    pub role: CommandRole,
}

impl InstallCommand {
    fn new(words: &[&str]) -> Self {
        Self {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            env: &[],
            role: CommandRole::Required,
        }
    }
}

/// The commands that install `dependency`, whose current state is `state`.
pub fn plan(
    dependency: &Dependency,
    state: &InstallState,
    tools: &ToolCache,
    system: &impl HostSystem,
) -> Result<Vec<InstallCommand>, CommandError> {
    match dependency.kind {
        DependencyKind::Target => rustup(dependency, &["target", "add", dependency.name], system),
        DependencyKind::Component { .. } => {
            rustup(dependency, &["component", "add", dependency.name], system)
        }
        DependencyKind::Crate { features, .. } => {
            Ok(tool::plan(dependency, features, state, tools, system))
        }
        DependencyKind::Npm { .. } => npm(dependency, tools, system),
        DependencyKind::Apt { packages, .. } => apt(dependency, packages, system),
    }
}

fn rustup(
    dependency: &Dependency,
    args: &[&str],
    system: &impl HostSystem,
) -> Result<Vec<InstallCommand>, CommandError> {
    if system.find("rustup").is_none() {
        return Err(CommandError::new(
            format!(
                "{} is needed to {}, and rustup, which would install it, was not found",
                dependency.title(),
                dependency.used_to
            ),
            format!(
                "Install rustup (https://rustup.rs) and run this again, or install {} the way your Rust was installed.",
                dependency.name
            ),
        ));
    }
    let mut words = vec!["rustup"];
    words.extend_from_slice(args);
    Ok(vec![InstallCommand::new(&words)])
}

fn npm(
    dependency: &Dependency,
    tools: &ToolCache,
    system: &impl HostSystem,
) -> Result<Vec<InstallCommand>, CommandError> {
    if system.find("npm").is_none() || system.find("node").is_none() {
        return Err(CommandError::new(
            format!(
                "{} is needed to {}, and Node with npm, which would install it, was not found",
                dependency.title(),
                dependency.used_to
            ),
            "Install Node 20 or newer (`sudo apt-get install nodejs npm`, or https://nodejs.org) and run this again.",
        ));
    }
    let home = tools.dependency_folder(dependency).display().to_string();
    let package = format!("{}@{}", dependency.name, dependency.version);
    Ok(vec![InstallCommand::new(&[
        "npm",
        "install",
        "--no-fund",
        "--no-audit",
        "--ignore-scripts",
        "--prefix",
        &home,
        &package,
    ])])
}

fn apt(
    dependency: &Dependency,
    packages: &[&str],
    system: &impl HostSystem,
) -> Result<Vec<InstallCommand>, CommandError> {
    let list = packages.join(" ");
    if system.find("apt-get").is_none() {
        return Err(CommandError::new(
            format!(
                "{} is needed to {}, and this system has no apt-get to install it",
                dependency.name, dependency.used_to
            ),
            format!(
                "Install what your system calls `{list}`, so that both commands are on PATH, and run this again."
            ),
        ));
    }
    let before: &[&str] = match Privilege::detect(system) {
        Privilege::Root => &["env", "DEBIAN_FRONTEND=noninteractive"],
        Privilege::Sudo => &["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"],
        Privilege::None => {
            return Err(CommandError::new(
                format!(
                    "{} is needed to {}, and only root may install it",
                    dependency.name, dependency.used_to
                ),
                format!(
                    "Run this once, then this command again:\n\n    sudo apt-get update && sudo apt-get install -y --no-install-recommends {list}\n"
                ),
            ));
        }
    };
    let command = |words: &[&str]| InstallCommand::new(&[before, words].concat());
    // One package source that fails must not stop the installation, which reports an error itself if it needs that source.
    let update = InstallCommand {
        role: CommandRole::BestEffort,
        ..command(&["apt-get", "update"])
    };
    let mut install = command(&["apt-get", "install", "-y", "--no-install-recommends"]);
    install
        .words
        .extend(packages.iter().map(|package| (*package).to_owned()));
    Ok(vec![update, install])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dependency::{AXE, WASM, by_name};
    use crate::host_system::FakeSystem;

    fn plan_for(
        name: &str,
        state: InstallState,
        system: &FakeSystem,
    ) -> Result<Vec<String>, String> {
        let tools = ToolCache::locate(|_| Some("/t".into())).unwrap();
        let commands = plan(by_name(name).unwrap(), &state, &tools, system)
            .map_err(|error| error.to_string())?;
        Ok(commands
            .iter()
            .map(|command| command.words.join(" "))
            .collect())
    }

    fn with(commands: Vec<(&'static str, &'static str)>) -> FakeSystem {
        FakeSystem {
            commands,
            ..FakeSystem::default()
        }
    }

    #[test]
    fn without_rustup_or_npm_the_error_says_what_to_install() {
        let message = plan_for(WASM, InstallState::Missing, &with(vec![])).unwrap_err();
        assert!(message.contains("https://rustup.rs"), "{message}");
        let message = plan_for(AXE, InstallState::Missing, &with(vec![])).unwrap_err();
        assert!(message.contains("Install Node 20"), "{message}");
        let npm = with(vec![("npm", "/usr/bin/npm"), ("node", "/usr/bin/node")]);
        assert!(
            plan_for(AXE, InstallState::Missing, &npm)
                .unwrap()
                .concat()
                .ends_with("/t/axe-core-4.14.1 axe-core@4.14.1")
        );
    }

    #[test]
    fn apt_runs_as_root_or_with_sudo_and_is_printed_otherwise() {
        let mut system = with(vec![
            ("apt-get", "/usr/bin/apt-get"),
            ("id", "/usr/bin/id"),
            ("sudo", "/usr/bin/sudo"),
        ]);
        system.outputs = vec![("/usr/bin/id -u", "1000\n")];
        let message = plan_for("chromium", InstallState::Missing, &system).unwrap_err();
        assert!(
            message.contains(
                "sudo apt-get install -y --no-install-recommends chromium chromium-driver"
            ),
            "{message}"
        );
        system.outputs.push(("/usr/bin/sudo -n true", ""));
        let commands = plan_for("chromium", InstallState::Missing, &system).unwrap();
        assert!(
            commands
                .iter()
                .all(|command| command.starts_with("sudo -n ")),
            "{commands:?}"
        );
        system.outputs = vec![("/usr/bin/id -u", "0\n")];
        let commands = plan_for("chromium", InstallState::Missing, &system).unwrap();
        assert!(
            commands.iter().all(|command| command.starts_with("env ")),
            "{commands:?}"
        );
        assert_eq!(commands.len(), 2);
    }

    #[test]
    fn without_apt_the_error_names_the_packages() {
        let message = plan_for("chromium", InstallState::Missing, &with(vec![])).unwrap_err();
        assert!(message.contains("`chromium chromium-driver`"), "{message}");
    }
}
