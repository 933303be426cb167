//! Support for the journeys: the running programs, a browser, users, and access to the sandbox and the wallet database.
//!
//! Called by `tests/journeys` only. It must never replace a part of the product: the programs are those of `cargo xtask demo` and
//! the browser is Chromium over WebDriver. Tests inspect the server side through the sandbox's API and the wallet's database file.

pub mod billing_page;
pub mod browser;
pub mod card_form;
pub mod database;
pub mod network_log;
pub mod page;
pub mod point_of_sale;
pub mod production_system;
pub mod salon_page;
pub mod sandbox_api;
pub mod system;
pub mod ticket_shop;
pub mod user;
pub mod wait;
pub mod wallet;

/// The result of a step of a journey. The error is a message.
pub type StepResult<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Fails a step.
///
/// # Errors
/// Always.
pub fn fail<T>(message: impl Into<String>) -> StepResult<T> {
    Err(message.into().into())
}

/// Fails a step unless `condition` is true.
///
/// # Errors
/// When it is false.
pub fn ensure(condition: bool, message: impl FnOnce() -> String) -> StepResult {
    if condition { Ok(()) } else { fail(message()) }
}
