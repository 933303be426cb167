//! One measured phase: one operation under one load, with what the program counted meanwhile. Run by the rounds. A failed
//! request must never count as throughput.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::environment::Stage;
use super::load::{self, LoadEnd, LoadResult, LoadShape};
use super::owners::{BenchOwner, OwnerSource};
use super::subject::Operation;
use crate::error::BenchError;

/// The figures of one phase in one round.
#[derive(Debug, Clone, Serialize)]
pub struct PhaseFigures {
    /// Requests that succeeded, by the time from the first request to the last response.
    pub per_second: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
    pub p99_ms: f64,
    /// The mean time of a request in the program, without its gateway calls. `None` if it serves no metrics.
    pub own_ms: Option<f64>,
    /// The processor time of the program for one request, the kernel's included.
    pub cpu_ms: f64,
    /// Calls to the gateway in one request. `None` if the program serves no metrics.
    pub gateway_calls: Option<f64>,
    pub requests: u64,
    /// Requests that failed, by their reason.
    pub failures: BTreeMap<String, u64>,
}

/// A phase to run.
#[derive(Debug, Clone, Copy)]
pub struct LoadPhase {
    pub operation: Operation,
    pub load: LoadShape,
    pub end: LoadEnd,
}

impl LoadPhase {
    /// Runs the phase. Returns its figures, and the owners whose requests succeeded.
    ///
    /// # Errors
    /// No request succeeded, or the program has ended.
    pub async fn run(
        self,
        stage: &Stage,
        source: Arc<OwnerSource>,
    ) -> Result<(PhaseFigures, Vec<BenchOwner>), BenchError> {
        let (sums, cpu) = (stage.sums().await?, stage.cpu_seconds()?);
        let mut result = self.load(stage, source).await?;
        let (sums, cpu) = (
            stage
                .sums()
                .await?
                .zip(sums)
                .map(|(after, before)| after.since(before)),
            stage.cpu_seconds()? - cpu,
        );
        let owners = std::mem::take(&mut result.owners);
        let figures = figures(&result, cpu)?;
        let figures = PhaseFigures {
            own_ms: sums.and_then(super::sums::Sums::own_ms),
            gateway_calls: sums.and_then(super::sums::Sums::calls_per_request),
            ..figures
        };
        Ok((figures, owners))
    }

    async fn load(self, stage: &Stage, source: Arc<OwnerSource>) -> Result<LoadResult, BenchError> {
        let subject = &stage.subject;
        match (self.load, self.end) {
            (LoadShape::Closed { callers }, end) => {
                load::closed(subject, self.operation, source, (callers, end)).await
            }
            (LoadShape::Open { per_second }, LoadEnd::After(time)) => {
                load::open(subject, self.operation, source, (per_second, time)).await
            }
            (LoadShape::Open { per_second }, LoadEnd::AfterRequests(_)) => {
                let forever = Duration::MAX;
                load::open(subject, self.operation, source, (per_second, forever)).await
            }
        }
    }
}

fn figures(result: &LoadResult, cpu_seconds: f64) -> Result<PhaseFigures, BenchError> {
    let failed: u64 = result.failures.values().sum();
    let succeeded = result.latencies.count();
    if succeeded == 0 {
        let reasons: Vec<_> = result.failures.keys().map(String::as_str).collect();
        let cause = format!("no request succeeded ({})", reasons.join("; "));
        return Err(BenchError::failed("a measurement", cause));
    }
    #[allow(clippy::cast_precision_loss)] // far below 2^53
    let (all, good) = ((succeeded + failed) as f64, succeeded as f64);
    let percentile = |percent| result.latencies.percentile_ms(percent);
    Ok(PhaseFigures {
        per_second: good / result.elapsed.as_secs_f64(),
        p50_ms: percentile(50.0)?,
        p95_ms: percentile(95.0)?,
        p99_ms: percentile(99.0)?,
        own_ms: None,
        cpu_ms: cpu_seconds * 1000.0 / all,
        gateway_calls: None,
        requests: succeeded + failed,
        failures: result.failures.clone(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::latencies::Latencies;

    fn result(latencies: &[u64], failed: u64) -> LoadResult {
        let mut histogram = Latencies::new().unwrap();
        for ms in latencies {
            histogram.record(Duration::from_millis(*ms));
        }
        let failures = (failed > 0).then(|| ("save: status 503".to_owned(), failed));
        LoadResult {
            latencies: histogram,
            failures: failures.into_iter().collect(),
            elapsed: Duration::from_secs(2),
            owners: Vec::new(),
        }
    }

    #[test]
    fn failed_requests_are_no_throughput_and_have_no_latency() {
        let figures = figures(&result(&[10, 20, 30, 40], 6), 1.0).unwrap();
        assert!((figures.per_second - 2.0).abs() < 1e-9);
        assert!((figures.cpu_ms - 100.0).abs() < 1e-9);
        assert!((figures.p50_ms - 20.0).abs() < 0.1);
        assert_eq!((figures.requests, figures.failures.len()), (10, 1));
    }

    #[test]
    fn a_load_without_a_success_is_an_error_with_its_reasons() {
        let error = figures(&result(&[], 3), 1.0).unwrap_err().to_string();
        assert!(error.contains("save: status 503"), "{error}");
    }
}
