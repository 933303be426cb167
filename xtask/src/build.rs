//! `cargo xtask build`: builds the pages, the package and the programs. `demo`, `size` and the e2e step call it first.

use std::time::Duration;

use crate::command_error::CommandError;
use crate::companion;
use crate::context::Context;
use crate::lanes::{self, LaneStep};
use crate::page;
use crate::programs::{self, Profile};
use crate::progress::ProgressLine;

/// The pages and the programs, side by side: each page is optimised on one core for half a minute.
pub fn all(context: &Context, profile: Profile) -> Result<(), CommandError> {
    fetch(context)?;
    let programs: LaneStep<'_> = Box::new(|| programs::build(context, profile));
    lanes::run(vec![page_steps(context), vec![programs]])
}

pub fn pages(context: &Context) -> Result<(), CommandError> {
    fetch(context)?;
    lanes::run(vec![page_steps(context)])
}

/// One after the other. Trunk writes both frames to the same files in the target folder, and cargo writes the companion to
/// one file, once with the booking page's features and once with its own.
fn page_steps(context: &Context) -> Vec<LaneStep<'_>> {
    vec![
        Box::new(|| page::build(context, &page::FRAME)),
        Box::new(|| page::build(context, &page::BRAINTREE)),
        Box::new(|| page::build(context, &page::BOOKING)),
        Box::new(|| companion::build(context)),
    ]
}

/// Downloads the crates. Trunk builds offline, so that it never downloads a tool, and needs them before.
pub fn fetch(context: &Context) -> Result<(), CommandError> {
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
