//! Webhooks: every recorded event becomes a parcel for each endpoint that wants it, and is sent to it
//! over real HTTP, signed, until it is taken.
//!
//! [`parcel`] says what goes where, [`postman`] queues and repeats, [`courier`] sends once,
//! [`signature`] signs, [`deliveries`] is the log, and [`habits`] are the ways it can be made to
//! misbehave so that a receiver can be tested.

pub mod courier;
pub mod deliveries;
pub mod habits;
pub mod parcel;
pub mod postman;
pub mod signature;

pub use deliveries::Deliveries;
pub use habits::Habits;
pub use parcel::Parcel;
