//! The steps of `test` and the commands each is made of. `check` runs them; this only lists.

use std::path::PathBuf;
use std::time::Duration;

use crate::companion;
use crate::job::Job;
use crate::machine::Host;
use crate::need::{self, AXE, CHROMEDRIVER, CHROMIUM, Purpose, SystemCommand, WASM};
use crate::workshop::Workshop;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepName {
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
const LIMIT: Duration = Duration::from_secs(40 * 60);

impl StepName {
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

    pub fn named(name: &str) -> Option<Self> {
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
    pub fn purposes(self) -> &'static [Purpose] {
        match self {
            Self::Fmt => &[Purpose::Format],
            Self::Lint => &[Purpose::Lint],
            Self::Unit => &[],
            Self::Browser => &[Purpose::Browser],
            Self::Conformance => &[Purpose::Conformance],
            Self::E2e => &[Purpose::Build, Purpose::Journeys],
        }
    }

    /// Whether it ends with `test result:` lines.
    pub fn runs_tests(self) -> bool {
        matches!(
            self,
            Self::Unit | Self::Browser | Self::Conformance | Self::E2e
        )
    }

    pub fn jobs(self, shop: &Workshop) -> Vec<Job> {
        let cargo = |line: &str| shop.job("cargo").args(line.split_whitespace()).limit(LIMIT);
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
                cargo(&format!("doc {native} --no-deps")).variable("RUSTDOCFLAGS", "-D warnings"),
                cargo(&format!(
                    "doc -p card-entry -p booking-page --no-deps --target {WASM}"
                ))
                .variable("RUSTDOCFLAGS", "-D warnings"),
                cargo(&format!(
                    "doc -p card-entry-companion --all-features --no-deps --target {WASM}"
                ))
                .variable("RUSTDOCFLAGS", "-D warnings"),
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
                in_browser(shop, &[".", "-p", "card-entry", "--test", "browser"]),
                in_browser(shop, &[companion::FOLDER, "--all-features", "--test", "*"]),
            ],
            // In their folder, and told where the sandbox is, by `judged`.
            Self::Conformance => vec![
                shop.job("npm").args(["run", "--silent", "types"]),
                shop.job("npm").args(["test", "--silent"]),
            ]
            .into_iter()
            .map(|job| job.limit(LIMIT))
            .collect(),
            Self::E2e => vec![journeys(shop, cargo("test -p e2e --no-fail-fast"))],
        }
    }
}

fn in_browser(shop: &Workshop, args: &[&str]) -> Job {
    let job = shop
        .job("wasm-pack")
        .args(["test", "--headless", "--chrome", "--mode", "no-install"])
        .args(args);
    // Isolation headers of the runner's own page would keep our iframes from loading.
    job.limit(LIMIT)
        .variable("WASM_BINDGEN_TEST_NO_ORIGIN_ISOLATION", "1")
        // A whole suite's limit, seconds: the default of 20 is for one that waits for nothing.
        .variable("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .variable(CHROMEDRIVER.variable, found(CHROMEDRIVER))
}

/// They start the demo themselves, as anyone would, and are told what setup found.
fn journeys(shop: &Workshop, job: Job) -> Job {
    let axe = need::named(AXE)
        .and_then(|need| shop.tools.file(need))
        .unwrap_or_default();
    job.variable("CARD_ENTRY_AXE", axe)
        .variable(CHROMIUM.variable, found(CHROMIUM))
        .variable(CHROMEDRIVER.variable, found(CHROMEDRIVER))
}

/// Setup made sure that there is one.
fn found(command: SystemCommand) -> PathBuf {
    command.find(&Host).unwrap_or_default()
}
