//! The request and response bodies of five wallet APIs, in each vendor's own names. Server and companion use the same types.
//!
//! A dialect has plain types and functions only. It must never have a registry, so that a program contains only what it
//! calls.

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
