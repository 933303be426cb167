//! The error of the benchmarks. Returned by every part of the crate and printed by the programs. It must never contain
//! a key or a token.

use std::fmt::Display;

/// Why a measurement or a simulation ended without a result.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A percentile or a median of nothing. It must not be reported as 0.
    #[error("{0}: nothing was measured, so there is no percentile")]
    NothingMeasured(&'static str),
    /// A step of the benchmark failed. The text names the step and the cause.
    #[error("{0}")]
    Failed(String),
}

impl BenchError {
    /// The step `doing` failed because of `cause`.
    pub fn failed(doing: impl Display, cause: impl Display) -> Self {
        Self::Failed(format!("{doing} failed: {cause}"))
    }
}
