//! The adapters: each speaks one wallet API's dialect and nothing else. One cargo feature each.

mod client;
mod http;
#[cfg(feature = "mikrocloud")]
pub mod mikrocloud;
#[cfg(feature = "mytime")]
pub mod mytime;
