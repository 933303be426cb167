//! The adapters: each speaks one wallet API's dialect and nothing else. One cargo feature each.

#[cfg(feature = "bokamera")]
pub mod bokamera;
#[cfg(any(
    feature = "mikrocloud",
    feature = "mytime",
    feature = "ticket_evolution"
))]
mod client;
// Quilt alone asks for no pause: its failures are answers with 200.
#[cfg_attr(
    not(any(
        feature = "bokamera",
        feature = "mikrocloud",
        feature = "mytime",
        feature = "ticket_evolution"
    )),
    allow(dead_code)
)]
mod http;
#[cfg(feature = "mikrocloud")]
pub mod mikrocloud;
#[cfg(feature = "mytime")]
pub mod mytime;
#[cfg(feature = "quilt")]
pub mod quilt;
#[cfg(feature = "ticket_evolution")]
pub mod ticket_evolution;
