//! The demo booking site's own server: its pages and its appointments.
//!
//! The life of one visit, in module order:
//!
//! 1. [`settings`]: what the operator says;
//! 2. [`catalog`]: what is offered, and when;
//! 3. [`token`] and [`wallet`]: who asks (the wallet knows), and the hold that keeps their card for the visit;
//! 4. [`booking`]: the order of steps that leaves nothing half done, over [`store`];
//! 5. [`routes`]: how browsers reach it, behind [`headers`] and [`log`];
//! 6. [`sweep`]: what is tried again until the wallet agrees.
//!
//! [`mikrocloud`], [`bokamera`] and [`quilt`] are other sites: a panel whose visitors come with a signed token, a salon
//! that adds its key to its visitors' payments, a till whose account key stays on this server.
//!
//! It never sees a card: it names a person by the wallet's user number, and the wallet finds the card.

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
pub mod token;
pub mod wallet;
