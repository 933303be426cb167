//! The state machine of a payment at a card reader, from the button to the saved card. Pure: no browser.
//!
//! [`TerminalPayment`] takes each event and returns the next command. Drawn by the Leptos `CardPresent`. It must never
//! create a second payment while the first may still be paid, and never show "canceled" before the server answered so.
//! The types of [`card_entry_protocol::dialect::quilt::steps`] make it impossible to skip a call.

mod collect_options;
mod error;
mod event;
mod i18n;
mod machine;
mod state;

#[cfg(target_arch = "wasm32")]
pub(crate) use collect_options::collect_options;
pub use error::TerminalError;
pub use event::{TerminalButton, TerminalCommand, TerminalEvent};
pub use i18n::TerminalMessageKey;
pub use machine::TerminalPayment;
pub use state::{PaidOutcome, PaymentStep, TerminalPaymentState};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
