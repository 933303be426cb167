//! What crosses a boundary, and nothing else: the page's URL, the messages between frame and parent,
//! card facts, error codes, money and the wallet dialects.
//!
//! The frame, the companion, the wallet server and their tests all read these types, so that both ends of
//! every wire agree by construction. This crate knows no browser, no server and no clock, and it never panics:
//! every parser is total.
//!
//! In the order a card meets them:
//!
//! 1. [`query`]: the frame's URL becomes a [`query::FrameQuery`] or a [`code::FrameErrorCode`];
//! 2. [`origin`] and [`channel`]: who may talk to whom;
//! 3. [`message`]: what they say;
//! 4. [`secret`] and [`card`]: what they say it about;
//! 5. [`decline`]: how a bank's no is told to a person;
//! 6. [`dialect`]: how each wallet API wants it written.

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

pub mod appearance;
mod braintree;
pub mod card;
pub mod channel;
pub mod code;
pub mod decline;
pub mod dialect;
pub mod encoding;
pub mod expiry;
#[cfg(not(target_arch = "wasm32"))]
pub mod member;
pub mod message;
pub mod money;
pub mod nearest;
pub mod number;
pub mod origin;
pub mod query;
pub mod secret;
pub mod settings;
pub mod text;
pub mod tree;
pub mod visibility;
