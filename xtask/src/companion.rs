//! Builds the companion for plain pages: the custom element as an ES module, and its Wasm. The package is byte for byte the
//! one of `wasm-pack build --target web`, which takes a minute and a half to compile and runs the same three programs.

mod adapter;
mod package_json;

use std::path::{Path, PathBuf};

use crate::build_record::BuildRecord;
use crate::command_error::CommandError;
use crate::compress;
use crate::context::Context;
use crate::dependency::WASM;
use crate::page::{NATIVE, SHARED};
use crate::progress::ProgressLine;
use crate::shorten;
use adapter::Adapter;

/// The crate's folder, from the project's root.
pub const FOLDER: &str = "crates/card-entry-companion";

/// The file name of the module and of its JavaScript, without extension.
const NAME: &str = "card_entry_companion";

/// The cargo profile of everything that a browser downloads.
const PROFILE: &str = "wasm-release";

/// The wallet system of the demo's plain page.
const ADAPTER: Adapter = Adapter::MyTime;

/// The output folder, which is also wasm-pack's.
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
    let outcome = remove_package(&package)
        .and_then(|()| compile(context, &step))
        .and_then(|()| bind(context, &package))
        .and_then(|()| optimize(context, &package))
        .and_then(|()| write_manifest(context, &package))
        .and_then(|()| check_adapter(&package))
        .and_then(|()| shorten::package(&package, NAME))
        .and_then(|()| compress::folder(&package));
    step.end(outcome)?;
    record.save()
}

fn compile(context: &Context, step: &ProgressLine) -> Result<(), CommandError> {
    let features = format!("element,{}", ADAPTER.as_str());
    context
        .process("cargo")
        .args(["build", "--lib", "--target", WASM, "--profile", PROFILE])
        .args(["--no-default-features", "--features", &features])
        .dir(&context.root.join(FOLDER))
        .count_crates(step.counter())
        .run_with_log(&log(context))
}

/// Writes the module, its glue and its types into the package.
fn bind(context: &Context, package: &Path) -> Result<(), CommandError> {
    let compiled = context.target.join(WASM).join(PROFILE);
    context
        .process("wasm-bindgen")
        .args(["--target", "web", "--typescript", "--out-dir"])
        .args([package, &compiled.join(format!("{NAME}.wasm"))])
        .run_with_log(&log(context))
}

fn optimize(context: &Context, package: &Path) -> Result<(), CommandError> {
    let manifest = context.root.join(FOLDER).join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest)
        .map_err(|cause| CommandError::io("reading", &manifest, &cause))?;
    let options = optimizer_options(&text).ok_or_else(|| {
        CommandError::new(
            format!("{} has no options for wasm-opt", manifest.display()),
            "Write them as one line `wasm-opt = [\"-Oz\", …]` below [package.metadata.wasm-pack.profile.custom].",
        )
    })?;
    let module = package.join(format!("{NAME}_bg.wasm"));
    let smaller = package.join("smaller.wasm");
    context
        .process("wasm-opt")
        .args([module.as_path(), Path::new("-o"), &smaller])
        .args(options)
        .run_with_log(&log(context))?;
    std::fs::rename(&smaller, &module)
        .map_err(|cause| CommandError::io("replacing", &module, &cause))
}

/// The options in the crate's Cargo.toml, where wasm-pack reads them too.
fn optimizer_options(manifest: &str) -> Option<Vec<String>> {
    let mut lines = manifest.lines();
    let list = lines.find_map(|line| line.strip_prefix("wasm-opt = "))?;
    serde_json::from_str(list).ok()
}

/// The files that make the folder an npm package.
fn write_manifest(context: &Context, package: &Path) -> Result<(), CommandError> {
    let write = |name: &str, text: &str| {
        let file = package.join(name);
        std::fs::write(&file, text).map_err(|cause| CommandError::io("writing", &file, &cause))
    };
    let readme = context.root.join(FOLDER).join("README.md");
    let text = std::fs::read_to_string(&readme)
        .map_err(|cause| CommandError::io("reading", &readme, &cause))?;
    write("README.md", &text)?;
    write("package.json", &package_json::text(&context.root, NAME)?)?;
    write(".gitignore", "*")
}

fn log(context: &Context) -> PathBuf {
    context.log("companion")
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_optimizer_gets_the_options_of_the_manifest() {
        let manifest = include_str!("../../crates/card-entry-companion/Cargo.toml");
        let options = optimizer_options(manifest).unwrap();
        assert!(options.contains(&"-Oz".to_owned()), "{options:?}");
        // The same as for the frame: see the comment in that manifest.
        let index = include_str!("../../index.html");
        let quoted = format!("data-wasm-opt-params=\"{}\"", options.join(" "));
        assert!(index.contains(&quoted), "{quoted}");
        assert_eq!(optimizer_options("wasm-opt = true"), None);
    }
}
