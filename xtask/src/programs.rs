//! The three programs the demo and the journeys run: their names, how they are compiled and where they end up. Starts
//! none of them.

use std::path::PathBuf;

use crate::command_error::CommandError;
use crate::context::Context;
use crate::progress::ProgressLine;

/// The packages, which are also the commands, in the order they start.
pub const PROGRAMS: [&str; 3] = ["stripe-sandbox", "wallet-server", "booking-site"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    #[default]
    Dev,
    Release,
}

impl Profile {
    /// The folder they end up in.
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
    step.end(process.run_with_log(&context.log("programs")))
}
