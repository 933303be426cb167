//! The booking site from outside: HTTP against port 0, with a wallet that answers the two things the site asks of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod appointments;
mod pages;
mod site;
mod sweep;
mod wallet;
