//! What `--help` says, and which flags each command takes. `arguments` reads the flags from here, so that a flag that
//! is accepted is also explained.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandName {
    Setup,
    Build,
    Demo,
    Test,
    Size,
}

impl CommandName {
    /// All, in the order a newcomer meets them.
    pub const ALL: [Self; 5] = [Self::Setup, Self::Build, Self::Demo, Self::Test, Self::Size];

    /// The word on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Build => "build",
            Self::Demo => "demo",
            Self::Test => "test",
            Self::Size => "size",
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
        }
    }
}

/// The text for `topic`, or for all.
pub fn text(command_name: Option<CommandName>) -> &'static str {
    match command_name {
        None => ALL,
        Some(CommandName::Setup) => SETUP,
        Some(CommandName::Build) => BUILD,
        Some(CommandName::Demo) => DEMO,
        Some(CommandName::Test) => TEST,
        Some(CommandName::Size) => SIZE,
    }
}

const ALL: &str = "\
cargo xtask: the project's commands

  cargo xtask setup    install what is missing; the other commands do it too, each what it needs
  cargo xtask build    build the pages and the programs
  cargo xtask demo     build, run everything on this computer and print where to look
  cargo xtask test     format, lint and test everything, in real browsers too
  cargo xtask size     weigh what a browser downloads, against the budget

`cargo xtask <command> --help` says more. The first run of `demo` installs its tools (about 15 minutes on 2 cores);
later runs install nothing. Tools live in ~/.cache/card-entry/tools, one folder per version, shared by all clones;
CARD_ENTRY_TOOLS moves them.";

const SETUP: &str = "\
cargo xtask setup [--offline]

Installs everything the other commands need: the Wasm target, rustfmt and clippy, trunk, wasm-bindgen, wasm-pack,
cargo-deny, binaryen, axe-core, Stripe's own clients (into conformance/node_modules), and Chromium with its driver.
What is there at the right version is left alone.

  --offline    fetch nothing: name what is missing and stop

Chromium comes from apt and needs root; without it the exact command to run is printed. npm packages need Node 20 or
newer. CARD_ENTRY_TOOLS=DIR keeps the tools somewhere else.";

const BUILD: &str = "\
cargo xtask build [--release] [--offline]

Builds the frame into dist/ and with Braintree's fields into dist-braintree/, the booking page into demo/dist/, the
companion for plain pages into crates/card-entry-companion/pkg/, each with a .br beside every file worth compressing,
and the three programs into cargo's build folder. Pages are always built small, as they are served.

  --release    compile the programs optimised, too
  --offline    use no network";

const DEMO: &str = "\
cargo xtask demo [--json] [--port-base 4400] [--release] [--data DIR] [--offline]

Builds everything, starts the booking site, the wallet server with the frames, and the sandbox, and prints where to
look once all of them answer. Ctrl-C ends them all.

  --json              print one line of JSON on stdout instead, once everything answers
  --port-base N       use the six ports from N (default 4400): booking page, wallet and frame, then the sandbox's
                      scripts, fields, hooks and API
  --release           compile the programs optimised
  --data DIR          keep databases, logs and configuration in DIR from run to run; without it they live in
                      target/demo-<port> and start afresh each time
  --offline           use no network";

const TEST: &str = "\
cargo xtask test [--only STEP]... [--offline]

Runs every step even if an earlier one fails, and ends with a table and `N passed, N failed`.

  --only fmt            rustfmt, and the project's own rules for source files
  --only lint           clippy natively and for Wasm, rustdoc, cargo deny
  --only unit           cargo test of everything that runs natively
  --only browser        the frame and the companion, component by component, in headless Chromium
  --only conformance    the sandbox, judged by Stripe's own clients from npm, in Node and in headless Chromium
  --only e2e            whole journeys against the running programs, in headless Chromium
  --offline             use no network

--only may be given several times. CHROMIUM=FILE and CHROMEDRIVER=FILE use another
browser and driver.";

const SIZE: &str = "\
cargo xtask size [--offline]

Builds the pages and prints what a browser downloads, in brotli 11, part by part. Ends with a failure when the frame
is over its budget.

  --offline    use no network";

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
