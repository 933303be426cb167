//! What the journeys are made of: the running programs, a browser, and the people and services that take part.
//!
//! Called by `tests/journeys` only. Nothing here fakes a part of the product: the programs are those of
//! `cargo xtask demo`, the browser is Chromium over WebDriver, and every look behind the scenes goes through the
//! sandbox's own API or the wallet's own database file.

pub mod browser;
pub mod card_form;
pub mod gateway;
pub mod names;
pub mod page;
pub mod panel;
pub mod person;
pub mod salon;
pub mod system;
pub mod tickets;
pub mod till;
pub mod vault;
pub mod wait;
pub mod wallet;
pub mod wire;

/// What a step of a journey returns: its failure is a sentence.
pub type Step<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Ends a step with a sentence.
///
/// # Errors
/// Always: that is its use.
pub fn fail<T>(sentence: impl Into<String>) -> Step<T> {
    Err(sentence.into().into())
}

/// Ends a step with a sentence unless `holds`.
///
/// # Errors
/// When it does not hold.
pub fn ensure(holds: bool, sentence: impl FnOnce() -> String) -> Step {
    if holds { Ok(()) } else { fail(sentence()) }
}
