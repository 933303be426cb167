//! The steps of `test`, with their commands and what must be installed. `check` runs them.

use std::path::PathBuf;
use std::time::Duration;

use super::postgres::PostgresUnderTest;
use crate::companion;
use crate::context::Context;
use crate::dependency::{self, AXE, Activity, WASM};
use crate::host_system::RealSystem;
use crate::process::Process;
use crate::system_command::{CHROMEDRIVER, CHROMIUM, SystemCommand};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestStep {
    Fmt,
    Lint,
    Unit,
    Browser,
    Conformance,
    E2e,
}

/// Packages that are compiled for the browser. Their parts without a browser are tested natively too.
const BROWSER: [&str; 3] = ["card-entry", "card-entry-companion", "booking-page"];
/// Longer than a first build with a full run on two slow cores: it stops only commands that hang.
const STEP_TIMEOUT: Duration = Duration::from_secs(40 * 60);

impl TestStep {
    /// In the order of `test`: the fastest first.
    pub const ALL: [Self; 6] = [
        Self::Fmt,
        Self::Lint,
        Self::Unit,
        Self::Browser,
        Self::Conformance,
        Self::E2e,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Lint => "lint",
            Self::Unit => "unit",
            Self::Browser => "browser",
            Self::Conformance => "conformance",
            Self::E2e => "e2e",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == name)
    }

    /// What the step checks, for its heading.
    pub fn checks(self) -> &'static str {
        match self {
            Self::Fmt => "formatting",
            Self::Lint => "source rules, clippy, rustdoc, licences",
            Self::Unit => "all tests that run natively",
            Self::Browser => "components, in Chromium",
            Self::Conformance => "the sandbox, tested with Stripe's own client libraries",
            Self::E2e => "journeys through the running programs, in Chromium",
        }
    }

    /// What must be installed for the step.
    pub fn activities(self) -> &'static [Activity] {
        match self {
            Self::Fmt => &[Activity::Format],
            Self::Lint => &[Activity::Lint],
            Self::Unit => &[Activity::Unit],
            Self::Browser => &[Activity::Browser],
            Self::Conformance => &[Activity::Conformance],
            Self::E2e => &[Activity::Build, Activity::E2e],
        }
    }

    /// Whether its commands print `test result:` lines.
    pub fn runs_tests(self) -> bool {
        matches!(
            self,
            Self::Unit | Self::Browser | Self::Conformance | Self::E2e
        )
    }

    pub fn processes(self, context: &Context) -> Vec<Process> {
        let cargo = |line: &str| {
            context
                .process("cargo")
                .args(line.split_whitespace())
                .timeout(STEP_TIMEOUT)
        };
        let without = |packages: &[&str]| -> String {
            packages
                .iter()
                .map(|name| format!(" --exclude {name}"))
                .collect()
        };
        let native = format!("--workspace{}", without(&BROWSER));
        let alone = |adapter: &str| {
            cargo(&format!(
                "clippy -p card-entry-companion --no-default-features --features {adapter} --target {WASM} -- -D warnings"
            ))
        };
        match self {
            Self::Fmt => vec![cargo("fmt --all --check")],
            Self::Lint => vec![
                cargo(&format!("clippy {native} --all-targets -- -D warnings")),
                cargo(&format!(
                    "clippy -p card-entry -p booking-page --all-targets --target {WASM} -- -D warnings"
                )),
                cargo(&format!(
                    "clippy -p card-entry --features braintree --target {WASM} -- -D warnings"
                )),
                cargo(&format!(
                    "clippy -p card-entry-companion --all-features --all-targets --target {WASM} -- -D warnings"
                )),
                // Each adapter alone, as a page uses it: with all of them, a missing module is not noticed.
                alone("mytime"),
                alone("mikrocloud"),
                alone("bokamera"),
                alone("quilt"),
                alone("ticket_evolution"),
                cargo(&format!("doc {native} --no-deps")).env("RUSTDOCFLAGS", "-D warnings"),
                cargo(&format!(
                    "doc -p card-entry -p booking-page --no-deps --target {WASM}"
                ))
                .env("RUSTDOCFLAGS", "-D warnings"),
                cargo(&format!(
                    "doc -p card-entry-companion --all-features --no-deps --target {WASM}"
                ))
                .env("RUSTDOCFLAGS", "-D warnings"),
                // Advisories are left out: their database is a download, and the step must work without a network.
                cargo("deny --all-features check licenses bans sources"),
            ],
            Self::Unit => vec![
                cargo(&format!("test {native} --exclude e2e --no-fail-fast")),
                cargo(
                    "test -p card-entry -p card-entry-companion -p booking-page --lib --bins --no-fail-fast",
                ),
            ],
            Self::Browser => vec![
                in_browser(context, &[".", "-p", "card-entry", "--test", "browser"]),
                in_browser(
                    context,
                    &[companion::FOLDER, "--all-features", "--test", "*"],
                ),
            ],
            // `sandbox` sets their folder and the addresses.
            Self::Conformance => vec![
                context.process("npm").args(["run", "--silent", "types"]),
                context.process("npm").args(["test", "--silent"]),
            ]
            .into_iter()
            .map(|process| process.timeout(STEP_TIMEOUT))
            .collect(),
            Self::E2e => vec![with_e2e_tools(context, cargo("test -p e2e --no-fail-fast"))],
        }
    }
}

/// The tests of the wallet server once more, on the PostgreSQL server at `url`.
pub fn on_postgres(context: &Context, url: &str) -> Process {
    context
        .process("cargo")
        .args("test -p wallet-store -p wallet-server --tests --no-fail-fast".split_whitespace())
        .timeout(STEP_TIMEOUT)
        .env(PostgresUnderTest::VARIABLE, url)
}

fn in_browser(context: &Context, args: &[&str]) -> Process {
    let process = context
        .process("wasm-pack")
        .args(["test", "--headless", "--chrome", "--mode", "no-install"])
        .args(args);
    // With the isolation headers of the runner's page, our iframes would not load.
    process
        .timeout(STEP_TIMEOUT)
        .env("WASM_BINDGEN_TEST_NO_ORIGIN_ISOLATION", "1")
        // Seconds for a whole suite. The default of 20 is too short for tests that wait.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env(CHROMEDRIVER.env_var, installed_path(CHROMEDRIVER))
}

/// The e2e tests start the demo themselves; the variables name the browser, the driver and axe-core.
fn with_e2e_tools(context: &Context, process: Process) -> Process {
    let axe = dependency::by_name(AXE)
        .and_then(|dependency| context.tools.file(dependency))
        .unwrap_or_default();
    process
        .env("CARD_ENTRY_AXE", axe)
        .env(CHROMIUM.env_var, installed_path(CHROMIUM))
        .env(CHROMEDRIVER.env_var, installed_path(CHROMEDRIVER))
}

/// Empty if the command is missing, which `setup` prevents.
fn installed_path(command: SystemCommand) -> PathBuf {
    command.find(&RealSystem).unwrap_or_default()
}
