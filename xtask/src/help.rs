//! The help texts, and the flags that each command accepts. `arguments` reads the flags from here, so that every
//! accepted flag is explained.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandName {
    Setup,
    Build,
    Demo,
    Test,
    Size,
    Bench,
    Source,
}

impl CommandName {
    /// In the order of `--help`.
    pub const ALL: [Self; 7] = [
        Self::Setup,
        Self::Build,
        Self::Demo,
        Self::Test,
        Self::Size,
        Self::Bench,
        Self::Source,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Build => "build",
            Self::Demo => "demo",
            Self::Test => "test",
            Self::Size => "size",
            Self::Bench => "bench",
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
            Self::Bench => &[
                "--seconds",
                "--callers",
                "--database",
                "--rounds",
                "--commit",
                "--json",
                "--memory",
                "--requests",
                "--accounts",
                "--saves-per-day",
                "--busiest-hour",
                "--skew",
                "--seed",
                "--offline",
            ],
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
        Some(CommandName::Bench) => BENCH,
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
  cargo xtask bench    measure the wallet server, and simulate the queue at the gateway's limits
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

const BENCH: &str = "\
cargo xtask bench server [--seconds N] [--callers N,N] [--database KIND] [--rounds N] [--commit REV] [--json] [--memory]
cargo xtask bench queue  [--accounts N,N] [--saves-per-day N] [--busiest-hour PERCENT] [--skew S] [--seed N]

`server` builds with optimisation, starts the sandbox and the wallet server on free ports in a temporary folder, and
measures begin, save and list; beside it in the same run a yardstick: the smallest server with the same gateway calls
and one committed row. Prints a table and writes target/bench/server.svg. Every program starts anew in every round.

  --seconds N        of each measurement (default 5)
  --callers N,N      callers at a time in the closed load (default 1,16,64)
  --database KIND    sqlite, postgres or both (default; PostgreSQL must be installed, a temporary server is started)
  --rounds N         how often each program is measured; they take turns (default 3)
  --commit REV       measure another commit too: it is checked out and built beside the working tree
  --json             print every figure of every round as JSON instead of the table
  --memory           measure memory instead, with many requests of each kind
  --requests N       of each kind, for --memory (default 100000)

`queue` simulates the busiest hour in front of the gateway's rate limits and prints how long saves wait.

  --accounts N,N          numbers of accounts (default 100,1000,10000)
  --saves-per-day N       cards saved on an average day and account (default 50)
  --busiest-hour PERCENT  the share of a day's saves in its busiest hour (default 15)
  --skew S                the exponent of Zipf's law: 0 makes all accounts equal (default 1)
  --seed N                of the random numbers (default 1)

Both take:

  --offline          use no network

docs/benchmarks.md says what each figure means.";

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
