//! The types that cross a boundary of the card-entry form: the frame's URL, the messages between frame and parent page,
//! card details, error codes, amounts, and the request and response bodies of five wallet APIs.
//!
//! The frame, the companion, the wallet server and their tests use the same types, so that both ends of every connection
//! agree. This crate must never use a browser, a server or a clock, and it must never panic: every parser takes any input.
//!
//! The modules, in the order in which a card passes them:
//!
//! 1. [`query`] parses the frame's URL into a [`query::FrameQuery`] or a [`code::FrameErrorCode`];
//! 2. [`origin`] and [`channel`] name the two windows that may exchange messages;
//! 3. [`message`] has the messages, [`settings`] and [`appearance`] what the parent page may set;
//! 4. [`secret`] and [`card`] have keys, client secrets and card details;
//! 5. [`decline`] maps a bank's decline to a sentence for the person;
//! 6. [`dialect`] has the bodies of each wallet API.
//!
//! ```
//! use card_entry_protocol::decline::DeclineReason;
//! use card_entry_protocol::query::FrameQuery;
//!
//! let query = FrameQuery::parse("?stripe_publishable_key=pk_test_1&creditCardsOnly=true")
//!     .expect("a valid query");
//! assert!(query.key.is_test());
//!
//! let reason = DeclineReason::from_codes(Some("card_declined"), Some("insufficient_funds"));
//! assert_eq!(reason.sentence(), "This card doesn’t have enough funds. Please use another card.");
//! ```

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

/// Runs the example of the README as a doctest.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
