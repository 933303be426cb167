//! Latencies in a histogram, and their percentiles. Filled by the loads and by the simulation. A percentile of an empty
//! histogram is an error and must never be 0.

use std::time::Duration;

use hdrhistogram::Histogram;

use crate::error::BenchError;

/// Three significant digits: an error of 0.1 percent at most.
const SIGNIFICANT_DIGITS: u8 = 3;

/// A histogram of durations, which it counts in microseconds.
#[derive(Debug, Clone)]
pub struct Latencies(Histogram<u64>);

impl Latencies {
    /// An empty histogram, which grows with its values.
    ///
    /// # Errors
    /// The histogram library refuses the number of digits.
    pub fn new() -> Result<Self, BenchError> {
        Histogram::new(SIGNIFICANT_DIGITS)
            .map(Self)
            .map_err(|cause| BenchError::failed("making a histogram", cause))
    }

    /// Adds one duration. Only one of thousands of years does not fit; it counts as the largest one before.
    pub fn record(&mut self, latency: Duration) {
        let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        // `saturating_record` alone would not let the histogram grow.
        if self.0.record(micros).is_err() {
            self.0.saturating_record(micros);
        }
    }

    /// Adds all durations of another histogram.
    ///
    /// # Errors
    /// The histograms cannot be joined, which does not happen to two of this type.
    pub fn add(&mut self, other: &Self) -> Result<(), BenchError> {
        self.0
            .add(&other.0)
            .map_err(|cause| BenchError::failed("joining histograms", cause))
    }

    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// The duration that `percent` percent of all do not exceed, such as 99.0, in milliseconds.
    ///
    /// # Errors
    /// The histogram is empty.
    pub fn percentile_ms(&self, percent: f64) -> Result<f64, BenchError> {
        if self.0.is_empty() {
            return Err(BenchError::NothingMeasured("latencies"));
        }
        #[allow(clippy::cast_precision_loss)] // durations of a benchmark are far below 2^53 µs
        let micros = self.0.value_at_quantile(percent / 100.0) as f64;
        Ok(micros / 1000.0)
    }

    /// The mean of all durations in milliseconds.
    ///
    /// # Errors
    /// The histogram is empty.
    pub fn mean_ms(&self) -> Result<f64, BenchError> {
        if self.0.is_empty() {
            return Err(BenchError::NothingMeasured("latencies"));
        }
        Ok(self.0.mean() / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn percentiles_are_exact_to_three_digits() {
        let mut latencies = Latencies::new().unwrap();
        for ms in 1..=1000 {
            latencies.record(Duration::from_millis(ms));
        }
        for (percent, expected) in [(50.0, 500.0), (95.0, 950.0), (99.0, 990.0), (100.0, 1000.0)] {
            let found = latencies.percentile_ms(percent).unwrap();
            assert!(
                (found - expected).abs() <= expected * 0.001,
                "{percent}: {found}"
            );
        }
        assert!((latencies.mean_ms().unwrap() - 500.5).abs() < 1.0);
    }

    #[test]
    fn a_percentile_of_nothing_is_an_error() {
        let empty = Latencies::new().unwrap();
        assert!(matches!(
            empty.percentile_ms(50.0),
            Err(BenchError::NothingMeasured(_))
        ));
        assert!(empty.mean_ms().is_err());
    }

    #[test]
    fn joined_histograms_count_all_durations_also_long_ones() {
        let (mut one, mut other) = (Latencies::new().unwrap(), Latencies::new().unwrap());
        one.record(Duration::from_millis(1));
        other.record(Duration::from_secs(600));
        one.add(&other).unwrap();
        assert_eq!(one.count(), 2);
        let max = one.percentile_ms(100.0).unwrap();
        assert!((max - 600_000.0).abs() < 600.0, "{max}");
    }
}
