//! What one connection does now, and since when.
//!
//! Written by the connection's stream and its service, read by its timer and by the registry. hyper's own
//! `header_read_timeout` cannot tell a half-sent head from an idle connection: its time also runs while a keep-alive
//! connection waits (hyper 1.12). It must never let a request in progress look like a connection that waits.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::config::ConnectionLimits;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ConnectionPhase {
    /// The client must send a request's head, since the start of the connection or the head's first byte.
    Head(Instant),
    /// A request is in progress. `request_timeout_ms` bounds it, its body included.
    Request,
    /// The response is being written, with the time of the last progress.
    Response(Instant),
    /// The response was sent, and the connection is kept for the next request.
    Idle(Instant),
}

/// The phase of one connection, and whether it is to be closed.
#[derive(Debug)]
pub(super) struct ConnectionActivity {
    phase: Mutex<ConnectionPhase>,
    close: Notify,
    is_closing: AtomicBool,
}

impl ConnectionActivity {
    pub(super) fn new() -> Self {
        Self {
            phase: Mutex::new(ConnectionPhase::Head(Instant::now())),
            close: Notify::new(),
            is_closing: AtomicBool::new(false),
        }
    }

    pub(super) fn on_read(&self) {
        let mut phase = self.phase();
        if let ConnectionPhase::Idle(_) = *phase {
            *phase = ConnectionPhase::Head(Instant::now());
        }
    }

    pub(super) fn on_request(&self) {
        *self.phase() = ConnectionPhase::Request;
    }

    pub(super) fn on_response(&self) {
        *self.phase() = ConnectionPhase::Response(Instant::now());
    }

    pub(super) fn on_write(&self) {
        let mut phase = self.phase();
        if let ConnectionPhase::Response(_) | ConnectionPhase::Idle(_) = *phase {
            *phase = ConnectionPhase::Response(Instant::now());
        }
    }

    /// hyper flushes the stream when it has written all that it has.
    pub(super) fn on_flush(&self) {
        let mut phase = self.phase();
        if let ConnectionPhase::Response(_) = *phase {
            *phase = ConnectionPhase::Idle(Instant::now());
        }
    }

    /// When the connection has to be closed. `None`: a request is in progress.
    pub(super) fn deadline(&self, limits: &ConnectionLimits) -> Option<Instant> {
        match *self.phase() {
            ConnectionPhase::Head(since) => Some(since + limits.header_timeout),
            ConnectionPhase::Request => None,
            ConnectionPhase::Response(since) | ConnectionPhase::Idle(since) => {
                Some(since + limits.idle_timeout)
            }
        }
    }

    /// Since when the connection has waited for a request. `None`: it does not wait.
    pub(super) fn waiting_since(&self) -> Option<Instant> {
        match *self.phase() {
            ConnectionPhase::Head(since) | ConnectionPhase::Idle(since) => Some(since),
            ConnectionPhase::Request | ConnectionPhase::Response(_) => None,
        }
    }

    /// Whether a head is expected or has arrived in part.
    pub(super) fn expects_head(&self) -> bool {
        matches!(*self.phase(), ConnectionPhase::Head(_))
    }

    /// Closes the connection, after its request if it has begun one in the meantime.
    pub(super) fn close(&self) {
        self.close.notify_one();
    }

    /// Waits for [`Self::close`].
    pub(super) async fn close_requested(&self) {
        self.close.notified().await;
    }

    /// From now on the stream reads what has arrived, also if the runtime has not reported it.
    pub(super) fn begin_closing(&self) {
        self.is_closing.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_closing(&self) -> bool {
        self.is_closing.load(Ordering::Relaxed)
    }

    fn phase(&self) -> MutexGuard<'_, ConnectionPhase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Duration;

    use super::*;

    const LIMITS: ConnectionLimits = ConnectionLimits {
        max_connections: 2,
        max_connections_per_address: 1,
        header_timeout: Duration::from_secs(10),
        idle_timeout: Duration::from_secs(60),
    };

    #[tokio::test(start_paused = true)]
    async fn each_phase_has_its_deadline_and_a_request_has_none() {
        let activity = ConnectionActivity::new();
        let left = || {
            Some(
                activity
                    .deadline(&LIMITS)?
                    .duration_since(Instant::now())
                    .as_secs(),
            )
        };
        let second = || tokio::time::advance(Duration::from_secs(1));
        second().await;
        activity.on_read();
        activity.on_flush();
        assert_eq!(
            left(),
            Some(9),
            "bytes of the head do not lengthen its time"
        );
        activity.on_request();
        activity.on_read();
        activity.on_write();
        assert_eq!((left(), activity.waiting_since()), (None, None));
        activity.on_response();
        second().await;
        assert_eq!(left(), Some(59));
        activity.on_write();
        assert_eq!(left(), Some(60), "a slow reader has time while it reads");
        assert_eq!(activity.waiting_since(), None);
        activity.on_flush();
        second().await;
        activity.on_flush();
        assert_eq!(left(), Some(59));
        assert!(activity.waiting_since().is_some() && !activity.expects_head());
        activity.on_read();
        assert_eq!((left(), activity.expects_head()), (Some(10), true));
    }
}
