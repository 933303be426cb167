//! The adapters: each speaks one wallet API's dialect and nothing else.

mod http;
pub mod mytime;
