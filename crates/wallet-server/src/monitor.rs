//! What operators watch: whether the server is ready, and its metrics.
//!
//! A [`Monitor`] is made with the configuration and shared by its clones. The server attaches itself to it when it starts.
//! It must never hold a server in memory that has stopped.

mod family;
mod listener;
mod metrics;
mod readiness;
mod scrape;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) use family::{Counter, Durations, MetricName};
pub use listener::{MetricsListenFailed, MetricsServer};
pub(crate) use metrics::{FinishedRequest, Metrics, SaveResult};
pub use readiness::Readiness;

use crate::app::{App, WeakApp};

/// The state that monitoring reads. A clone is cheap and shares it.
#[derive(Debug, Clone, Default)]
pub struct Monitor(Arc<MonitorState>);

#[derive(Debug, Default)]
struct MonitorState {
    stopping: AtomicBool,
    app: Mutex<Option<WeakApp>>,
    metrics: Metrics,
}

impl Monitor {
    /// Makes `/readyz` answer 503 from now on. Call it as soon as the process is told to stop.
    pub fn mark_stopping(&self) {
        self.0.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the process was told to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::Relaxed)
    }

    /// The server whose state is read. A later one replaces it.
    pub(crate) fn attach(&self, app: &App) {
        let mut current = self.0.app.lock().unwrap_or_else(PoisonError::into_inner);
        *current = Some(app.downgrade());
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The attached server, if it runs.
    fn app(&self) -> Option<App> {
        let current = self.0.app.lock().unwrap_or_else(PoisonError::into_inner);
        current.as_ref()?.upgrade()
    }
}
