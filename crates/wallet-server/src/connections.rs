//! Accepts client connections, within the bounds of [`ConnectionLimits`].
//!
//! Spawned by [`crate::server::Server::start`]. When the bound is reached, in all or for one client network, the
//! connection that has waited longest for a request is closed and the new one is served: a new client sends its request at
//! once, and a client that holds many connections open without a request loses its own. When every connection of the
//! network has a request in progress, the new one is closed. It must never stop accepting because of an error, and never
//! retry without a pause.

mod activity;
mod connection;
mod handshake;
mod log_limit;
mod registry;
mod tracked_stream;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};
use tokio::time::{sleep, timeout};

use self::activity::ConnectionActivity;
use self::connection::{ClientConnection, serve_connection};
use self::log_limit::LogLimit;
use self::registry::ConnectionRegistry;
use crate::app::App;
use crate::client_ip::loggable;
use crate::client_network::ClientNetwork;
use crate::config::ConnectionLimits;

/// The pause after an error of `accept`. Most often no file descriptor is left: an immediate retry would fail, too.
const ACCEPT_RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// At the bound of all connections, how often one that waits for a request is looked for.
const FULL_RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// Serves connections until `stop`, then closes those without a request, and waits for the others.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    app: App,
    mut stop: oneshot::Receiver<()>,
) {
    let (stopping, stopped) = watch::channel(false);
    let mut acceptor = Acceptor {
        limits: app.config.connections,
        app,
        router,
        listener,
        slots: Arc::new(Semaphore::new(0)),
        registry: Arc::default(),
        address_log: LogLimit::default(),
        full_log: LogLimit::default(),
        error_log: LogLimit::default(),
        stopped,
    };
    let max_connections = acceptor.limits.max_connections;
    acceptor.slots.add_permits(max_connections as usize);
    loop {
        let accepted = tokio::select! {
            biased;
            _ = &mut stop => break,
            accepted = acceptor.accept() => accepted,
        };
        acceptor.admit(accepted);
    }
    let slots = Arc::clone(&acceptor.slots);
    // The listener closes, so that clients and load balancers go elsewhere.
    drop(acceptor);
    let _ = stopping.send(true);
    // All slots are free when all connections are closed.
    let _all = slots.acquire_many(max_connections).await;
}

/// A connection that has a slot, and is not bounded by its address yet.
#[derive(Debug)]
struct AcceptedConnection {
    stream: TcpStream,
    peer: SocketAddr,
    slot: OwnedSemaphorePermit,
}

#[derive(Debug)]
struct Acceptor {
    limits: ConnectionLimits,
    app: App,
    router: Router,
    listener: TcpListener,
    /// A permit for each connection that may be open.
    slots: Arc<Semaphore>,
    registry: Arc<ConnectionRegistry>,
    address_log: LogLimit<ClientNetwork>,
    full_log: LogLimit<()>,
    error_log: LogLimit<io::ErrorKind>,
    stopped: watch::Receiver<bool>,
}

impl Acceptor {
    /// The next connection, with a slot. The slot comes second: without a new connection, none has to be closed.
    async fn accept(&mut self) -> AcceptedConnection {
        let (stream, peer) = self.accept_stream().await;
        let slot = self.free_slot().await;
        AcceptedConnection { stream, peer, slot }
    }

    async fn accept_stream(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            let error = match self.listener.accept().await {
                Ok(accepted) => return accepted,
                Err(error) => error,
            };
            // The client left before it was accepted.
            if error.kind() == io::ErrorKind::ConnectionAborted {
                continue;
            }
            if self.error_log.is_due(&error.kind()) {
                tracing::error!(%error, "a connection cannot be accepted; trying again");
            }
            sleep(ACCEPT_RETRY_INTERVAL).await;
        }
    }

    async fn free_slot(&mut self) -> OwnedSemaphorePermit {
        let mut closing: Option<Arc<ConnectionActivity>> = None;
        loop {
            if let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() {
                return slot;
            }
            if self.full_log.is_due(&()) {
                tracing::warn!(
                    max_connections = self.limits.max_connections,
                    "all connections are in use: closing the one that waited longest for a request"
                );
            }
            // One is enough, unless its request has arrived in the meantime.
            if closing
                .as_ref()
                .is_none_or(|one| one.waiting_since().is_none())
            {
                closing = self.registry.close_oldest_waiting();
            }
            let slot = Arc::clone(&self.slots).acquire_owned();
            // A connection that had a request in progress may wait for the next one by then.
            if let Ok(Ok(slot)) = timeout(FULL_RETRY_INTERVAL, slot).await {
                return slot;
            }
        }
    }

    fn admit(&mut self, accepted: AcceptedConnection) {
        let AcceptedConnection { stream, peer, slot } = accepted;
        let trusted = &self.app.config.trusted_proxies;
        let is_trusted = trusted.iter().any(|range| range.contains(peer.ip()));
        // A trusted proxy brings the connections of everybody.
        let network = (!is_trusted).then(|| ClientNetwork::of(peer.ip()));
        let max = self.limits.max_connections_per_address;
        let admission = self.registry.admit(network.clone(), max as usize);
        if admission.address_full
            && network.is_some_and(|network| self.address_log.is_due(&network))
        {
            tracing::warn!(
                peer = loggable(peer.ip()),
                max_connections_per_address = max,
                "too many connections from one address: closing the one that waited longest for a request; \
                 add the address to trusted_proxies if it is your proxy"
            );
        }
        let Some(registered) = admission.connection else {
            return;
        };
        let connection = ClientConnection {
            stream,
            peer,
            registered,
            router: self.router.clone(),
            limits: self.limits,
            stopped: self.stopped.clone(),
            tls: self.app.config.tls.clone(),
        };
        tokio::spawn(async move {
            serve_connection(connection).await;
            drop(slot);
        });
    }
}
