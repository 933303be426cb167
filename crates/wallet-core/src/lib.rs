//! What every part of the wallet server knows: times, secrets, expiry months, normal forms of text, and the ids of its
//! own rows.
//!
//! Used by `wallet-store` and `wallet-server`. It must never call a gateway, a database or HTTP, and never hold a sentence
//! for people.

#![deny(missing_docs)]

pub mod clock;
pub mod expiry;
pub mod ids;
pub mod normalize;
pub mod secret;
