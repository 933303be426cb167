//! What a wallet does, whatever its system: begin a card, save it, show it, make it the default, delete it; payments on
//! the gateway's own page, at a reader, and with a card that was kept.
//!
//! Routes call in; nothing here knows HTTP or a dialect. The rule of all of it: the gateway's word is stored, a
//! client's word is a hint.

mod adopt;
mod begin;
mod breaker;
mod change;
mod charge;
mod checkout;
mod choose;
mod confirm;
mod customer;
mod delete;
mod dollar;
mod follow;
mod hear;
mod limits;
mod pay;
mod proof;
mod release;
mod reopen;
mod save;
mod tidy;
mod vault;

pub use adopt::catch_up;
pub use begin::begin;
pub use change::{Change, change};
pub use charge::charge;
pub use checkout::{open_checkout, read_checkout};
pub use choose::make_default;
pub use delete::delete;
pub use dollar::give_back;
pub use hear::{Event, hear};
pub use pay::{Paid, begin_in_person, cancel_payment, capture};
pub use release::{abandon, detach, release};
pub use save::{Saved, save, save_of_payment};
pub use tidy::tidy;
pub use vault::{NewCard, NotKept, Why, billing, client_token, keep};
