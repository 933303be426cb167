//! What a wallet does: begin a card, save it, show it, delete it. Routes call in; nothing here knows HTTP.
//!
//! The rule of all of it: the gateway's word is stored, a client's word is a hint.

mod begin;
mod delete;
mod proof;
mod save;

pub use begin::begin;
pub use delete::delete;
pub use save::{Saved, save};
