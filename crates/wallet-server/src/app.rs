//! What every request has at hand: one value, shared.

use std::sync::Arc;

use card_entry_protocol::origin::Origin;

use crate::challenge::Challenge;
use crate::client_ip::ProxyWarning;
use crate::config::Config;
use crate::dist::Dist;
use crate::fault::Faults;
use crate::gateway::Gateway;
use crate::gateway::braintree::Braintree;
use crate::limiter::Limiter;
use crate::outbox::Bell;
use crate::password::Passwords;
use crate::store::Store;
use crate::tasks::Tasks;
use crate::turns::Turns;

/// The server's parts.
#[derive(Debug)]
pub struct Parts {
    /// The settings.
    pub config: Config,
    /// The origin browsers use.
    pub public_url: Origin,
    /// The database.
    pub store: Store,
    /// The gateway, for accounts whose cards Stripe keeps.
    pub gateway: Gateway,
    /// The vault, for accounts whose cards Braintree keeps.
    pub vault: Braintree,
    /// Asks whether callers are people; none: nobody is asked.
    pub challenge: Option<Challenge>,
    /// Hashes passwords.
    pub passwords: Passwords,
    /// Counts tries.
    pub limiter: Limiter,
    /// Says once that a proxy is not trusted.
    pub proxy_warning: ProxyWarning,
    /// One save at a time per owner.
    pub turns: Turns,
    /// The requests under way.
    pub tasks: Tasks,
    /// Wakes the outbox.
    pub bell: Bell,
    /// Faults asked for in development.
    pub faults: Faults,
    /// The built frame.
    pub dist: Dist,
    /// The frame built for Braintree; none where no account needs it.
    pub braintree_dist: Option<Dist>,
}

/// The server's parts, cheap to clone.
#[derive(Debug, Clone)]
pub struct App(Arc<Parts>);

impl App {
    /// Shares the parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl core::ops::Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
