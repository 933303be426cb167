//! The companion: hosts the frame on a booking page, and keeps the wallet on screen.
//!
//! In the order a card meets them:
//!
//! 1. [`address`]: the iframe's URL, public values only;
//! 2. `frame`: the iframe, its handshake and port, with [`guard`] at the door and [`height`] for the layout;
//! 3. [`attempt`]: what is said and done for one press of Save, and never twice;
//! 4. [`wallet`] and `wallet_api`: where the card is saved, whatever dialect the site speaks;
//! 5. `entry`: the four together, as one thing to mount and drop;
//! 6. `present` and `terminal`: a card at a reader instead of a form;
//! 7. `element` for plain pages, `leptos` for Rust ones, with [`screen`] behind the wallet and [`words`] for all.
//!
//! [`checkout`] stands beside them: a payment on the payment page or in the page, which keeps no card.
//!
//! What touches the browser exists on `wasm32` only; everything else is tested natively. A card number never reaches
//! this crate, and a message is a hint, never proof: the wallet's server has the last word.

#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

pub mod address;
pub mod attempt;
pub mod attribute;
pub mod checkout;
pub mod color_scheme;
pub mod event;
pub mod guard;
pub mod height;
pub mod patience;
#[cfg(feature = "quilt")]
pub mod present;
pub mod reason;
pub mod screen;
pub mod sentence;
pub mod state;
pub mod submission;
pub mod token;
pub mod wallet;
pub mod words;

#[cfg(all(target_arch = "wasm32", feature = "element"))]
pub mod element;
#[cfg(target_arch = "wasm32")]
pub mod entry;
#[cfg(target_arch = "wasm32")]
pub mod frame;
#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(all(target_arch = "wasm32", feature = "leptos"))]
pub mod leptos;
#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(target_arch = "wasm32")]
pub mod settings;
#[cfg(target_arch = "wasm32")]
mod task;
#[cfg(all(target_arch = "wasm32", feature = "quilt"))]
pub mod terminal;
#[cfg(all(target_arch = "wasm32", any(feature = "quilt", feature = "bokamera")))]
mod trusted;
#[cfg(target_arch = "wasm32")]
pub mod wallet_api;
