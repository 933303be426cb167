//! The table of everything the project needs beyond Rust itself, each once, with its pinned version. Read by `state`
//! (is it there?), `install` (how to get it) and `tools` (where it lives). A version changes here and nowhere else in
//! this crate; wasm-bindgen's must equal the one in the root Cargo.toml, which a test holds.

use std::path::PathBuf;

use crate::host_system::HostSystem;

/// What a need serves. A command installs only what its purposes ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// Building the pages and programs, which is all the demo takes.
    Build,
    Format,
    Lint,
    Browser,
    Conformance,
    /// `test --only e2e`, beside `Build`.
    E2e,
}

impl Activity {
    /// All of them: what `setup` installs.
    pub const ALL: &[Self] = &[
        Self::Build,
        Self::Format,
        Self::Lint,
        Self::Browser,
        Self::Conformance,
        Self::E2e,
    ];
}

/// How a need is found and installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DependencyKind {
    /// A compilation target of the Rust toolchain.
    Target,
    /// A component of the Rust toolchain, answering to `cargo <subcommand>`.
    Component { subcommand: &'static str },
    /// A command built from the crate of the same name into the cache.
    Crate { command: &'static str },
    /// An npm package in the cache; `file` inside it is what we use.
    Npm { file: &'static str },
    /// System packages, which bring these commands.
    Apt {
        packages: &'static [&'static str],
        commands: &'static [SystemCommand],
    },
}

/// A command the system brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemCommand {
    /// The environment variable by which a person names another file.
    pub env_var: &'static str,
    /// What it is called; the first one on PATH serves.
    pub names: &'static [&'static str],
}

impl SystemCommand {
    /// The person's file if there is one, else what is on PATH.
    pub fn find(&self, system: &impl HostSystem) -> Option<PathBuf> {
        let given = system.env_var(self.env_var).map(PathBuf::from);
        given
            .filter(|path| system.exists(path))
            .or_else(|| self.names.iter().find_map(|name| system.find(name)))
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Dependency {
    /// The name its package manager knows.
    pub name: &'static str,
    /// The exact version; empty where the toolchain or the system decides.
    pub version: &'static str,
    /// What it is for, as the end of "needed to …".
    pub used_to: &'static str,
    /// Minutes to install on two cores; 0 is under one.
    pub minutes: u32,
    pub activities: &'static [Activity],
    /// How it is found and installed.
    pub kind: DependencyKind,
}

impl Dependency {
    /// `trunk 0.21.14`, or the bare name where no version is pinned.
    pub fn title(&self) -> String {
        if self.version.is_empty() {
            self.name.to_owned()
        } else {
            format!("{} {}", self.name, self.version)
        }
    }
}

/// The target the pages are compiled to.
pub const WASM: &str = "wasm32-unknown-unknown";
/// The accessibility engine the journeys inject into our pages.
pub const AXE: &str = "axe-core";
/// A browser of Chromium's family.
pub const CHROMIUM: SystemCommand = SystemCommand {
    env_var: "CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome"],
};
pub const CHROMEDRIVER: SystemCommand = SystemCommand {
    env_var: "CHROMEDRIVER",
    names: &["chromedriver"],
};

use Activity::{Browser, Build, Conformance, E2e, Format, Lint};

pub const DEPENDENCIES: &[Dependency] = &[
    Dependency {
        name: WASM,
        version: "",
        used_to: "compile the pages",
        minutes: 0,
        activities: &[Build, Lint, Browser],
        kind: DependencyKind::Target,
    },
    Dependency {
        name: "rustfmt",
        version: "",
        used_to: "check the formatting",
        minutes: 0,
        activities: &[Format],
        kind: DependencyKind::Component { subcommand: "fmt" },
    },
    Dependency {
        name: "clippy",
        version: "",
        used_to: "lint",
        minutes: 0,
        activities: &[Lint],
        kind: DependencyKind::Component {
            subcommand: "clippy",
        },
    },
    // 0.22 needs a newer compiler than the project's.
    Dependency {
        name: "trunk",
        version: "0.21.14",
        used_to: "build the pages",
        minutes: 8,
        activities: &[Build],
        kind: DependencyKind::Crate { command: "trunk" },
    },
    Dependency {
        name: "wasm-bindgen-cli",
        version: "0.2.129",
        used_to: "join Wasm and JavaScript",
        minutes: 2,
        activities: &[Build, Browser],
        kind: DependencyKind::Crate {
            command: "wasm-bindgen",
        },
    },
    Dependency {
        name: "wasm-pack",
        version: "0.15.0",
        used_to: "build the companion and run tests in a browser",
        minutes: 2,
        activities: &[Build, Browser],
        kind: DependencyKind::Crate {
            command: "wasm-pack",
        },
    },
    Dependency {
        name: "cargo-deny",
        version: "0.20.2",
        used_to: "check the licences of what we depend on",
        minutes: 4,
        activities: &[Lint],
        kind: DependencyKind::Crate {
            command: "cargo-deny",
        },
    },
    // wasm-opt. Debian's is too old for the modules of the project's compiler.
    Dependency {
        name: "binaryen",
        version: "132.0.0",
        used_to: "shrink the Wasm",
        minutes: 0,
        activities: &[Build, Browser],
        kind: DependencyKind::Npm {
            file: "bin/wasm-opt",
        },
    },
    Dependency {
        name: AXE,
        version: "4.14.1",
        used_to: "check accessibility",
        minutes: 0,
        activities: &[E2e],
        kind: DependencyKind::Npm { file: "axe.min.js" },
    },
    Dependency {
        name: "chromium",
        version: "",
        used_to: "run tests in a browser",
        minutes: 2,
        activities: &[Browser, Conformance, E2e],
        kind: DependencyKind::Apt {
            packages: &["chromium", "chromium-driver"],
            commands: &[CHROMIUM, CHROMEDRIVER],
        },
    },
];

/// The rows that `purposes` ask for, in the table's order.
pub fn for_activities(activities: &[Activity]) -> impl Iterator<Item = &'static Dependency> {
    DEPENDENCIES.iter().filter(move |dependency| {
        dependency
            .activities
            .iter()
            .any(|purpose| activities.contains(purpose))
    })
}

pub fn by_name(name: &str) -> Option<&'static Dependency> {
    DEPENDENCIES
        .iter()
        .find(|dependency| dependency.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_asks_for_no_browser_and_no_linter() {
        let names: Vec<_> = for_activities(&[Activity::Build])
            .map(|dependency| dependency.name)
            .collect();
        assert_eq!(
            names,
            [WASM, "trunk", "wasm-bindgen-cli", "wasm-pack", "binaryen"]
        );
    }

    #[test]
    fn setup_asks_for_all() {
        assert_eq!(for_activities(Activity::ALL).count(), DEPENDENCIES.len());
    }

    #[test]
    fn the_command_matches_the_crate_to_the_patch() {
        let manifest = include_str!("../../Cargo.toml");
        let pinned = by_name("wasm-bindgen-cli")
            .map(|dependency| format!("wasm-bindgen = \"={}\"", dependency.version));
        assert!(pinned.is_some_and(|line| manifest.contains(&line)));
    }
}
