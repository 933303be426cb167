//! The metrics as text, in Prometheus' format 0.0.4. What the database knows is read at each scrape.
//!
//! Called by the listener of the metrics. It must never wait for the database longer than [`TIMEOUT`]; its values are left
//! out then. See <https://prometheus.io/docs/instrumenting/exposition_formats/>.

use std::time::Duration;

use prometheus::{IntGauge, IntGaugeVec, Opts, Registry, TextEncoder};
use tokio::time::timeout;

use super::Monitor;
use super::family::register;
use crate::app::App;
use crate::clock::now;
use wallet_store::StorePool;
use wallet_store::outbox::{self, OutboxAction, dead};

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
        "Jobs in the outbox, those that run or are not due yet included. Dead jobs are left out.",
        backlog.jobs,
    );
    let created_at = backlog.oldest_created_at.unwrap_or_else(now);
    gauge(
        registry,
        "card_entry_outbox_oldest_job_age_seconds",
        "The time since the oldest job in the outbox was written; 0 without a job. Dead jobs are left out.",
        now().saturating_sub(created_at).max(0),
    );
    read_dead_jobs(pool, registry).await;
}

async fn read_dead_jobs(pool: &StorePool, registry: &Registry) {
    let counts = timeout(TIMEOUT, dead::count_by_action(pool)).await;
    let Ok(Ok(counts)) = counts else {
        tracing::warn!("metrics of dead outbox jobs left out: the database does not respond");
        return;
    };
    let options = Opts::new(
        "card_entry_outbox_dead_jobs",
        "Jobs that failed too often and wait for an operator, by action.",
    );
    let Ok(gauges) = IntGaugeVec::new(options, &["action"]) else {
        return;
    };
    let known = OutboxAction::VARIANTS.iter();
    let none = known.map(|action| (action.as_str().to_owned(), 0));
    for (action, jobs) in none.chain(counts) {
        if let Ok(gauge) = gauges.get_metric_with_label_values(&[action.as_str()]) {
            gauge.set(jobs);
        }
    }
    register(registry, Box::new(gauges));
}

fn gauge(registry: &Registry, name: &str, help: &str, value: i64) {
    if let Ok(gauge) = IntGauge::with_opts(Opts::new(name, help)) {
        gauge.set(value);
        register(registry, Box::new(gauge));
    }
}
