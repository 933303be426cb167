//! Builds the companion for plain pages with wasm-pack: the custom element as an ES module, and its Wasm.

mod adapter;

use std::path::{Path, PathBuf};

use crate::build_record::BuildRecord;
use crate::command_error::CommandError;
use crate::compress;
use crate::context::Context;
use crate::page::{NATIVE, SHARED};
use crate::progress::ProgressLine;
use crate::shorten;
use adapter::Adapter;

/// The crate's folder, from the project's root.
pub const FOLDER: &str = "crates/card-entry-companion";

/// The file name of the module and of its JavaScript, without extension.
const NAME: &str = "card_entry_companion";

/// The wallet system of the demo's plain page.
const ADAPTER: Adapter = Adapter::MyTime;

/// The output folder of wasm-pack.
pub fn package(context: &Context) -> PathBuf {
    context.root.join(FOLDER).join("pkg")
}

/// Builds it if its sources or its output changed.
pub fn build(context: &Context) -> Result<(), CommandError> {
    let package = package(context);
    let record = BuildRecord::new(context, "companion", &[SHARED], NATIVE, &package);
    let step = ProgressLine::begin(
        "building the companion for plain pages",
        Some("about a minute the first time"),
    );
    if record.is_unchanged() {
        step.unchanged();
        return Ok(());
    }
    // wasm-pack reads the package.json that it wrote before, and fails on the `repository` in it.
    remove_package(&package)?;
    // no-install: a missing tool is an error, never a download.
    let process = context.process("wasm-pack").args([
        "build",
        FOLDER,
        "--target",
        "web",
        "--mode",
        "no-install",
    ]);
    let features = format!("element,{}", ADAPTER.as_str());
    let process = process.args([
        "--profile",
        "wasm-release",
        "--",
        "--no-default-features",
        "--features",
        &features,
    ]);
    step.end(
        process
            .run_with_log(&context.log("companion"))
            .and_then(|()| check_adapter(&package))
            .and_then(|()| shorten::package(&package, NAME))
            .and_then(|()| compress::folder(&package)),
    )?;
    record.save()
}

/// A page that names one adapter must not download the others.
fn check_adapter(package: &Path) -> Result<(), CommandError> {
    let file = package.join(format!("{NAME}_bg.wasm"));
    let wasm = std::fs::read(&file).map_err(|cause| CommandError::io("reading", &file, &cause))?;
    ADAPTER.check_only_adapter(&wasm)
}

fn remove_package(package: &Path) -> Result<(), CommandError> {
    match std::fs::remove_dir_all(package) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(CommandError::new(
            format!("{} cannot be removed: {error}", package.display()),
            "Close the programs that use it, then run the same command again.",
        )),
        _ => Ok(()),
    }
}
