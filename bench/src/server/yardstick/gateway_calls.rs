//! The yardstick's calls to the gateway, and its metrics: the time of requests and of the calls in them, under the names of
//! the wallet server's. It must never retry a call.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Client, RequestBuilder};
use serde_json::Value;

use crate::error::BenchError;
use crate::server::sums::SYSTEM_LABEL;

/// The client of the gateway's API.
#[derive(Debug)]
pub struct GatewayCalls {
    http: Client,
    gateway: String,
    requests: Stopwatch,
    calls: Stopwatch,
}

/// How often something happened, and how long it took in all.
#[derive(Debug, Default)]
struct Stopwatch {
    count: AtomicU64,
    nanos: AtomicU64,
}

impl Stopwatch {
    fn add(&self, duration: Duration) {
        let nanos = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        self.count.fetch_add(1, Ordering::Relaxed);
        self.nanos.fetch_add(nanos, Ordering::Relaxed);
    }

    fn lines(&self, name: &str, labels: &str) -> String {
        let count = self.count.load(Ordering::Relaxed);
        let seconds = Duration::from_nanos(self.nanos.load(Ordering::Relaxed)).as_secs_f64();
        format!("{name}_sum{{{labels}}} {seconds}\n{name}_count{{{labels}}} {count}\n")
    }
}

/// A request in progress. Its time is counted when it is dropped.
#[derive(Debug)]
pub struct YardstickRequest<'a> {
    calls: &'a GatewayCalls,
    started: Instant,
}

impl Drop for YardstickRequest<'_> {
    fn drop(&mut self) {
        self.calls.requests.add(self.started.elapsed());
    }
}

impl GatewayCalls {
    /// A client for the gateway at an origin.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn new(gateway: String) -> Result<Self, BenchError> {
        let http = Client::builder()
            .timeout(Duration::from_secs(8))
            .user_agent("card-entry-yardstick")
            .no_proxy()
            .build()
            .map_err(|cause| BenchError::failed("making an HTTP client", cause))?;
        Ok(Self {
            http,
            gateway,
            requests: Stopwatch::default(),
            calls: Stopwatch::default(),
        })
    }

    /// Starts to measure a request.
    pub fn start_request(&self) -> YardstickRequest<'_> {
        YardstickRequest {
            calls: self,
            started: Instant::now(),
        }
    }

    /// Requests and calls until now, as text of Prometheus.
    pub fn metrics(&self) -> String {
        let requests = self
            .requests
            .lines("card_entry_request_duration_seconds", SYSTEM_LABEL);
        let calls = "card_entry_gateway_call_duration_seconds";
        requests + &self.calls.lines(calls, "provider=\"stripe\"")
    }
}

impl YardstickRequest<'_> {
    /// Reads an object of an account at the gateway.
    ///
    /// # Errors
    /// The gateway does not answer with success.
    pub async fn get(&self, account: u64, path: &str) -> Result<Value, BenchError> {
        let url = format!("{}{path}", self.calls.gateway);
        self.send(account, self.calls.http.get(url)).await
    }

    /// Creates an object of an account at the gateway.
    ///
    /// # Errors
    /// The gateway does not answer with success.
    pub async fn post(
        &self,
        account: u64,
        (path, form): (&str, &[(&str, &str)]),
        key: &str,
    ) -> Result<Value, BenchError> {
        let request = self
            .calls
            .http
            .post(format!("{}{path}", self.calls.gateway));
        let request = request.form(form).header("idempotency-key", key);
        self.send(account, request).await
    }

    async fn send(&self, account: u64, request: RequestBuilder) -> Result<Value, BenchError> {
        let failed = |cause: reqwest::Error| BenchError::failed("a call to the gateway", cause);
        let started = Instant::now();
        let request = request
            .bearer_auth(format!("sk_test_bench{account}"))
            .header("stripe-version", "2026-03-25.dahlia");
        let response = request.send().await.map_err(failed)?;
        let response = response.error_for_status().map_err(failed)?;
        let object = response.json().await.map_err(failed);
        self.calls.calls.add(started.elapsed());
        object
    }
}
