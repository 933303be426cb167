//! The steps of `test` and the commands each is made of. `check` runs them; this only lists.

use std::path::PathBuf;
use std::time::Duration;

use crate::companion;
use crate::context::Context;
use crate::dependency::{self, AXE, Activity, CHROMEDRIVER, CHROMIUM, SystemCommand, WASM};
use crate::host_system::RealSystem;
use crate::process::Process;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestStep {
    /// Formatting and the project's rules.
    Fmt,
    Lint,
    Unit,
    /// Tests of browser code, in a browser.
    Browser,
    /// The sandbox, before Stripe's own clients.
    Conformance,
    E2e,
}

/// Packages that are compiled for the browser. Their pure parts are tested natively all the same.
const BROWSER: [&str; 3] = ["card-entry", "card-entry-companion", "booking-page"];
/// Far above a cold build and a full run on two slow cores; it only ends what hangs.
const STEP_TIMEOUT: Duration = Duration::from_secs(40 * 60);

impl TestStep {
    /// All, the quickest to fail first.
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

    /// What it looks at, for its heading.
    pub fn checks(self) -> &'static str {
        match self {
            Self::Fmt => "formatting and the project's rules",
            Self::Lint => "clippy, rustdoc, licences",
            Self::Unit => "everything that runs natively",
            Self::Browser => "components, in Chromium",
            Self::Conformance => "the sandbox, judged by Stripe's own clients",
            Self::E2e => "journeys through everything, in Chromium",
        }
    }

    /// What has to be installed for it.
    pub fn activities(self) -> &'static [Activity] {
        match self {
            Self::Fmt => &[Activity::Format],
            Self::Lint => &[Activity::Lint],
            Self::Unit => &[],
            Self::Browser => &[Activity::Browser],
            Self::Conformance => &[Activity::Conformance],
            Self::E2e => &[Activity::Build, Activity::E2e],
        }
    }

    /// Whether it ends with `test result:` lines.
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
                // As a page has it that names one of them: with all at once a missing module does not show.
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
                // No advisories: their database is a download of its own, and this must work without a network.
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
            // In their folder, and told where the sandbox is, by `judged`.
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

fn in_browser(context: &Context, args: &[&str]) -> Process {
    let process = context
        .process("wasm-pack")
        .args(["test", "--headless", "--chrome", "--mode", "no-install"])
        .args(args);
    // Isolation headers of the runner's own page would keep our iframes from loading.
    process
        .timeout(STEP_TIMEOUT)
        .env("WASM_BINDGEN_TEST_NO_ORIGIN_ISOLATION", "1")
        // A whole suite's limit, seconds: the default of 20 is for one that waits for nothing.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env(CHROMEDRIVER.env_var, installed_path(CHROMEDRIVER))
}

/// They start the demo themselves, as anyone would, and are told what setup found.
fn with_e2e_tools(context: &Context, process: Process) -> Process {
    let axe = dependency::by_name(AXE)
        .and_then(|dependency| context.tools.file(dependency))
        .unwrap_or_default();
    process
        .env("CARD_ENTRY_AXE", axe)
        .env(CHROMIUM.env_var, installed_path(CHROMIUM))
        .env(CHROMEDRIVER.env_var, installed_path(CHROMEDRIVER))
}

/// Setup made sure that there is one.
fn installed_path(command: SystemCommand) -> PathBuf {
    command.find(&RealSystem).unwrap_or_default()
}
