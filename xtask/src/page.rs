//! The pages Trunk builds: the frame, once more with Braintree's fields, and the booking page. Always the small build, as it is served, because what
//! is tested must be what is shipped.

use crate::build_record::BuildRecord;
use crate::command_error::CommandError;
use crate::compress;
use crate::context::Context;
use crate::progress::ProgressLine;
use crate::shorten;

/// A page with a Trunk.toml.
#[derive(Debug)]
pub struct TrunkPage {
    /// What it is called while it builds.
    pub name: &'static str,
    /// The folder of its Trunk.toml, from the root.
    pub folder: &'static str,
    /// Where it is built to, from the root.
    pub dist: &'static str,
    /// What only this page is made of, from the root.
    sources: &'static [&'static str],
}

/// What every page may be made of. More than each uses: building once too often is the smaller harm.
pub const SHARED: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "crates",
    "style",
    "public",
    "xtask/src/shorten.rs",
    "xtask/src/shorten",
];
/// Parts of those that no page is made of.
pub const NATIVE: &[&str] = &["wallet-server", "stripe-sandbox", "server", "tests"];

pub const FRAME: TrunkPage = TrunkPage {
    name: "frame",
    folder: "",
    dist: "dist",
    sources: &["index.html", "Trunk.toml", "src"],
};
/// The hosted frame with Braintree's fields: the same package, a feature more.
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

/// Builds `page` unless nothing changed.
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
    // Trunk reads NO_COLOR as true or false and refuses the usual 1.
    let process = process
        .env("TRUNK_OFFLINE", "true")
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        .env("NO_COLOR", "true");
    step.end(
        process
            .run_with_log(&context.log(page.name))
            .and_then(|()| shorten::page(&dist))
            .and_then(|()| compress::folder(&dist)),
    )?;
    record.save()
}
