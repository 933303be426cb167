//! Starts the server, serves requests, and stops it gracefully.
//!
//! Called by `main`, and by tests, which start it on port 0. It must never drop a request in progress at a stop, unless the
//! request takes longer than `SHUTDOWN_GRACE`.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use card_entry_protocol::origin::Origin;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::app::{App, AppParts};
use crate::challenge::Challenge;
use crate::client_ip::ProxyWarning;
use crate::config::{Provider, ServerConfig};
use crate::connections;
use crate::dist::Dist;
use crate::fault::FaultQueue;
use crate::gateway::braintree::BraintreeApi;
use crate::gateway::{Gateway, GatewayError};
use crate::housekeeping;
use crate::outbox_runner::{OutboxRunner, OutboxWaker};
use crate::owner_locks::OwnerLocks;
use crate::password::{HashingError, Passwords};
use crate::rate_limiter::RateLimiter;
use crate::routes;
use crate::tasks::Tasks;
use crate::wallet;
use wallet_store::{Database, Store, StoreError};

/// The time that requests in progress have after a stop.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(10);

/// What to do when the database cannot be opened, where its error does not say so.
fn database_advice(database: &Database, error: &StoreError) -> &'static str {
    match (database, error) {
        (_, StoreError::Newer(_) | StoreError::NoLocks) => "",
        (Database::File(_), _) => "; check that its folder exists and can be written",
        (Database::Postgres(_), _) => {
            "; check that the server runs and that the user may connect and create tables in it"
        }
    }
}

/// Why the server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is in use, or is not an address of this machine.
    #[error("listen: {0} cannot be listened on ({1}); choose another address")]
    Listen(SocketAddr, io::Error),
    /// The database cannot be opened.
    #[error("database: {0} cannot be opened ({1}){advice}", advice = database_advice(.0, .1))]
    Database(Database, StoreError),
    /// The HTTP client of the gateway cannot be made.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// The password hasher cannot be made.
    #[error(transparent)]
    Passwords(#[from] HashingError),
}

/// A running server.
///
/// ```no_run
/// # use wallet_server::config::{ServerConfig, Settings};
/// # use wallet_server::server::Server;
/// # async fn run(settings: Settings) -> Result<(), Box<dyn std::error::Error>> {
/// let server = Server::start(ServerConfig::load(settings)?).await?;
/// println!("listening on {}", server.address());
/// server.run_until(async { tokio::signal::ctrl_c().await.unwrap() }).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    app: App,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
    outbox: OutboxRunner,
    housekeeping: JoinHandle<()>,
    decline_reader: JoinHandle<()>,
}

impl Server {
    /// Opens the database, binds the address and starts to serve requests.
    ///
    /// # Errors
    /// [`StartError`], whose text names the setting.
    pub async fn start(config: ServerConfig) -> Result<Self, StartError> {
        for warning in &config.warnings {
            tracing::warn!("{warning}");
        }
        let store = Store::open(&config.database)
            .await
            .map_err(|e| StartError::Database(config.database.clone(), e))?;
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|e| StartError::Listen(config.listen, e))?;
        let address = listener
            .local_addr()
            .map_err(|e| StartError::Listen(config.listen, e))?;
        let scheme = if config.tls.is_some() {
            "https"
        } else {
            "http"
        };
        let own = Origin::parse(&format!("{scheme}://{address}"));
        let public_url = config.public_url.clone().or(own);
        let public_url = public_url.ok_or_else(|| {
            StartError::Listen(
                address,
                io::Error::other("no origin can be made of it; set public_url"),
            )
        })?;
        let needs_braintree = config
            .accounts
            .iter()
            .any(|account| account.provider != Provider::Stripe);
        let app = App::new(AppParts {
            gateway: Gateway::new(
                &config.gateway_url,
                config.gateway_timeout,
                store.instance(),
            )?,
            vault: BraintreeApi::new(&config.braintree_url, config.gateway_timeout)?,
            challenge: config.challenge.clone().map(Challenge::new).transpose()?,
            passwords: Passwords::new()?,
            limiter: RateLimiter::default(),
            proxy_warning: ProxyWarning::default(),
            owner_locks: OwnerLocks::default(),
            tasks: Tasks::default(),
            outbox: OutboxWaker::default(),
            faults: FaultQueue::default(),
            dist: Dist::open(config.dist.clone()),
            braintree_dist: needs_braintree.then(|| Dist::open(config.braintree_dist.clone())),
            store,
            public_url,
            config,
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let router = routes::router(app.clone());
        let serving = tokio::spawn(connections::serve(listener, router, app.clone(), stopped));
        let outbox = OutboxRunner::start(app.clone());
        let housekeeping = tokio::spawn(housekeeping::run(app.clone()));
        let decline_reader = tokio::spawn(wallet::run_decline_reader(app.clone()));
        tracing::info!(%address, public_url = %app.public_url, version = env!("CARGO_PKG_VERSION"), "listening");
        if app.config.allow_faults {
            tracing::warn!("POST /__faults is enabled: for development only");
        }
        Ok(Self {
            address,
            app,
            stop,
            serving,
            outbox,
            housekeeping,
            decline_reader,
        })
    }

    #[cfg(test)]
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// The address that the server listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `done` is ready, then stops.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn run_until(mut self, done: impl Future<Output = ()>) -> io::Result<()> {
        tokio::select! {
            () = done => self.stop().await,
            broken = &mut self.serving => broken.map_err(io::Error::other),
        }
    }

    /// Accepts no new requests, closes the connections without one, waits for those in progress, and closes the database.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn stop(self) -> io::Result<()> {
        // An embedder calls this without `main.rs`, which marks it on the signal.
        self.app.config.monitor.mark_stopping();
        tracing::info!("stopping: waiting for requests in progress");
        // A closed channel means that the listener stopped already.
        let _ = self.stop.send(());
        let all = async {
            let served = self.serving.await;
            // Requests whose client disconnected are finished, too.
            self.app.tasks.drain().await;
            served
        };
        let served = tokio::time::timeout(SHUTDOWN_GRACE, all).await;
        self.housekeeping.abort();
        self.outbox.stop().await;
        self.decline_reader.abort();
        self.app.store.close().await;
        tracing::info!("stopped");
        match served {
            Ok(done) => done.map_err(io::Error::other),
            Err(_) => {
                tracing::warn!(
                    "stopped before all requests in progress were finished: they took too long"
                );
                Ok(())
            }
        }
    }
}
