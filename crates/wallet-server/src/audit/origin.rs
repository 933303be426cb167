//! Where a change comes from: the actor, the request and the network. It belongs to the task that runs the request.
//!
//! Set by the layer that runs each request, and by commands. A task without an origin, such as the outbox or a save that
//! goes on after its request, is this server's own. It must never be handed from one request to another.

use std::sync::{Arc, OnceLock};

use wallet_core::ids::OwnerId;
use wallet_store::audit_events::Actor;

use crate::client_network::ClientNetwork;
use crate::request_id::RequestId;
use crate::secret::Fingerprint;

tokio::task_local! {
    static ORIGIN: RequestOrigin;
}

pub(super) const DEFAULT_ACTOR: Actor = Actor::WalletServer;

/// Where the changes of one task come from. A clone shares what becomes known later.
#[derive(Debug, Clone)]
pub(crate) struct RequestOrigin {
    pub(super) actor: Actor,
    pub(super) request_id: Option<Arc<str>>,
    pub(super) network: Option<Fingerprint>,
    account: Arc<OnceLock<i64>>,
    owner: Arc<OnceLock<OwnerId>>,
}

impl RequestOrigin {
    /// The origin of a request. `instance` is that of the database, see [`ClientNetwork::fingerprint`].
    pub fn of_request(
        actor: Actor,
        id: Option<&RequestId>,
        network: Option<&ClientNetwork>,
        instance: &str,
    ) -> Self {
        Self {
            request_id: id.map(|id| id.as_str().into()),
            network: network.map(|network| network.fingerprint(instance)),
            ..Self::of_actor(actor)
        }
    }

    fn of_actor(actor: Actor) -> Self {
        Self {
            actor,
            request_id: None,
            network: None,
            account: Arc::default(),
            owner: Arc::default(),
        }
    }

    /// Runs a future whose changes come from here.
    pub async fn scope<T>(self, work: impl Future<Output = T>) -> T {
        ORIGIN.scope(self, work).await
    }

    pub(super) fn account(&self) -> Option<i64> {
        self.account.get().copied()
    }

    pub(super) fn owner(&self) -> Option<OwnerId> {
        self.owner.get().copied()
    }
}

/// The origin of the current task, if it runs a request or a command.
pub(super) fn current() -> Option<RequestOrigin> {
    ORIGIN.try_with(Clone::clone).ok()
}

/// The account of the current request, for events that its route does not record itself. The first one stays.
pub(crate) fn record_account(id: i64) {
    let _ = ORIGIN.try_with(|origin| origin.account.set(id));
}

/// The owner whose wallet the current request uses. The first one stays.
pub(crate) fn record_owner(id: OwnerId) {
    let _ = ORIGIN.try_with(|origin| origin.owner.set(id));
}

/// Runs a part of a request that this server does by itself, such as the handling of a webhook.
pub(crate) async fn by_this_server<T>(work: impl Future<Output = T>) -> T {
    let origin = current().unwrap_or_else(|| RequestOrigin::of_actor(DEFAULT_ACTOR));
    let origin = RequestOrigin {
        actor: DEFAULT_ACTOR,
        ..origin
    };
    origin.scope(work).await
}

/// Runs a future for somebody who sends no request, such as the operator at the command line.
pub(crate) async fn by_actor<T>(actor: Actor, work: impl Future<Output = T>) -> T {
    RequestOrigin::of_actor(actor).scope(work).await
}
