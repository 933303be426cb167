//! The companion for plain pages: the custom element as an ES module with its Wasm, built by wasm-pack.

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

/// The crate's folder, from the root.
pub const FOLDER: &str = "crates/card-entry-companion";

/// What its module and its glue are called.
const NAME: &str = "card_entry_companion";

/// The wallet the demo's plain page has.
const ADAPTER: Adapter = Adapter::MyTime;

/// Where it is built to.
pub fn package(context: &Context) -> PathBuf {
    context.root.join(FOLDER).join("pkg")
}

/// Builds it unless nothing changed.
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
    // wasm-pack reads a package it wrote before and stumbles over its own `repository`.
    remove_package(&package)?;
    // no-install: a wrong tool is a failure here and never a download.
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

/// Removes the package of an earlier build.
fn remove_package(package: &Path) -> Result<(), CommandError> {
    match std::fs::remove_dir_all(package) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(CommandError::new(
            format!("{} cannot be removed: {error}", package.display()),
            "Close what uses it, then run the same command again.",
        )),
        _ => Ok(()),
    }
}
