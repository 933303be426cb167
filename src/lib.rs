//! The frame: asks for the card.

pub mod config;
pub mod error;
pub mod phase;
pub mod stripe;
pub mod words;
