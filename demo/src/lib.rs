//! The booking page of Harbour Street Studio: a site like any other, with the companion's wallet on it.
//!
//! In the order a visitor meets them:
//!
//! 1. [`language`] and [`words`]: what they read, and in which direction;
//! 2. [`api`] and [`studio_time`]: what the site's own server offers and answers, shared with that server;
//! 3. [`account`]: who they are, checked before it is sent;
//! 4. [`session`]: whether they are signed in, and what becomes of the page when that ends;
//! 5. [`choice`]: what they have picked, and what is still missing;
//! 6. [`notice`]: what is said of the last step;
//! 7. `view` and `net`: drawing and fetching, in the browser only.
//!
//! Everything but the last is plain Rust, tested natively.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

pub mod account;
pub mod api;
pub mod bokamera;
pub mod choice;
pub mod language;
pub mod mikrocloud;
pub mod notice;
pub mod quilt;
pub mod session;
pub mod studio_time;
pub mod ticket_evolution;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod net;
#[cfg(target_arch = "wasm32")]
pub mod view;
