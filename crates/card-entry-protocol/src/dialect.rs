//! The wallet APIs, each as its vendor writes it: types both the server and the companion use.

pub mod mytime;
