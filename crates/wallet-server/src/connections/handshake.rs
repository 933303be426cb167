//! The TLS handshake of one connection, before its first request.
//!
//! Called for each connection when TLS is on. It belongs to the time of the first head: a client that does not finish it is
//! closed like one that does not send a request. It must never outlast a stop.

use tokio::sync::watch;
use tokio::time::sleep_until;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::activity::ConnectionActivity;
use super::tracked_stream::TrackedStream;
use crate::config::ConnectionLimits;

/// The encrypted stream. `None`: the client did not finish the handshake, or the connection is to be closed.
pub(super) async fn accept_tls(
    acceptor: &TlsAcceptor,
    stream: TrackedStream,
    activity: &ConnectionActivity,
    limits: &ConnectionLimits,
    stopped: &mut watch::Receiver<bool>,
) -> Option<TlsStream<TrackedStream>> {
    let deadline = activity.deadline(limits)?;
    tokio::select! {
        biased;
        accepted = acceptor.accept(stream) => match accepted {
            Ok(stream) => Some(stream),
            Err(error) => {
                tracing::debug!(%error, "connection closed in the TLS handshake");
                None
            }
        },
        () = sleep_until(deadline) => None,
        () = activity.close_requested() => None,
        _ = stopped.changed() => None,
    }
}
