//! The server's life: open, listen, serve, stop without dropping anyone.
//!
//! Called by `main` and by the tests, which start it on port 0.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use card_entry_protocol::origin::Origin;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::app::{App, Parts};
use crate::challenge::Challenge;
use crate::client_ip::ProxyWarning;
use crate::config::{Config, Provider};
use crate::dist::Dist;
use crate::fault::Faults;
use crate::gateway::braintree::Braintree;
use crate::gateway::{Gateway, GatewayError};
use crate::limiter::Limiter;
use crate::outbox;
use crate::password::{HashingFailed, Passwords};
use crate::routes;
use crate::store::{Store, StoreError};
use crate::tasks::Tasks;
use crate::turns::Turns;

/// How long requests under way may take after a stop was asked for.
const LAST_CALL: Duration = Duration::from_secs(10);

/// Why the server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("listen: {0} cannot be listened on ({1}); choose another address")]
    Listen(SocketAddr, io::Error),
    /// The database cannot be opened.
    #[error(
        "database: {0} cannot be opened ({1}); check that its folder exists and can be written"
    )]
    Database(String, StoreError),
    /// The gateway's client cannot be made.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// Passwords cannot be hashed.
    #[error(transparent)]
    Passwords(#[from] HashingFailed),
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    app: App,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<io::Result<()>>,
    errands: JoinHandle<()>,
}

impl Server {
    /// Opens the database, binds the address and begins to answer.
    ///
    /// # Errors
    /// [`StartError`], which names the setting.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        for parent in config.parents_on_own_host() {
            tracing::warn!(%parent, "a parent shares the server's host name: give the card form a host of its own");
        }
        let store = Store::open(&config.database)
            .await
            .map_err(|e| StartError::Database(config.database.display().to_string(), e))?;
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|e| StartError::Listen(config.listen, e))?;
        let address = listener
            .local_addr()
            .map_err(|e| StartError::Listen(config.listen, e))?;
        let own = Origin::parse(&format!("http://{address}"));
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
        let app = App::new(Parts {
            gateway: Gateway::new(
                &config.gateway_url,
                config.gateway_timeout,
                store.instance(),
            )?,
            vault: Braintree::new(&config.braintree_url, config.gateway_timeout)?,
            challenge: config.challenge.clone().map(Challenge::new).transpose()?,
            passwords: Passwords::new()?,
            limiter: Limiter::default(),
            proxy_warning: ProxyWarning::default(),
            turns: Turns::default(),
            tasks: Tasks::default(),
            bell: outbox::Bell::default(),
            faults: Faults::default(),
            dist: Dist::open(config.dist.clone()),
            braintree_dist: needs_braintree.then(|| Dist::open(config.braintree_dist.clone())),
            store,
            public_url,
            config,
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let service =
            routes::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let serving = tokio::spawn(async move {
            axum::serve(listener, service)
                .with_graceful_shutdown(async {
                    let _ = stopped.await;
                })
                .await
        });
        let errands = tokio::spawn(outbox::run(app.clone()));
        tracing::info!(%address, public_url = %app.public_url, version = env!("CARGO_PKG_VERSION"), "listening");
        if app.config.allow_faults {
            tracing::warn!("POST /__faults is open: for development only");
        }
        Ok(Self {
            address,
            app,
            stop,
            serving,
            errands,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the future is done, then stops.
    ///
    /// # Errors
    /// When listening broke.
    pub async fn run_until(mut self, done: impl Future<Output = ()>) -> io::Result<()> {
        tokio::select! {
            () = done => self.stop().await,
            broken = &mut self.serving => broken.map_err(io::Error::other)?,
        }
    }

    /// Takes no new requests, lets those under way finish, and closes the database.
    ///
    /// # Errors
    /// When listening broke.
    pub async fn stop(self) -> io::Result<()> {
        tracing::info!("stopping: requests under way are finished");
        // A closed channel means it stopped already.
        let _ = self.stop.send(());
        let all = async {
            let served = self.serving.await;
            // What nobody listens to any more is finished, too.
            self.app.tasks.end().await;
            served
        };
        let served = tokio::time::timeout(LAST_CALL, all).await;
        // An errand cut short stays in the outbox and is run at the next start.
        self.errands.abort();
        self.app.store.close().await;
        tracing::info!("stopped");
        match served {
            Ok(done) => done.map_err(io::Error::other)?,
            Err(_) => {
                tracing::warn!("some requests took too long and were cut off");
                Ok(())
            }
        }
    }
}
