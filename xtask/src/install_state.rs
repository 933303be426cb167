//! Whether a dependency is installed on this computer. `setup` checks before it installs and after. It must never
//! change anything.

use std::path::{Path, PathBuf};

use crate::dependency::{Dependency, DependencyKind};
use crate::host_system::HostSystem;
use crate::tool_cache::ToolCache;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InstallState {
    /// Installed, at the version of the table.
    Found,
    /// The user's own copy is used: this file on PATH has the version of the table.
    FoundOnPath(PathBuf),
    Missing,
    /// Another version is installed, or it does not run; with what it printed.
    Unusable(String),
}

impl InstallState {
    pub fn is_usable(&self) -> bool {
        matches!(self, Self::Found | Self::FoundOnPath(_))
    }
}

pub fn check(dependency: &Dependency, tools: &ToolCache, system: &impl HostSystem) -> InstallState {
    match dependency.kind {
        DependencyKind::Target => if_found(has_target(dependency.name, system)),
        DependencyKind::Component { subcommand } => {
            let cargo = system.find("cargo");
            if_found(
                cargo
                    .and_then(|cargo| system.output(&cargo, &[subcommand, "--version"]))
                    .is_some(),
            )
        }
        DependencyKind::Crate { command, .. } => {
            let cached = tools
                .dependency_folder(dependency)
                .join("bin")
                .join(command);
            // Our folder comes first on the PATH of every command, so a copy there counts, even a broken one.
            if system.exists(&cached) {
                return version(&cached, dependency, system);
            }
            let own = system
                .find(command)
                .filter(|path| version(path, dependency, system) == InstallState::Found);
            own.map_or(InstallState::Missing, InstallState::FoundOnPath)
        }
        DependencyKind::Npm { file } => {
            package(&tools.package(dependency), file, dependency, system)
        }
        DependencyKind::Apt { commands, .. } => if_found(
            commands
                .iter()
                .all(|command| command.find(system).is_some()),
        ),
    }
}

fn if_found(yes: bool) -> InstallState {
    if yes {
        InstallState::Found
    } else {
        InstallState::Missing
    }
}

fn has_target(target: &str, system: &impl HostSystem) -> bool {
    system
        .find("rustc")
        .and_then(|rustc| system.output(&rustc, &["--print", "target-libdir", "--target", target]))
        .is_some_and(|folder| system.exists(Path::new(folder.trim())))
}

/// Compares the version that the command prints, such as `trunk 0.21.14`, word by word: 0.2.12 is not 0.2.129.
fn version(path: &Path, dependency: &Dependency, system: &impl HostSystem) -> InstallState {
    match system.output(path, &["--version"]) {
        Some(printed)
            if printed
                .split_whitespace()
                .any(|word| word == dependency.version) =>
        {
            InstallState::Found
        }
        Some(printed) => {
            InstallState::Unusable(printed.lines().next().unwrap_or_default().to_owned())
        }
        None => InstallState::Unusable("it does not run".to_owned()),
    }
}

