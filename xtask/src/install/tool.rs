//! How to install a tool from crates.io: download it with the user's cargo-binstall, or compile it in the shortest time.
//! Called by `install`. It must never install a build that is neither the tool's own project's nor ours.

use super::{CommandRole, InstallCommand};
use crate::dependency::{Dependency, ToolFeatures};
use crate::host_system::HostSystem;
use crate::install_state::InstallState;
use crate::tool_cache::ToolCache;

/// The settings that compile a tool in the shortest time. A tool runs for a second in each build, so its own speed matters
/// less: README.md has the figures of both. The variables replace what the tool's own Cargo.toml says, such as optimising
/// the whole program at once.
const COMPILED_FAST: &[(&str, &str)] = &[
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
    ("CARGO_PROFILE_RELEASE_STRIP", "symbols"),
];

/// With cargo-binstall, if the user has it, a tool is downloaded. Otherwise, and when there is nothing to download, it is
/// compiled.
pub fn plan(
    dependency: &Dependency,
    features: ToolFeatures,
    state: &InstallState,
    tools: &ToolCache,
    system: &impl HostSystem,
) -> Vec<InstallCommand> {
    let root = tools.dependency_folder(dependency).display().to_string();
    let replaces = matches!(state, InstallState::Unusable(_));
    let has_binstall = system.find("cargo-binstall").is_some();
    let mut commands = Vec::new();
    if has_binstall {
        // Only from the releases of the tool's own project: no third party's build, and no compilation with other flags
        // than ours. Flags: https://docs.rs/crate/cargo-binstall/1.24.0/source/src/args.rs
        let package = format!("{}@{}", dependency.name, dependency.version);
        let mut command = InstallCommand::new(&[
            "cargo",
            "binstall",
            "--no-confirm",
            "--disable-strategies",
            "quick-install,compile",
            "--root",
            &root,
            &package,
        ]);
        if replaces {
            command.words.push("--force".to_owned());
        }
        command.role = CommandRole::Shortcut;
        commands.push(command);
    }
    let mut command = InstallCommand::new(&[
        "cargo",
        "install",
        dependency.name,
        "--version",
        dependency.version,
        "--locked",
        "--root",
        &root,
    ]);
    command.env = COMPILED_FAST;
    if features == ToolFeatures::NoDefault {
        command.words.push("--no-default-features".to_owned());
    }
    // Also over what binstall left: a program that does not run on this computer.
    if replaces || has_binstall {
        command.words.push("--force".to_owned());
    }
    commands.push(command);
    commands
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::dependency::{DEPENDENCIES, DependencyKind, by_name};
    use crate::host_system::FakeSystem;

    const BINSTALL: (&str, &str) = ("cargo-binstall", "/home/me/.cargo/bin/cargo-binstall");

    fn plan_for(
        name: &str,
        state: InstallState,
        commands: &[(&'static str, &'static str)],
    ) -> Vec<InstallCommand> {
        let system = FakeSystem {
            commands: commands.to_vec(),
            ..FakeSystem::default()
        };
        let dependency = by_name(name).unwrap();
        let DependencyKind::Crate { features, .. } = dependency.kind else {
            panic!("{name} is no crate");
        };
        let tools = ToolCache::locate(|_| Some("/t".into())).unwrap();
        plan(dependency, features, &state, &tools, &system)
    }

    fn lines(commands: &[InstallCommand]) -> Vec<String> {
        commands
            .iter()
            .map(|command| command.words.join(" "))
            .collect()
    }

    #[test]
    fn a_crate_has_its_own_folder_and_replaces_only_another_version() {
        let command = "cargo install trunk --version 0.21.14 --locked --root /t/trunk-0.21.14 --no-default-features";
        let commands = plan_for("trunk", InstallState::Missing, &[]);
        assert_eq!(lines(&commands), [command]);
        let commands = plan_for("trunk", InstallState::Unusable("trunk 0.1".into()), &[]);
        assert_eq!(lines(&commands), [format!("{command} --force")]);
    }

    #[test]
    fn binstall_comes_before_compiling_and_may_fail() {
        let commands = plan_for("cargo-deny", InstallState::Missing, &[BINSTALL]);
        assert_eq!(
            lines(&commands),
            [
                "cargo binstall --no-confirm --disable-strategies quick-install,compile --root /t/cargo-deny-0.20.2 cargo-deny@0.20.2",
                // What binstall may have left must not stop cargo.
                "cargo install cargo-deny --version 0.20.2 --locked --root /t/cargo-deny-0.20.2 --force",
            ]
        );
        let roles: Vec<CommandRole> = commands.iter().map(|command| command.role).collect();
        assert_eq!(roles, [CommandRole::Shortcut, CommandRole::Required]);
        let replaced = plan_for("trunk", InstallState::Unusable("x".into()), &[BINSTALL]);
        assert!(
            lines(&replaced)
                .iter()
                .all(|line| line.ends_with(" --force"))
        );
    }

    #[test]
    fn tools_are_compiled_in_the_shortest_time() {
        let crates = DEPENDENCIES
            .iter()
            .filter(|dependency| matches!(dependency.kind, DependencyKind::Crate { .. }));
        for dependency in crates {
            let commands = plan_for(dependency.name, InstallState::Missing, &[]);
            let [command] = commands.as_slice() else {
                panic!("{commands:?}");
            };
            for variable in [
                ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
                ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ] {
                assert!(command.env.contains(&variable), "{command:?}");
            }
        }
    }
}
