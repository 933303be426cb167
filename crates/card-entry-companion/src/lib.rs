//! The companion: embeds the card form (the *frame*, an iframe) in a booking page and saves its card in a wallet.
//!
//! The frame creates a payment method. The companion receives it, checks the message, and saves the card through the
//! wallet API of the site. Two user interfaces use it: the custom element `<card-entry>` (feature `element`) and the
//! Leptos components `Wallet` and `CardEntryFrame` (feature `leptos`).
//!
//! Modules, in the order in which a card passes them:
//!
//! 1. [`address`]: the URL of the iframe, with public values only;
//! 2. `frame`: the iframe, its handshake and message port; [`guard`] checks each message, [`height`] limits layouts;
//! 3. [`attempt`]: the state machine of one save: at most one save per card, one result per attempt;
//! 4. [`wallet`]: the trait of a wallet API; `wallet_api`: one adapter per vendor;
//! 5. `entry`: these four together, as one object to mount and drop;
//! 6. [`wallet_view`]: the state machine of the wallet on screen; [`i18n`]: every text;
//! 7. [`checkout`] (a payment, no card is saved) and `terminal_payment` (a card at a reader).
//!
//! # Example
//!
//! ```
//! use card_entry_companion::address::{BaseUrl, FrameAddress};
//! use card_entry_protocol::secret::PublishableKey;
//!
//! let frame = BaseUrl::parse("https://cards.example/stripe_hosted_forms/card_entry").unwrap();
//! let key = PublishableKey::parse("pk_test_51ABC").unwrap();
//! let address = FrameAddress::new(frame, key);
//! assert_eq!(address.frame.origin().as_str(), "https://cards.example");
//! ```
//!
//! On `wasm32`, `entry::CardEntry::mount` takes this address and puts the form on the page.
//!
//! Modules that use the browser exist on `wasm32` only; all others are tested natively. A card number must never reach
//! this crate. A message of the frame is never proof of a save: only the answer of the wallet server is.

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
pub mod display_message;
pub mod event;
pub mod guard;
pub mod height;
pub mod i18n;
pub mod not_saved;
pub mod retry;
pub mod state;
pub mod submission;
#[cfg(feature = "quilt")]
pub mod terminal_payment;
pub mod token;
pub mod wallet;
pub mod wallet_view;

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
mod trusted_types;
#[cfg(target_arch = "wasm32")]
pub mod wallet_api;
