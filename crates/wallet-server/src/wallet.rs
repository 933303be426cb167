//! What a wallet does, whatever its system: begin a card, save it, show it, make it the default, delete it.
//!
//! Routes call in; nothing here knows HTTP or a dialect. The rule of all of it: the gateway's word is stored, a
//! client's word is a hint.

mod begin;
mod choose;
mod delete;
mod proof;
mod save;

pub use begin::begin;
pub use choose::make_default;
pub use delete::delete;
pub use save::{Saved, save};
