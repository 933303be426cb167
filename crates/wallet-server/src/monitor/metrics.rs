//! The metrics that the whole server counts: requests, and saves by their outcome.
//!
//! Gateway calls and rate limits are counted where they happen. It must never count by account or owner: their number has
//! no bound.

use std::time::Duration;

use prometheus::Registry;

use super::family::{Counter, Durations, MetricName};
use wallet_store::account_cooldowns::BreakerStage;

/// The label of a request that matches no route.
const UNMATCHED: &str = "unmatched";

/// One finished request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FinishedRequest<'a> {
    pub system: &'static str,
    /// The route's template; `None` if no route matches.
    pub route: Option<&'a str>,
    pub method: &'a str,
    /// `None` if the client disconnected before the response.
    pub status: Option<u16>,
    pub duration: Duration,
}

/// How a save ended, as the metrics count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SaveResult {
    Saved,
    Replaced,
    AlreadySaved,
    Declined,
    Refused,
    Indeterminate,
}

impl SaveResult {
    const ALL: [Self; 6] = [
        Self::Saved,
        Self::Replaced,
        Self::AlreadySaved,
        Self::Declined,
        Self::Refused,
        Self::Indeterminate,
    ];

    fn label(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Replaced => "replaced",
            Self::AlreadySaved => "already_saved",
            Self::Declined => "declined",
            Self::Refused => "refused",
            Self::Indeterminate => "indeterminate",
        }
    }
}

#[derive(Debug)]
pub(crate) struct Metrics {
    requests: Counter,
    durations: Durations,
    saves: Counter,
    stages: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            requests: Counter::new(
                MetricName::new(
                    "card_entry_requests_total",
                    "Requests, by wallet system, route, method and class of the status.",
                ),
                &["system", "route", "method", "status"],
            ),
            durations: Durations::new(
                MetricName::new(
                    "card_entry_request_duration_seconds",
                    "The time from the head of a request to its response.",
                ),
                &["system", "route", "method"],
            ),
            saves: Counter::new(
                MetricName::new(
                    "card_entry_saves_total",
                    "Attempts to save a card, by outcome.",
                ),
                &["outcome"],
            ),
            stages: Counter::new(
                MetricName::new(
                    "card_entry_breaker_stage_changes_total",
                    "How often an account entered a stage of the breaker.",
                ),
                &["stage"],
            ),
        };
        for stage in BreakerStage::ALL {
            metrics.stages.add(&[stage.label()], 0);
        }
        for result in SaveResult::ALL {
            metrics.saves.add(&[result.label()], 0);
        }
        metrics
    }
}

impl Metrics {
    pub fn count_request(&self, request: &FinishedRequest<'_>) {
        // The path of a fallback is not a route.
        let route = request.route.filter(|route| !route.contains("__private"));
        let (system, route) = (request.system, route.unwrap_or(UNMATCHED));
        let method = match request.method {
            known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known,
            _ => "other",
        };
        let status = match request.status.map(|status| status / 100) {
            None => "client_left",
            Some(..=1) => "1xx",
            Some(2) => "2xx",
            Some(3) => "3xx",
            Some(4) => "4xx",
            Some(_) => "5xx",
        };
        self.requests.increment(&[system, route, method, status]);
        self.durations
            .observe(&[system, route, method], request.duration);
    }

    pub fn count_save(&self, result: SaveResult) {
        self.saves.increment(&[result.label()]);
    }

    pub fn count_stage(&self, stage: BreakerStage) {
        self.stages.increment(&[stage.label()]);
    }

    pub fn register(&self, registry: &Registry) {
        self.requests.register(registry);
        self.durations.register(registry);
        self.saves.register(registry);
        self.stages.register(registry);
    }
}