fn package(
    folder: &Path,
    file: &str,
    dependency: &Dependency,
    system: &impl HostSystem,
) -> InstallState {
    let manifest: PathBuf = folder.join("package.json");
    let Some(text) = system.read(&manifest) else {
        return InstallState::Missing;
    };
    let parsed: Option<serde_json::Value> = serde_json::from_str(&text).ok();
    let version = parsed
        .as_ref()
        .and_then(|json| json.get("version"))
        .and_then(|value| value.as_str());
    match version {
        Some(version) if version == dependency.version && system.exists(&folder.join(file)) => {
            InstallState::Found
        }
        Some(version) if version == dependency.version => {
            InstallState::Unusable(format!("{file} is not in it"))
        }
        Some(version) => InstallState::Unusable(version.to_owned()),
        None => InstallState::Unusable("its package.json names no version".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dependency::{AXE, WASM, by_name};
    use crate::host_system::FakeSystem;

    fn state_of(name: &str, system: &FakeSystem) -> InstallState {
        let tools = ToolCache::locate(|_| Some("/t".into())).unwrap();
        check(by_name(name).unwrap(), &tools, system)
    }

    const TRUNK: &str = "/t/trunk-0.21.14/bin/trunk";

    #[test]
    fn a_crate_in_the_cache_is_found_by_its_version() {
        let files = vec![(TRUNK, "")];
        let says = |printed| FakeSystem {
            files: files.clone(),
            outputs: vec![("/t/trunk-0.21.14/bin/trunk --version", printed)],
            ..FakeSystem::default()
        };
        assert_eq!(
            state_of("trunk", &FakeSystem::default()),
            InstallState::Missing
        );
        assert_eq!(
            state_of("trunk", &says("trunk 0.21.14\n")),
            InstallState::Found
        );
        assert_eq!(
            state_of("trunk", &says("trunk 0.21.1\n")),
            InstallState::Unusable("trunk 0.21.1".into())
        );
        let broken = FakeSystem {
            files,
            ..FakeSystem::default()
        };
        assert_eq!(
            state_of("trunk", &broken),
            InstallState::Unusable("it does not run".into())
        );
    }

    #[test]
    fn the_users_own_copy_is_used_only_at_the_pinned_version() {
        let own = |printed| FakeSystem {
            commands: vec![("trunk", "/home/me/.cargo/bin/trunk")],
            outputs: vec![("/home/me/.cargo/bin/trunk --version", printed)],
            ..FakeSystem::default()
        };
        let on_path = InstallState::FoundOnPath("/home/me/.cargo/bin/trunk".into());
        assert_eq!(state_of("trunk", &own("trunk 0.21.14")), on_path);
        assert!(on_path.is_usable());
        assert_eq!(
            state_of("trunk", &own("trunk 0.22.0")),
            InstallState::Missing
        );
        // The copy in the cache would run, because it comes first on PATH.
        let mut broken = own("trunk 0.21.14");
        broken.files.push((TRUNK, ""));
        assert!(!state_of("trunk", &broken).is_usable());
    }

    #[test]
    fn an_npm_package_is_found_by_its_manifest() {
        const MANIFEST: &str = "/t/axe-core-4.14.1/node_modules/axe-core/package.json";
        const FILE: &str = "/t/axe-core-4.14.1/node_modules/axe-core/axe.min.js";
        let holds = |files| FakeSystem {
            files,
            ..FakeSystem::default()
        };
        assert_eq!(state_of(AXE, &holds(vec![])), InstallState::Missing);
        assert_eq!(
            state_of(
                AXE,
                &holds(vec![(MANIFEST, r#"{"version":"4.14.1"}"#), (FILE, "")])
            ),
            InstallState::Found
        );
        let old = holds(vec![(MANIFEST, r#"{"version":"4.10.0"}"#), (FILE, "")]);
        assert_eq!(state_of(AXE, &old), InstallState::Unusable("4.10.0".into()));
        let half = holds(vec![(MANIFEST, r#"{"version":"4.14.1"}"#)]);
        assert_eq!(
            state_of(AXE, &half),
            InstallState::Unusable("axe.min.js is not in it".into())
        );
        assert!(matches!(
            state_of(AXE, &holds(vec![(MANIFEST, "{")])),
            InstallState::Unusable(_)
        ));
    }

    #[test]
    fn the_wasm_target_is_found_without_rustup() {
        let mut system = FakeSystem {
            commands: vec![("rustc", "/usr/bin/rustc")],
            outputs: vec![(
                "/usr/bin/rustc --print target-libdir --target wasm32-unknown-unknown",
                "/lib/wasm\n",
            )],
            ..FakeSystem::default()
        };
        assert_eq!(state_of(WASM, &system), InstallState::Missing);
        system.files.push(("/lib/wasm", ""));
        assert_eq!(state_of(WASM, &system), InstallState::Found);
    }

    #[test]
    fn a_browser_needs_its_driver_too() {
        let mut system = FakeSystem {
            commands: vec![("google-chrome", "/usr/bin/google-chrome")],
            ..FakeSystem::default()
        };
        assert_eq!(state_of("chromium", &system), InstallState::Missing);
        system.files.push(("/opt/driver", ""));
        system.env_vars.push(("CHROMEDRIVER", "/opt/driver"));
        assert_eq!(state_of("chromium", &system), InstallState::Found);
        system.env_vars.clear();
        system
            .commands
            .push(("chromedriver", "/usr/bin/chromedriver"));
        assert_eq!(state_of("chromium", &system), InstallState::Found);
    }
}
