//! The three programs that the demo and the e2e tests run: their names, their profile and their output folder. It
//! builds them and must never start them.

use std::path::PathBuf;

use crate::command_error::CommandError;
use crate::context::Context;
use crate::progress::ProgressLine;

/// The packages, which are also the names of the programs, in the order of their start.
pub const PROGRAMS: [&str; 3] = ["stripe-sandbox", "wallet-server", "booking-site"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    #[default]
    Dev,
    Release,
}

impl Profile {
    /// Cargo's output folder for this profile.
    pub fn folder(self, context: &Context) -> PathBuf {
        context.target.join(match self {
            Self::Dev => "debug",
            Self::Release => "release",
        })
    }
}

pub fn build(context: &Context, profile: Profile) -> Result<(), CommandError> {
    let mut process = context.process("cargo").args(["build"]);
    for name in PROGRAMS {
        process = process.args(["--package", name]);
    }
    if profile == Profile::Release {
        process = process.args(["--release"]);
    }
    let step = ProgressLine::begin(
        "building the programs",
        Some("about 4 minutes the first time"),
    );
    let process = process.count_crates(step.counter());
    step.end(process.run_with_log(&context.log("programs")))
}
