//! The wallet APIs, each as its vendor writes it: types both the server and the companion use.
//!
//! A dialect is plain types and functions and keeps no register, so that a program carries only those it calls.

pub mod bokamera;
#[cfg(test)]
mod example;
pub mod fields;
mod lenient;
pub mod lenient_list;
pub mod mikrocloud;
pub mod mytime;
pub mod quilt;
pub mod ticket_evolution;
