//! Counters and histograms with labels, over the library `prometheus`.
//!
//! Used by the modules that count. A label must never have an unbounded number of values: no path, id, name or text of a
//! request.

use std::collections::HashMap;

use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry};

/// The upper bounds of the buckets, in seconds: from a read of the database to the longest request.
const BUCKETS_SECONDS: [f64; 12] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];

/// The name of a metric, its explanation, and a label that has one value in this process part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MetricName {
    pub name: &'static str,
    pub help: &'static str,
    pub constant: Option<(&'static str, &'static str)>,
}

impl MetricName {
    pub fn new(name: &'static str, help: &'static str) -> Self {
        Self {
            name,
            help,
            constant: None,
        }
    }

    fn options(self) -> Opts {
        let constant = self.constant.into_iter();
        let labels: HashMap<_, _> = constant
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Opts::new(self.name, self.help).const_labels(labels)
    }
}

/// A counter. `None` would mean that its name is not valid, which the test of the metrics shows.
#[derive(Debug, Clone)]
pub(crate) struct Counter(Option<IntCounterVec>);

impl Counter {
    pub fn new(name: MetricName, labels: &[&str]) -> Self {
        Self(IntCounterVec::new(name.options(), labels).ok())
    }

    /// Adds one to the series with these values, in the order of the labels.
    pub fn increment(&self, values: &[&str]) {
        self.add(values, 1);
    }

    /// Makes the series appear before its first event, so that its first increase is seen.
    pub fn add(&self, values: &[&str], count: u64) {
        if let Some(family) = &self.0
            && let Ok(counter) = family.get_metric_with_label_values(values)
        {
            counter.inc_by(count);
        }
    }

    pub fn register(&self, registry: &Registry) {
        if let Some(family) = &self.0 {
            register(registry, Box::new(family.clone()));
        }
    }
}

/// A histogram of durations in seconds.
#[derive(Debug, Clone)]
pub(crate) struct Durations(Option<HistogramVec>);

impl Durations {
    pub fn new(name: MetricName, labels: &[&str]) -> Self {
        let options = HistogramOpts::from(name.options()).buckets(BUCKETS_SECONDS.to_vec());
        Self(HistogramVec::new(options, labels).ok())
    }

    pub fn observe(&self, values: &[&str], duration: std::time::Duration) {
        if let Some(family) = &self.0
            && let Ok(histogram) = family.get_metric_with_label_values(values)
        {
            histogram.observe(duration.as_secs_f64());
        }
    }

    pub fn register(&self, registry: &Registry) {
        if let Some(family) = &self.0 {
            register(registry, Box::new(family.clone()));
        }
    }
}

pub(super) fn register(registry: &Registry, family: Box<dyn prometheus::core::Collector>) {
    if let Err(error) = registry.register(family) {
        tracing::error!(%error, "metric left out");
    }
}
