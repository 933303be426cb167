//! Whether a need is met on this computer. Asked by `setup` before it installs and again after. Changes nothing.

use std::path::{Path, PathBuf};

use crate::machine::Machine;
use crate::need::{Kind, Need};
use crate::tools::Tools;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is there, and is what the table asks for.
    Found,
    Missing,
    /// Something else is in its place, or it does not run; this is what it said.
    Wrong(String),
}

pub fn of(need: &Need, tools: &Tools, machine: &impl Machine) -> State {
    match need.kind {
        Kind::Target => found(has_target(need.name, machine)),
        Kind::Component { subcommand } => {
            let cargo = machine.find("cargo");
            found(
                cargo
                    .and_then(|cargo| machine.answer(&cargo, &[subcommand, "--version"]))
                    .is_some(),
            )
        }
        Kind::Crate { command } => {
            // The user's own copy serves when it is exactly the pinned version.
            let own = machine
                .find(command)
                .is_some_and(|path| version(&path, need, machine) == State::Found);
            let cached = tools.home(need).join("bin").join(command);
            if own {
                State::Found
            } else if machine.has(&cached) {
                version(&cached, need, machine)
            } else {
                State::Missing
            }
        }
        Kind::Npm { file } => package(&tools.package(need), file, need, machine),
        Kind::Apt { commands, .. } => found(
            commands
                .iter()
                .all(|command| command.find(machine).is_some()),
        ),
    }
}

fn found(yes: bool) -> State {
    if yes { State::Found } else { State::Missing }
}

fn has_target(target: &str, machine: &impl Machine) -> bool {
    machine
        .find("rustc")
        .and_then(|rustc| machine.answer(&rustc, &["--print", "target-libdir", "--target", target]))
        .is_some_and(|folder| machine.has(Path::new(folder.trim())))
}

/// A command answers `trunk 0.21.14`; the version is compared as a word, so 0.2.12 is not 0.2.129.
fn version(path: &Path, need: &Need, machine: &impl Machine) -> State {
    match machine.answer(path, &["--version"]) {
        Some(said) if said.split_whitespace().any(|word| word == need.version) => State::Found,
        Some(said) => State::Wrong(said.lines().next().unwrap_or_default().to_owned()),
        None => State::Wrong("it does not run".to_owned()),
    }
}

fn package(folder: &Path, file: &str, need: &Need, machine: &impl Machine) -> State {
    let manifest: PathBuf = folder.join("package.json");
    let Some(text) = machine.read(&manifest) else {
        return State::Missing;
    };
    let parsed: Option<serde_json::Value> = serde_json::from_str(&text).ok();
    let version = parsed
        .as_ref()
        .and_then(|json| json.get("version"))
        .and_then(|value| value.as_str());
    match version {
        Some(version) if version == need.version && machine.has(&folder.join(file)) => State::Found,
        Some(version) if version == need.version => State::Wrong(format!("{file} is not in it")),
        Some(version) => State::Wrong(version.to_owned()),
        None => State::Wrong("its package.json names no version".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::machine::StandIn;
    use crate::need::{AXE, WASM, named};

    fn look(name: &str, machine: &StandIn) -> State {
        let tools = Tools::locate(|_| Some("/t".into())).unwrap();
        of(named(name).unwrap(), &tools, machine)
    }

    const TRUNK: &str = "/t/trunk-0.21.14/bin/trunk";

    #[test]
    fn a_crate_in_the_cache_is_found_by_its_own_word() {
        let files = vec![(TRUNK, "")];
        let says = |said| StandIn {
            files: files.clone(),
            answers: vec![("/t/trunk-0.21.14/bin/trunk --version", said)],
            ..StandIn::default()
        };
        assert_eq!(look("trunk", &StandIn::default()), State::Missing);
        assert_eq!(look("trunk", &says("trunk 0.21.14\n")), State::Found);
        assert_eq!(
            look("trunk", &says("trunk 0.21.1\n")),
            State::Wrong("trunk 0.21.1".into())
        );
        let broken = StandIn {
            files,
            ..StandIn::default()
        };
        assert_eq!(
            look("trunk", &broken),
            State::Wrong("it does not run".into())
        );
    }

    #[test]
    fn the_users_own_copy_serves_only_at_the_pinned_version() {
        let own = |said| StandIn {
            commands: vec![("trunk", "/home/me/.cargo/bin/trunk")],
            answers: vec![("/home/me/.cargo/bin/trunk --version", said)],
            ..StandIn::default()
        };
        assert_eq!(look("trunk", &own("trunk 0.21.14")), State::Found);
        assert_eq!(look("trunk", &own("trunk 0.22.0")), State::Missing);
    }

    #[test]
    fn an_npm_package_is_found_by_its_manifest() {
        const MANIFEST: &str = "/t/axe-core-4.14.1/node_modules/axe-core/package.json";
        const FILE: &str = "/t/axe-core-4.14.1/node_modules/axe-core/axe.min.js";
        let holds = |files| StandIn {
            files,
            ..StandIn::default()
        };
        assert_eq!(look(AXE, &holds(vec![])), State::Missing);
        assert_eq!(
            look(
                AXE,
                &holds(vec![(MANIFEST, r#"{"version":"4.14.1"}"#), (FILE, "")])
            ),
            State::Found
        );
        let old = holds(vec![(MANIFEST, r#"{"version":"4.10.0"}"#), (FILE, "")]);
        assert_eq!(look(AXE, &old), State::Wrong("4.10.0".into()));
        let half = holds(vec![(MANIFEST, r#"{"version":"4.14.1"}"#)]);
        assert_eq!(
            look(AXE, &half),
            State::Wrong("axe.min.js is not in it".into())
        );
        assert!(matches!(
            look(AXE, &holds(vec![(MANIFEST, "{")])),
            State::Wrong(_)
        ));
    }

    #[test]
    fn the_wasm_target_is_found_without_rustup() {
        let mut machine = StandIn {
            commands: vec![("rustc", "/usr/bin/rustc")],
            answers: vec![(
                "/usr/bin/rustc --print target-libdir --target wasm32-unknown-unknown",
                "/lib/wasm\n",
            )],
            ..StandIn::default()
        };
        assert_eq!(look(WASM, &machine), State::Missing);
        machine.files.push(("/lib/wasm", ""));
        assert_eq!(look(WASM, &machine), State::Found);
    }

    #[test]
    fn a_browser_takes_both_halves() {
        let mut machine = StandIn {
            commands: vec![("google-chrome", "/usr/bin/google-chrome")],
            ..StandIn::default()
        };
        assert_eq!(look("chromium", &machine), State::Missing);
        machine.files.push(("/opt/driver", ""));
        machine.variables.push(("CHROMEDRIVER", "/opt/driver"));
        assert_eq!(look("chromium", &machine), State::Found);
        machine.variables.clear();
        machine
            .commands
            .push(("chromedriver", "/usr/bin/chromedriver"));
        assert_eq!(look("chromium", &machine), State::Found);
    }
}
