//! The three programs the demo and the journeys run: their names, how they are compiled and where they end up. Starts
//! none of them.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::progress::Step;
use crate::workshop::Workshop;

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
    pub fn folder(self, shop: &Workshop) -> PathBuf {
        shop.target.join(match self {
            Self::Dev => "debug",
            Self::Release => "release",
        })
    }
}

pub fn build(shop: &Workshop, profile: Profile) -> Result<(), Failure> {
    let mut job = shop.job("cargo").args(["build"]);
    for name in PROGRAMS {
        job = job.args(["--package", name]);
    }
    if profile == Profile::Release {
        job = job.args(["--release"]);
    }
    let step = Step::begin(
        "building the programs",
        Some("about 4 minutes the first time"),
    );
    step.end(job.run_logged(&shop.log("programs")))
}
