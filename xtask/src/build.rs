//! `cargo xtask build`: everything the demo serves and runs. Also the first half of `demo`, `size` and the journeys.

use std::time::Duration;

use crate::companion;
use crate::failure::Failure;
use crate::page;
use crate::programs::{self, Profile};
use crate::progress::Step;
use crate::workshop::Workshop;

pub fn all(shop: &Workshop, profile: Profile) -> Result<(), Failure> {
    pages(shop)?;
    programs::build(shop, profile)
}

pub fn pages(shop: &Workshop) -> Result<(), Failure> {
    fetch(shop)?;
    page::build(shop, &page::FRAME)?;
    page::build(shop, &page::BRAINTREE)?;
    page::build(shop, &page::BOOKING)?;
    companion::build(shop)
}

/// Trunk builds without a network, so that a wrong tool is never downloaded; the crates must be there before.
fn fetch(shop: &Workshop) -> Result<(), Failure> {
    if shop.offline {
        return Ok(());
    }
    let step = Step::begin("fetching crates", None);
    let job = shop
        .job("cargo")
        .args(["fetch"])
        .limit(Duration::from_secs(20 * 60));
    step.end(job.run_logged(&shop.log("fetch")))
}
