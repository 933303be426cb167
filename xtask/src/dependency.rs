//! The table of the tools that the project needs besides Rust, with their versions. `install_state` checks them, `install`
//! installs them, `tool_cache` names their folders. A version must never be anywhere else in this crate. wasm-bindgen's must
//! equal the one in the root Cargo.toml, which a test checks.

use crate::system_command::{CHROMEDRIVER, CHROMIUM, INITDB, SystemCommand};

/// What a dependency is needed for. A command installs only the dependencies of its activities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// Building the pages and programs. The demo needs nothing else.
    Build,
    Format,
    Lint,
    Unit,
    Browser,
    Conformance,
    /// `test --only e2e`, which needs `Build` too.
    E2e,
}

impl Activity {
    /// `setup` installs the dependencies of all.
    pub const ALL: &[Self] = &[
        Self::Build,
        Self::Format,
        Self::Lint,
        Self::Unit,
        Self::Browser,
        Self::Conformance,
        Self::E2e,
    ];
}

/// How a dependency is found and installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DependencyKind {
    /// A compilation target of the Rust toolchain.
    Target,
    /// A component of the Rust toolchain, run as `cargo <subcommand>`.
    Component { subcommand: &'static str },
    /// A crate from crates.io, installed into the cache. `command` is its program.
    Crate {
        command: &'static str,
        features: ToolFeatures,
    },
    /// An npm package in the cache. `file` is the file in it that we use.
    Npm { file: &'static str },
    /// System packages that provide these commands.
    Apt {
        packages: &'static [&'static str],
        commands: &'static [SystemCommand],
    },
}

/// Which cargo features of a tool are compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolFeatures {
    Default,
    /// Its defaults are TLS and a look for updates, which we never use.
    NoDefault,
}

#[derive(Debug, Clone, Copy)]
pub struct Dependency {
    /// The name in its package manager.
    pub name: &'static str,
    /// The exact version. Empty if the toolchain or the system decides.
    pub version: &'static str,
    /// Completes the sentence "it is needed to …".
    pub used_to: &'static str,
    /// Minutes to install on two cores. 0 means less than one.
    pub minutes: u32,
    pub activities: &'static [Activity],
    pub kind: DependencyKind,
}

impl Dependency {
    /// Name and version, such as `trunk 0.21.14`; the name alone if no version is pinned.
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
/// The accessibility checker that the e2e tests run in our pages.
pub const AXE: &str = "axe-core";
use Activity::{Browser, Build, Conformance, E2e, Format, Lint, Unit};
use ToolFeatures::{Default, NoDefault};

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
    // 0.22 needs a newer compiler than the project uses.
    Dependency {
        name: "trunk",
        version: "0.21.14",
        used_to: "build the pages",
        minutes: 3,
        activities: &[Build],
        kind: DependencyKind::Crate {
            command: "trunk",
            features: NoDefault,
        },
    },
    Dependency {
        name: "wasm-bindgen-cli",
        version: "0.2.129",
        used_to: "join Wasm and JavaScript",
        minutes: 1,
        activities: &[Build, Browser],
        kind: DependencyKind::Crate {
            command: "wasm-bindgen",
            features: NoDefault,
        },
    },
    Dependency {
        name: "wasm-pack",
        version: "0.15.0",
        used_to: "run tests in a browser",
        minutes: 1,
        activities: &[Browser],
        kind: DependencyKind::Crate {
            command: "wasm-pack",
            features: Default,
        },
    },
    Dependency {
        name: "cargo-deny",
        version: "0.20.2",
        used_to: "check the licences of what we depend on",
        minutes: 2,
        activities: &[Lint],
        kind: DependencyKind::Crate {
            command: "cargo-deny",
            features: Default,
        },
    },
    // Contains wasm-opt. Debian's version is too old for the modules of the project's compiler.
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
    Dependency {
        name: "postgresql",
        version: "",
        used_to: "test the wallet server with it",
        minutes: 1,
        activities: &[Unit],
        kind: DependencyKind::Apt {
            packages: &["postgresql"],
            commands: &[INITDB],
        },
    },
];

/// The dependencies of `activities`, in the order of the table.
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
    fn the_demo_waits_for_no_test_tool() {
        let names: Vec<_> = for_activities(&[Activity::Build])
            .map(|dependency| dependency.name)
            .collect();
        assert_eq!(names, [WASM, "trunk", "wasm-bindgen-cli", "binaryen"]);
    }

    #[test]
    fn setup_installs_all_dependencies() {
        assert_eq!(for_activities(Activity::ALL).count(), DEPENDENCIES.len());
    }

    #[test]
    fn wasm_bindgen_has_one_version() {
        let manifest = include_str!("../../Cargo.toml");
        let pinned = by_name("wasm-bindgen-cli")
            .map(|dependency| format!("wasm-bindgen = \"={}\"", dependency.version));
        assert!(pinned.is_some_and(|line| manifest.contains(&line)));
    }
}
