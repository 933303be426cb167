//! Measures the wallet server beside a yardstick, and simulates the queue in front of the gateway's rate limits. Run by
//! `cargo xtask bench`; docs/benchmarks.md explains every figure. It must never be part of the product.

pub mod error;
pub mod latencies;
pub mod queue;
pub mod server;
pub mod spread;
