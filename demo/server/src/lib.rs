//! The demo booking site's own server: its pages and its appointments.
//!
//! The path of one appointment, in module order:
//!
//! 1. [`settings`]: flags and environment;
//! 2. [`catalog`]: the services and their times;
//! 3. [`wallet_token`] and [`wallet`]: the visitor's user number, and the deletion block on their card;
//! 4. [`booking`]: books and cancels, over [`store`];
//! 5. [`routes`]: the HTTP API and the pages, behind [`headers`] and [`log`];
//! 6. [`sweep`]: retries what the wallet server has not confirmed.
//!
//! [`mikrocloud`], [`bokamera`], [`quilt`] and [`ticket_evolution`] serve the other demo sites: a panel with signed tokens, a
//! salon and a point of sale whose keys stay on this server, and a ticket shop that signs its requests.
//!
//! It must never see a card: it names a person by the wallet server's user number, and the wallet server finds the card.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

pub mod bokamera;
pub mod booking;
pub mod catalog;
pub mod error;
pub mod headers;
pub mod log;
pub mod mikrocloud;
pub mod nonce;
pub mod page;
pub mod quilt;
pub mod routes;
pub mod serve;
pub mod settings;
pub mod store;
pub mod sweep;
pub mod ticket_evolution;
pub mod wallet;
pub mod wallet_token;
