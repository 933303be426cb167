//! What a program under measurement has counted until now: its requests, and the time of its calls to the gateway. Read
//! before and after each load from the metrics of Prometheus, which the yardstick serves with the same names. It must never
//! take a missing metric for 0.

use reqwest::Client;

use crate::error::BenchError;

/// The label of MikroCloud's routes, which the load calls. Probes are not counted.
pub const SYSTEM_LABEL: &str = "system=\"mikrocloud\"";

const REQUEST_SECONDS: &str = "card_entry_request_duration_seconds";
const GATEWAY_SECONDS: &str = "card_entry_gateway_call_duration_seconds";

/// Counts and seconds since the program started.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sums {
    pub requests: f64,
    pub request_seconds: f64,
    pub gateway_calls: f64,
    pub gateway_seconds: f64,
}

impl Sums {
    /// Reads the metrics at an address such as `http://127.0.0.1:9100/metrics`.
    ///
    /// # Errors
    /// The address does not answer, or the answer is no text of Prometheus.
    pub async fn read(http: &Client, url: &str) -> Result<Self, BenchError> {
        let failed = |cause: reqwest::Error| BenchError::failed("reading the metrics", cause);
        let response = http.get(url).send().await.map_err(failed)?;
        let text = response.error_for_status().map_err(failed)?.text().await;
        Self::parse(&text.map_err(failed)?)
    }

    /// Adds the series of each metric. Before the first call there is no series.
    fn parse(text: &str) -> Result<Self, BenchError> {
        let mut sums = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((series, value)) = line.rsplit_once(' ') else {
                continue;
            };
            let (name, labels) = series.split_once('{').unwrap_or((series, ""));
            let counts_requests = labels.contains(SYSTEM_LABEL);
            let sum = match name.rsplit_once('_') {
                Some((REQUEST_SECONDS, "sum")) if counts_requests => &mut sums.request_seconds,
                Some((REQUEST_SECONDS, "count")) if counts_requests => &mut sums.requests,
                Some((GATEWAY_SECONDS, "sum")) => &mut sums.gateway_seconds,
                Some((GATEWAY_SECONDS, "count")) => &mut sums.gateway_calls,
                _ => continue,
            };
            let value: f64 = value
                .parse()
                .map_err(|cause| BenchError::failed(format!("reading the metric {name}"), cause))?;
            *sum += value;
        }
        Ok(sums)
    }

    /// What was counted after `earlier`.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self {
            requests: self.requests - earlier.requests,
            request_seconds: self.request_seconds - earlier.request_seconds,
            gateway_calls: self.gateway_calls - earlier.gateway_calls,
            gateway_seconds: self.gateway_seconds - earlier.gateway_seconds,
        }
    }

    /// The mean time of a request without its calls to the gateway, in milliseconds. `None` without a request.
    #[must_use]
    pub fn own_ms(self) -> Option<f64> {
        let own = self.request_seconds - self.gateway_seconds;
        (self.requests > 0.0).then(|| own * 1000.0 / self.requests)
    }

    /// The mean number of calls to the gateway in a request. `None` without a request.
    #[must_use]
    pub fn calls_per_request(self) -> Option<f64> {
        (self.requests > 0.0).then(|| self.gateway_calls / self.requests)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TEXT: &str = "\
# HELP card_entry_request_duration_seconds The time.
card_entry_request_duration_seconds_bucket{method=\"GET\",system=\"mikrocloud\",le=\"0.005\"} 1
card_entry_request_duration_seconds_sum{method=\"GET\",route=\"/v1/account/payment-methods\",system=\"mikrocloud\"} 0.5
card_entry_request_duration_seconds_count{method=\"GET\",route=\"/v1/account/payment-methods\",system=\"mikrocloud\"} 4
card_entry_request_duration_seconds_sum{method=\"POST\",route=\"/v1/account/setup-intent\",system=\"mikrocloud\"} 1.5
card_entry_request_duration_seconds_count{method=\"POST\",route=\"/v1/account/setup-intent\",system=\"mikrocloud\"} 6
card_entry_request_duration_seconds_sum{method=\"GET\",route=\"/healthz\",system=\"server\"} 9
card_entry_gateway_call_duration_seconds_sum{operation=\"POST /v1/customers\",provider=\"stripe\"} 0.25
card_entry_gateway_call_duration_seconds_count{operation=\"POST /v1/customers\",provider=\"stripe\"} 12
card_entry_database_up 1
";

    #[test]
    fn own_time_is_that_of_requests_without_that_of_the_gateway() {
        let sums = Sums::parse(TEXT).unwrap();
        assert_eq!((sums.requests, sums.request_seconds), (10.0, 2.0));
        assert!((sums.own_ms().unwrap() - 175.0).abs() < 1e-9);
        assert!((sums.calls_per_request().unwrap() - 1.2).abs() < 1e-9);
        assert_eq!(sums.since(sums), Sums::default());
    }

    #[test]
    fn nothing_counted_is_no_time_of_zero() {
        assert_eq!(Sums::parse("").unwrap().own_ms(), None);
        assert_eq!(Sums::default().calls_per_request(), None);
        assert!(Sums::parse(&TEXT.replace(" 0.25", " much")).is_err());
    }
}
