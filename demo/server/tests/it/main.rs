//! The booking site from outside: HTTP against port 0. Most tests face a wallet that answers the two things the site
//! asks of it and can fail in every way; `together` faces the real one.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod appointments;
mod bokamera;
mod mikrocloud;
mod pages;
mod site;
mod sweep;
mod ticket_evolution;
mod together;
mod wallet;
