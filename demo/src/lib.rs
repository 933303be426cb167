//! The demo pages: the booking page of Harbour Street Studio, and pages for the other vendors' APIs.
//!
//! In the order of a booking:
//!
//! 1. [`language`] and [`messages`]: locale, text direction and messages;
//! 2. [`api`] and [`studio_time`]: the types of the site's own API, shared with its server;
//! 3. [`account`]: validation of the account forms;
//! 4. [`session`]: the visitor's session;
//! 5. [`choice`]: the chosen service and time;
//! 6. [`notice`]: the message about the last action;
//! 7. `view` and `net`: rendering and HTTP, in the browser only.
//!
//! [`bokamera`], [`mikrocloud`], [`quilt`] and [`ticket_evolution`] hold what the other pages share with the server.
//! Everything but `view` and `net` is tested natively.

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
pub mod messages;
pub mod mikrocloud;
pub mod notice;
pub mod quilt;
pub mod session;
pub mod studio_time;
pub mod ticket_evolution;

#[cfg(target_arch = "wasm32")]
mod net;
#[cfg(target_arch = "wasm32")]
pub mod view;
