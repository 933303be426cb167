//! The help texts, and the flags that each command accepts. `arguments` reads the flags from here, so that every
//! accepted flag is explained.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandName {
    Setup,
    Build,
    Demo,
    Test,
    Size,
    Source,
}

impl CommandName {
    /// In the order of `--help`.
    pub const ALL: [Self; 6] = [
        Self::Setup,
        Self::Build,
        Self::Demo,
        Self::Test,
        Self::Size,
        Self::Source,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Build => "build",
            Self::Demo => "demo",
            Self::Test => "test",
            Self::Size => "size",
            Self::Source => "source",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|command_name| command_name.as_str() == name)
    }

    pub fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Setup | Self::Size => &["--offline"],
            Self::Build => &["--release", "--offline"],
            Self::Demo => &["--json", "--port-base", "--release", "--data", "--offline"],
            Self::Test => &["--only", "--offline"],
            Self::Source => &["--commits"],
        }
    }
}

/// The help of one command, or the list of all commands.
pub fn text(command_name: Option<CommandName>) -> &'static str {
    match command_name {
        None => ALL,
        Some(CommandName::Setup) => SETUP,
        Some(CommandName::Build) => BUILD,
        Some(CommandName::Demo) => DEMO,
        Some(CommandName::Test) => TEST,
        Some(CommandName::Size) => SIZE,
        Some(CommandName::Source) => SOURCE,
    }
}

const ALL: &str = "\
cargo xtask: the project's commands

  cargo xtask setup    install the tools that are missing; every other command first installs those it needs
  cargo xtask build    build the pages and the programs
  cargo xtask demo     build, start everything on this computer, print the addresses
  cargo xtask test     check formatting, lint, and run all tests, also in real browsers
  cargo xtask size     print how many bytes a browser downloads, and compare with the budget
  cargo xtask source   check the rules for source files and commit subjects; takes seconds, installs nothing

`cargo xtask <command> --help` says more. The first run of `demo` installs its tools (about 4 minutes on 2 cores) and
compiles everything (about 6); later runs install nothing. The tools are in ~/.cache/card-entry/tools, one folder per version, shared by all clones
of this user. To use another folder, set CARD_ENTRY_TOOLS.";

const SETUP: &str = "\
cargo xtask setup [--offline]

Installs everything the other commands need: the Wasm target, rustfmt and clippy, trunk, wasm-bindgen, wasm-pack,
cargo-deny, binaryen, axe-core, Stripe's own client libraries (in conformance/node_modules), and Chromium with its
driver. A tool that is installed with the right version is not changed, and one of the right version on PATH is used.
A missing tool is downloaded with cargo-binstall, if you have it, from its project's releases; otherwise it is compiled.

  --offline    download nothing: name what is missing and stop

Chromium is installed with apt, which needs root; without root, setup prints the command to run. npm packages need
Node 20 or newer. To keep the tools in another folder, set CARD_ENTRY_TOOLS=DIR.";

const BUILD: &str = "\
cargo xtask build [--release] [--offline]

Builds the frame into dist/, the frame with Braintree's fields into dist-braintree/, the booking page into demo/dist/,
the companion for plain pages into crates/card-entry-companion/pkg/, and the three programs into cargo's target
folder. Every file that compresses well gets a .br file beside it. Pages are always optimised for size.

  --release    optimise the programs too
  --offline    use no network";

const DEMO: &str = "\
cargo xtask demo [--json] [--port-base 4400] [--release] [--data DIR] [--offline]

Builds everything and starts the sandbox, the wallet server with the frames, and the booking site. Prints the addresses
when all of them answer. Ctrl-C stops all of them.

  --json              print one line of JSON on stdout instead: addresses, keys, tokens and ids of each wallet system
  --port-base N       use the six ports from N (default 4400): booking page, wallet server and frame, then the
                      sandbox's scripts, fields, hooks and API
  --release           optimise the programs
  --data DIR          keep databases, logs and configuration in DIR from run to run; without it they are in
                      target/demo-<port>, which every start empties
  --offline           use no network";

const TEST: &str = "\
cargo xtask test [--only STEP]... [--offline]

Runs every step, also after one failed. Ends with a table and the line `N passed, N failed`.

  --only fmt            rustfmt
  --only lint           the rules of `cargo xtask source`, clippy natively and for Wasm, rustdoc, cargo deny
  --only unit           all tests that run natively
  --only browser        the frame and the companion, component by component, in headless Chromium
  --only conformance    the sandbox, tested with Stripe's own client libraries from npm, in Node and in Chromium
  --only e2e            whole journeys through the running programs, in headless Chromium
  --offline             use no network

--only may be given several times. To use another browser and driver, set CHROMIUM=FILE and CHROMEDRIVER=FILE.";

const SIZE: &str = "\
cargo xtask size [--offline]

Builds the pages and prints what a browser downloads, part by part, in bytes compressed with brotli 11. Fails when the
frame or the companion is larger than its budget.

  --offline    use no network";

const SOURCE: &str = "\
cargo xtask source [--commits RANGE]

Checks the rules for source files: a header in each, no banned words in identifiers, no type name with two meanings,
few very short doc comments, no functions with six arguments or more, no message to any window. Checks the subjects of
the branch's commits too. Prints every finding, and fails when there is one. `test --only lint` runs the same.

  --commits RANGE    check the subjects of these commits (default: those since the branch left origin/main)";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_is_explained_and_every_command_listed() {
        for command_name in CommandName::ALL {
            assert!(text(None).contains(&format!("cargo xtask {} ", command_name.as_str())));
            for flag in command_name.flags() {
                assert!(
                    text(Some(command_name)).contains(&format!("\n  {flag}")),
                    "{} {flag}",
                    command_name.as_str()
                );
            }
        }
    }
}
