//! A card at a reader, from the press of a button to a card kept, as one machine that never touches a browser.
//!
//! [`Till`] hears what happened and answers with the one thing to do next. Driven by the Leptos `CardPresent`. It must
//! never begin a second payment while the first may still be paid, and never say "canceled" before the server did.
//! The order of the calls is [`card_entry_protocol::dialect::quilt::steps`]'s, whose types let none be skipped.

mod collect;
mod deed;
mod shown;
mod till;
mod trouble;
mod words;

#[cfg(target_arch = "wasm32")]
pub(crate) use collect::collect_options;
pub use deed::{Deed, Heard, Press};
pub use shown::{Paid, Shown, Work};
pub use till::Till;
pub use trouble::Trouble;
pub use words::Word;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
