//! Builds the pages with Trunk: the frame, the frame with Braintree's fields, and the booking page. Always the release
//! build, because the tests must test what is shipped.

use crate::build_record::BuildRecord;
use crate::command_error::CommandError;
use crate::compress;
use crate::context::Context;
use crate::progress::ProgressLine;
use crate::shorten;

/// A page with a Trunk.toml.
#[derive(Debug)]
pub struct TrunkPage {
    /// The name in progress lines and log files.
    pub name: &'static str,
    /// The folder of its Trunk.toml, from the project's root.
    pub folder: &'static str,
    /// The output folder, from the project's root.
    pub dist: &'static str,
    /// Files and folders that only this page is built from.
    sources: &'static [&'static str],
}

/// Files and folders that every page may be built from. Each page uses fewer: an unneeded build does less harm than an
/// old page.
pub const SHARED: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "crates",
    "style",
    "public",
    "xtask/src/shorten.rs",
    "xtask/src/shorten",
];
/// Folders in `SHARED` that no page is built from.
pub const NATIVE: &[&str] = &["wallet-server", "stripe-sandbox", "server", "tests"];

pub const FRAME: TrunkPage = TrunkPage {
    name: "frame",
    folder: "",
    dist: "dist",
    sources: &["index.html", "Trunk.toml", "src"],
};
/// The frame with Braintree's fields: the same package with one more feature.
pub const BRAINTREE: TrunkPage = TrunkPage {
    name: "frame for Braintree",
    folder: "braintree",
    dist: "dist-braintree",
    sources: &["braintree", "src"],
};
pub const BOOKING: TrunkPage = TrunkPage {
    name: "booking page",
    folder: "demo",
    dist: "demo/dist",
    sources: &["demo"],
};

/// Builds `page` if its sources or its output changed.
pub fn build(context: &Context, page: &TrunkPage) -> Result<(), CommandError> {
    let dist = context.root.join(page.dist);
    let record = BuildRecord::new(
        context,
        &page.name.replace(' ', "-"),
        &[SHARED, page.sources],
        NATIVE,
        &dist,
    );
    let step = ProgressLine::begin(
        &format!("building the {}", page.name),
        Some("about 2 minutes the first time"),
    );
    if record.is_unchanged() {
        step.unchanged();
        return Ok(());
    }
    let process = context
        .process("trunk")
        .args(["build", "--release"])
        .dir(&context.root.join(page.folder));
    // Trunk accepts `true` and `false` for NO_COLOR, and fails on the usual `1`.
    let process = process
        .env("TRUNK_OFFLINE", "true")
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("NO_COLOR", "true")
        .count_crates(step.counter());
    step.end(
        process
            .run_with_log(&context.log(page.name))
            .and_then(|()| shorten::page(&dist))
            .and_then(|()| compress::folder(&dist)),
    )?;
    record.save()
}
