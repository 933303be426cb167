//! The open connections, by client network.
//!
//! Called by the accept loop. A connection that is to be closed is no longer counted, even if its task has not ended yet:
//! the bound of all connections counts it until then. It must never hold a network that has no connection.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::activity::ConnectionActivity;
use crate::client_network::ClientNetwork;

/// The connections of each network. `None` is that of the trusted proxies.
type ConnectionsByNetwork = HashMap<Option<ClientNetwork>, Vec<Arc<ConnectionActivity>>>;

/// All open connections.
#[derive(Debug, Default)]
pub(super) struct ConnectionRegistry(Mutex<ConnectionsByNetwork>);

/// Whether a new connection is served, and whether its address has too many.
#[derive(Debug)]
pub(super) struct ConnectionAdmission {
    /// `None`: close the new connection.
    pub(super) connection: Option<RegisteredConnection>,
    /// The address had as many connections as it may have. One was closed, or the new one has to be.
    pub(super) address_full: bool,
}

impl ConnectionRegistry {
    /// Registers a new connection of a network, which may have `max`. Without a network there is no such bound.
    pub(super) fn admit(
        self: &Arc<Self>,
        network: Option<ClientNetwork>,
        max: usize,
    ) -> ConnectionAdmission {
        let mut all = self.connections();
        let list = all.entry(network.clone()).or_default();
        let address_full = network.is_some() && list.len() >= max;
        if address_full && close_oldest_waiting(list).is_none() {
            return ConnectionAdmission {
                connection: None,
                address_full,
            };
        }
        let activity = Arc::new(ConnectionActivity::new());
        list.push(Arc::clone(&activity));
        ConnectionAdmission {
            connection: Some(RegisteredConnection {
                registry: Arc::clone(self),
                network,
                activity,
            }),
            address_full,
        }
    }

    /// Closes the connection that has waited longest for a request, and returns it. `None`: none waits.
    pub(super) fn close_oldest_waiting(&self) -> Option<Arc<ConnectionActivity>> {
        let mut all = self.connections();
        let oldest = all
            .values_mut()
            .filter_map(|list| {
                let since = list.iter().filter_map(|one| one.waiting_since()).min()?;
                Some((since, list))
            })
            .min_by_key(|(since, _)| *since);
        close_oldest_waiting(oldest?.1)
    }

    fn connections(&self) -> MutexGuard<'_, ConnectionsByNetwork> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The same among the connections of one network.
fn close_oldest_waiting(
    list: &mut Vec<Arc<ConnectionActivity>>,
) -> Option<Arc<ConnectionActivity>> {
    let waiting = list
        .iter()
        .enumerate()
        .filter_map(|(at, connection)| Some((connection.waiting_since()?, at)));
    let (_, at) = waiting.min()?;
    let oldest = list.swap_remove(at);
    oldest.close();
    Some(oldest)
}

/// A connection that is counted until it is dropped.
#[derive(Debug)]
pub(super) struct RegisteredConnection {
    registry: Arc<ConnectionRegistry>,
    network: Option<ClientNetwork>,
    activity: Arc<ConnectionActivity>,
}

impl RegisteredConnection {
    pub(super) fn activity(&self) -> &Arc<ConnectionActivity> {
        &self.activity
    }
}

impl Drop for RegisteredConnection {
    fn drop(&mut self) {
        let mut all = self.registry.connections();
        if let Some(list) = all.get_mut(&self.network) {
            list.retain(|other| !Arc::ptr_eq(other, &self.activity));
            if list.is_empty() {
                all.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn network(ip: &str) -> Option<ClientNetwork> {
        Some(ClientNetwork::of(ip.parse().unwrap()))
    }

    fn count(registry: &ConnectionRegistry) -> usize {
        registry.connections().values().map(Vec::len).sum()
    }

    async fn is_closing(connection: &RegisteredConnection) -> bool {
        let closed = connection.activity.close_requested();
        let at_once = std::time::Duration::ZERO;
        tokio::time::timeout(at_once, closed).await.is_ok()
    }

    #[tokio::test]
    async fn the_longest_waiting_connection_of_a_full_address_is_closed() {
        let registry = Arc::new(ConnectionRegistry::default());
        let open = |ip| registry.admit(network(ip), 2);
        let (first, second) = (open("192.0.2.1"), open("192.0.2.1"));
        assert!(!first.address_full && !second.address_full);
        let (first, second) = (first.connection.unwrap(), second.connection.unwrap());
        first.activity.on_request();
        let third = open("192.0.2.1");
        assert!(third.address_full && is_closing(&second).await);
        let third = third.connection.unwrap();
        third.activity.on_request();
        let fourth = open("192.0.2.1");
        assert!(fourth.connection.is_none() && fourth.address_full);
        let other = open("192.0.2.2").connection.unwrap();
        assert_eq!(count(&registry), 3);
        drop((first, second, third, other));
        assert!(registry.connections().is_empty());
    }

    #[tokio::test]
    async fn trusted_proxies_have_no_bound_of_their_own() {
        let registry = Arc::new(ConnectionRegistry::default());
        let all: Vec<_> = (0..5).map(|_| registry.admit(None, 2)).collect();
        assert!(all.iter().all(|one| one.connection.is_some()));
        assert!(registry.close_oldest_waiting().is_some());
        assert_eq!(count(&registry), 4);
        assert!(is_closing(all.first().unwrap().connection.as_ref().unwrap()).await);
        drop(all);
        assert_eq!(count(&registry), 0);
    }
}
