//! `cargo xtask build`: everything the demo serves and runs. Also the first half of `demo`, `size` and the journeys.

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

/// Trunk builds without a network, so that a wrong tool is never downloaded; the crates must be there before.
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
