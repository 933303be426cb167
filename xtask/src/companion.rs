//! The companion for plain pages: the custom element as an ES module with its Wasm, built by wasm-pack.

mod adapter;

use std::path::{Path, PathBuf};

use crate::compress;
use crate::failure::Failure;
use crate::fingerprint::Fingerprint;
use crate::page::{NATIVE, SHARED};
use crate::progress::Step;
use crate::shorten;
use crate::workshop::Workshop;
use adapter::Adapter;

/// The crate's folder, from the root.
pub const FOLDER: &str = "crates/card-entry-companion";

/// What its module and its glue are called.
const NAME: &str = "card_entry_companion";

/// The wallet the demo's plain page has.
const ADAPTER: Adapter = Adapter::MyTime;

/// Where it is built to.
pub fn package(shop: &Workshop) -> PathBuf {
    shop.root.join(FOLDER).join("pkg")
}

/// Builds it unless nothing changed.
pub fn build(shop: &Workshop) -> Result<(), Failure> {
    let package = package(shop);
    let print = Fingerprint::new(shop, "companion", &[SHARED], NATIVE, &package);
    let step = Step::begin(
        "building the companion for plain pages",
        Some("about a minute the first time"),
    );
    if print.holds() {
        step.unchanged();
        return Ok(());
    }
    // wasm-pack reads a package it wrote before and stumbles over its own `repository`.
    forget(&package)?;
    // no-install: a wrong tool is a failure here and never a download.
    let job =
        shop.job("wasm-pack")
            .args(["build", FOLDER, "--target", "web", "--mode", "no-install"]);
    let features = format!("element,{}", ADAPTER.as_str());
    let job = job.args([
        "--profile",
        "wasm-release",
        "--",
        "--no-default-features",
        "--features",
        &features,
    ]);
    step.end(
        job.run_logged(&shop.log("companion"))
            .and_then(|()| carries_one(&package))
            .and_then(|()| shorten::package(&package, NAME))
            .and_then(|()| compress::folder(&package)),
    )?;
    print.keep()
}

/// A page that names one adapter must not download the others.
fn carries_one(package: &Path) -> Result<(), Failure> {
    let file = package.join(format!("{NAME}_bg.wasm"));
    let wasm = std::fs::read(&file).map_err(|cause| Failure::file("reading", &file, &cause))?;
    ADAPTER.alone_in(&wasm)
}

/// Removes the package of an earlier build.
fn forget(package: &Path) -> Result<(), Failure> {
    match std::fs::remove_dir_all(package) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::new(
            format!("{} cannot be removed: {error}", package.display()),
            "Close what uses it, then run the same command again.",
        )),
        _ => Ok(()),
    }
}
