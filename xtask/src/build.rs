//! `cargo xtask build`: builds the pages, the package and the programs. `demo`, `size` and the e2e step call it first.

use std::time::Duration;

use crate::command_error::CommandError;
use crate::companion;
use crate::context::Context;
use crate::page;
use crate::programs::{self, Profile};
use crate::progress::ProgressLine;

pub fn all(context: &Context, profile: Profile) -> Result<(), CommandError> {
    pages(context)?;
    programs::build(context, profile)
}

pub fn pages(context: &Context) -> Result<(), CommandError> {
    fetch(context)?;
    page::build(context, &page::FRAME)?;
    page::build(context, &page::BRAINTREE)?;
    page::build(context, &page::BOOKING)?;
    companion::build(context)
}

/// Downloads the crates. Trunk builds offline, so that it never downloads a tool, and needs them before.
fn fetch(context: &Context) -> Result<(), CommandError> {
    if context.offline {
        return Ok(());
    }
    let step = ProgressLine::begin("fetching crates", None);
    let process = context
        .process("cargo")
        .args(["fetch"])
        .timeout(Duration::from_secs(20 * 60));
    step.end(process.run_with_log(&context.log("fetch")))
}
