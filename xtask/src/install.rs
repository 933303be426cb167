//! How a missing need is installed: the command lines, or what a person has to do first. Decides and runs nothing;
//! `setup` runs what it says.

use crate::failure::Failure;
use crate::machine::Machine;
use crate::need::{Kind, Need};
use crate::privilege::Privilege;
use crate::state::State;
use crate::tools::Tools;

/// One command of an installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The program and its arguments.
    pub words: Vec<String>,
    /// Whether the installation goes on when this one fails.
    pub may_fail: bool,
}

impl Line {
    fn new(words: &[&str]) -> Self {
        Self {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            may_fail: false,
        }
    }
}

/// The commands that install `need`, which stands as `state` says.
pub fn plan(
    need: &Need,
    state: &State,
    tools: &Tools,
    machine: &impl Machine,
) -> Result<Vec<Line>, Failure> {
    match need.kind {
        Kind::Target => rustup(need, &["target", "add", need.name], machine),
        Kind::Component { .. } => rustup(need, &["component", "add", need.name], machine),
        Kind::Crate { .. } => {
            let root = tools.home(need).display().to_string();
            let mut line = Line::new(&[
                "cargo",
                "install",
                need.name,
                "--version",
                need.version,
                "--locked",
                "--root",
            ]);
            line.words.push(root);
            if matches!(state, State::Wrong(_)) {
                line.words.push("--force".to_owned());
            }
            Ok(vec![line])
        }
        Kind::Npm { .. } => npm(need, tools, machine),
        Kind::Apt { packages, .. } => apt(need, packages, machine),
    }
}

fn rustup(need: &Need, args: &[&str], machine: &impl Machine) -> Result<Vec<Line>, Failure> {
    if machine.find("rustup").is_none() {
        return Err(Failure::new(
            format!(
                "{} is needed to {}, and rustup, which would install it, was not found",
                need.title(),
                need.why
            ),
            format!(
                "Install rustup (https://rustup.rs) and run this again, or install {} the way your Rust was installed.",
                need.name
            ),
        ));
    }
    let mut words = vec!["rustup"];
    words.extend_from_slice(args);
    Ok(vec![Line::new(&words)])
}

fn npm(need: &Need, tools: &Tools, machine: &impl Machine) -> Result<Vec<Line>, Failure> {
    if machine.find("npm").is_none() || machine.find("node").is_none() {
        return Err(Failure::new(
            format!(
                "{} is needed to {}, and Node with npm, which would install it, was not found",
                need.title(),
                need.why
            ),
            "Install Node 20 or newer (`sudo apt-get install nodejs npm`, or https://nodejs.org) and run this again.",
        ));
    }
    let home = tools.home(need).display().to_string();
    let package = format!("{}@{}", need.name, need.version);
    Ok(vec![Line::new(&[
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

fn apt(need: &Need, packages: &[&str], machine: &impl Machine) -> Result<Vec<Line>, Failure> {
    let list = packages.join(" ");
    if machine.find("apt-get").is_none() {
        return Err(Failure::new(
            format!(
                "{} is needed to {}, and this system has no apt-get to install it",
                need.name, need.why
            ),
            format!(
                "Install what your system calls `{list}`, so that both commands are on PATH, and run this again."
            ),
        ));
    }
    let before: &[&str] = match Privilege::of(machine) {
        Privilege::Root => &["env", "DEBIAN_FRONTEND=noninteractive"],
        Privilege::Sudo => &["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"],
        Privilege::None => {
            return Err(Failure::new(
                format!(
                    "{} is needed to {}, and only root may install it",
                    need.name, need.why
                ),
                format!(
                    "Run this once, then this command again:\n\n    sudo apt-get update && sudo apt-get install -y --no-install-recommends {list}\n"
                ),
            ));
        }
    };
    let line = |words: &[&str]| Line::new(&[before, words].concat());
    // One stale source of packages must not stop us: the installation itself says whether it matters.
    let update = Line {
        may_fail: true,
        ..line(&["apt-get", "update"])
    };
    let mut install = line(&["apt-get", "install", "-y", "--no-install-recommends"]);
    install
        .words
        .extend(packages.iter().map(|package| (*package).to_owned()));
    Ok(vec![update, install])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::machine::StandIn;
    use crate::need::{AXE, WASM, named};

    fn plan_for(name: &str, state: State, machine: &StandIn) -> Result<Vec<String>, String> {
        let tools = Tools::locate(|_| Some("/t".into())).unwrap();
        let lines = plan(named(name).unwrap(), &state, &tools, machine)
            .map_err(|failure| failure.to_string())?;
        Ok(lines.iter().map(|line| line.words.join(" ")).collect())
    }

    fn with(commands: Vec<(&'static str, &'static str)>) -> StandIn {
        StandIn {
            commands,
            ..StandIn::default()
        }
    }

    #[test]
    fn a_crate_goes_into_its_own_folder_and_replaces_only_what_is_wrong() {
        let line = "cargo install trunk --version 0.21.14 --locked --root /t/trunk-0.21.14";
        assert_eq!(
            plan_for("trunk", State::Missing, &with(vec![])).unwrap(),
            [line]
        );
        let forced = plan_for("trunk", State::Wrong("trunk 0.1".into()), &with(vec![])).unwrap();
        assert_eq!(forced, [format!("{line} --force")]);
    }

    #[test]
    fn without_rustup_or_npm_a_person_is_told_what_to_do() {
        let said = plan_for(WASM, State::Missing, &with(vec![])).unwrap_err();
        assert!(said.contains("https://rustup.rs"), "{said}");
        let said = plan_for(AXE, State::Missing, &with(vec![])).unwrap_err();
        assert!(said.contains("Install Node 20"), "{said}");
        let npm = with(vec![("npm", "/usr/bin/npm"), ("node", "/usr/bin/node")]);
        assert!(
            plan_for(AXE, State::Missing, &npm)
                .unwrap()
                .concat()
                .ends_with("/t/axe-core-4.14.1 axe-core@4.14.1")
        );
    }

    #[test]
    fn apt_runs_as_root_or_with_sudo_and_is_else_printed() {
        let mut machine = with(vec![
            ("apt-get", "/usr/bin/apt-get"),
            ("id", "/usr/bin/id"),
            ("sudo", "/usr/bin/sudo"),
        ]);
        machine.answers = vec![("/usr/bin/id -u", "1000\n")];
        let said = plan_for("chromium", State::Missing, &machine).unwrap_err();
        assert!(
            said.contains(
                "sudo apt-get install -y --no-install-recommends chromium chromium-driver"
            ),
            "{said}"
        );
        machine.answers.push(("/usr/bin/sudo -n true", ""));
        let lines = plan_for("chromium", State::Missing, &machine).unwrap();
        assert!(
            lines.iter().all(|line| line.starts_with("sudo -n ")),
            "{lines:?}"
        );
        machine.answers = vec![("/usr/bin/id -u", "0\n")];
        let lines = plan_for("chromium", State::Missing, &machine).unwrap();
        assert!(
            lines.iter().all(|line| line.starts_with("env ")),
            "{lines:?}"
        );
        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn without_apt_the_packages_are_named() {
        let said = plan_for("chromium", State::Missing, &with(vec![])).unwrap_err();
        assert!(said.contains("`chromium chromium-driver`"), "{said}");
    }
}
