//! The table of everything the project needs beyond Rust itself, each once, with its pinned version. Read by `state`
//! (is it there?), `install` (how to get it) and `tools` (where it lives). A version changes here and nowhere else in
//! this crate; wasm-bindgen's must equal the one in the root Cargo.toml, which a test holds.

use std::path::PathBuf;

use crate::machine::Machine;

/// What a need serves. A command installs only what its purposes ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Building the pages and programs, which is all the demo takes.
    Build,
    Format,
    Lint,
    Browser,
    Conformance,
    /// `test --only e2e`, beside `Build`.
    Journeys,
}

impl Purpose {
    /// All of them: what `setup` installs.
    pub const ALL: &[Self] = &[
        Self::Build,
        Self::Format,
        Self::Lint,
        Self::Browser,
        Self::Conformance,
        Self::Journeys,
    ];
}

/// How a need is found and installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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
    pub variable: &'static str,
    /// What it is called; the first one on PATH serves.
    pub names: &'static [&'static str],
}

impl SystemCommand {
    /// The person's file if there is one, else what is on PATH.
    pub fn find(&self, machine: &impl Machine) -> Option<PathBuf> {
        let given = machine.variable(self.variable).map(PathBuf::from);
        given
            .filter(|path| machine.has(path))
            .or_else(|| self.names.iter().find_map(|name| machine.find(name)))
    }
}

#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// The name its package manager knows.
    pub name: &'static str,
    /// The exact version; empty where the toolchain or the system decides.
    pub version: &'static str,
    /// What it is for, as the end of "needed to …".
    pub why: &'static str,
    /// Minutes to install on two cores; 0 is under one.
    pub minutes: u32,
    pub purposes: &'static [Purpose],
    /// How it is found and installed.
    pub kind: Kind,
}

impl Need {
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
    variable: "CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome"],
};
pub const CHROMEDRIVER: SystemCommand = SystemCommand {
    variable: "CHROMEDRIVER",
    names: &["chromedriver"],
};

use Purpose::{Browser, Build, Conformance, Format, Journeys, Lint};

pub const NEEDS: &[Need] = &[
    Need {
        name: WASM,
        version: "",
        why: "compile the pages",
        minutes: 0,
        purposes: &[Build, Lint, Browser],
        kind: Kind::Target,
    },
    Need {
        name: "rustfmt",
        version: "",
        why: "check the formatting",
        minutes: 0,
        purposes: &[Format],
        kind: Kind::Component { subcommand: "fmt" },
    },
    Need {
        name: "clippy",
        version: "",
        why: "lint",
        minutes: 0,
        purposes: &[Lint],
        kind: Kind::Component {
            subcommand: "clippy",
        },
    },
    // 0.22 needs a newer compiler than the project's.
    Need {
        name: "trunk",
        version: "0.21.14",
        why: "build the pages",
        minutes: 8,
        purposes: &[Build],
        kind: Kind::Crate { command: "trunk" },
    },
    Need {
        name: "wasm-bindgen-cli",
        version: "0.2.129",
        why: "join Wasm and JavaScript",
        minutes: 2,
        purposes: &[Build, Browser],
        kind: Kind::Crate {
            command: "wasm-bindgen",
        },
    },
    Need {
        name: "wasm-pack",
        version: "0.15.0",
        why: "build the companion and run tests in a browser",
        minutes: 2,
        purposes: &[Build, Browser],
        kind: Kind::Crate {
            command: "wasm-pack",
        },
    },
    Need {
        name: "cargo-deny",
        version: "0.20.2",
        why: "check the licences of what we depend on",
        minutes: 4,
        purposes: &[Lint],
        kind: Kind::Crate {
            command: "cargo-deny",
        },
    },
    // wasm-opt. Debian's is too old for the modules of the project's compiler.
    Need {
        name: "binaryen",
        version: "132.0.0",
        why: "shrink the Wasm",
        minutes: 0,
        purposes: &[Build, Browser],
        kind: Kind::Npm {
            file: "bin/wasm-opt",
        },
    },
    Need {
        name: AXE,
        version: "4.14.1",
        why: "check accessibility",
        minutes: 0,
        purposes: &[Journeys],
        kind: Kind::Npm { file: "axe.min.js" },
    },
    Need {
        name: "chromium",
        version: "",
        why: "run tests in a browser",
        minutes: 2,
        purposes: &[Browser, Conformance, Journeys],
        kind: Kind::Apt {
            packages: &["chromium", "chromium-driver"],
            commands: &[CHROMIUM, CHROMEDRIVER],
        },
    },
];

/// The rows that `purposes` ask for, in the table's order.
pub fn for_purposes(purposes: &[Purpose]) -> impl Iterator<Item = &'static Need> {
    NEEDS.iter().filter(move |need| {
        need.purposes
            .iter()
            .any(|purpose| purposes.contains(purpose))
    })
}

pub fn named(name: &str) -> Option<&'static Need> {
    NEEDS.iter().find(|need| need.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_asks_for_no_browser_and_no_linter() {
        let names: Vec<_> = for_purposes(&[Purpose::Build])
            .map(|need| need.name)
            .collect();
        assert_eq!(
            names,
            [WASM, "trunk", "wasm-bindgen-cli", "wasm-pack", "binaryen"]
        );
    }

    #[test]
    fn setup_asks_for_all() {
        assert_eq!(for_purposes(Purpose::ALL).count(), NEEDS.len());
    }

    #[test]
    fn the_command_matches_the_crate_to_the_patch() {
        let manifest = include_str!("../../Cargo.toml");
        let pinned =
            named("wasm-bindgen-cli").map(|need| format!("wasm-bindgen = \"={}\"", need.version));
        assert!(pinned.is_some_and(|line| manifest.contains(&line)));
    }
}
