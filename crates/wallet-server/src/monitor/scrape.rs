//! The metrics as text, in Prometheus' format 0.0.4. What the database knows is read at each scrape.
//!
//! Called by the listener of the metrics. It must never wait for the database longer than [`TIMEOUT`]; its values are left
//! out then. See <https://prometheus.io/docs/instrumenting/exposition_formats/>.

use std::time::Duration;

use prometheus::{IntGauge, Opts, Registry, TextEncoder};
use tokio::time::timeout;

use super::Monitor;
use super::family::register;
use crate::app::App;
use crate::clock::now;
use wallet_store::outbox;

/// The time that the database has to answer. A scrape of Prometheus ends after ten seconds.
const TIMEOUT: Duration = Duration::from_secs(1);

pub(super) async fn text(monitor: &Monitor) -> Result<String, prometheus::Error> {
    let registry = Registry::new();
    monitor.metrics().register(&registry);
    if let Some(app) = monitor.app() {
        app.gateway.metrics().register(&registry);
        app.vault.metrics().register(&registry);
        app.limiter.register_metrics(&registry);
        read_database(&app, &registry).await;
    }
    TextEncoder::new().encode_to_string(&registry.gather())
}

async fn read_database(app: &App, registry: &Registry) {
    let pool = app.store.pool();
    gauge(
        registry,
        "card_entry_database_pool_connections",
        "Open connections to the database.",
        i64::from(pool.open_connections()),
    );
    gauge(
        registry,
        "card_entry_database_pool_idle_connections",
        "Open connections to the database that are not in use.",
        i64::try_from(pool.idle_connections()).unwrap_or(i64::MAX),
    );
    let backlog = timeout(TIMEOUT, outbox::backlog(pool)).await;
    let backlog = backlog.ok().and_then(Result::ok);
    gauge(
        registry,
        "card_entry_database_up",
        "Whether the database answered this scrape.",
        i64::from(backlog.is_some()),
    );
    let Some(backlog) = backlog else {
        tracing::warn!("metrics of the outbox left out: the database does not respond");
        return;
    };
    gauge(
        registry,
        "card_entry_outbox_jobs",
        "Jobs in the outbox, those that are not due yet included.",
        backlog.jobs,
    );
    let created_at = backlog.oldest_created_at.unwrap_or_else(now);
    gauge(
        registry,
        "card_entry_outbox_oldest_job_age_seconds",
        "The time since the oldest job in the outbox was written; 0 without a job.",
        now().saturating_sub(created_at).max(0),
    );
}

fn gauge(registry: &Registry, name: &str, help: &str, value: i64) {
    if let Ok(gauge) = IntGauge::with_opts(Opts::new(name, help)) {
        gauge.set(value);
        register(registry, Box::new(gauge));
    }
}
