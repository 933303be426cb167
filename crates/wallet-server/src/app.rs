//! The state that every request shares.
//!
//! Made once by [`crate::server::Server::start`]. It must never hold anything of one request.

use std::sync::{Arc, Weak};

use card_entry_protocol::origin::Origin;

use crate::challenge::Challenge;
use crate::client_ip::ProxyWarning;
use crate::config::ServerConfig;
use crate::dist::Dist;
use crate::fault::FaultQueue;
use crate::gateway::Gateway;
use crate::gateway::braintree::BraintreeApi;
use crate::outbox_runner::OutboxWaker;
use crate::owner_locks::OwnerLocks;
use crate::password::Passwords;
use crate::rate_limiter::RateLimiter;
use crate::tasks::Tasks;
use wallet_store::Store;

/// The parts of the server.
#[derive(Debug)]
pub struct AppParts {
    /// The checked configuration of the server.
    pub config: ServerConfig,
    /// The origin that browsers use.
    pub public_url: Origin,
    /// The SQLite database of wallets.
    pub store: Store,
    /// The client of Stripe's API, for accounts whose cards Stripe stores.
    pub gateway: Gateway,
    /// The client of Braintree's API, for accounts whose cards Braintree stores.
    pub vault: BraintreeApi,
    /// The CAPTCHA client. `None` means that the CAPTCHA is off.
    pub challenge: Option<Challenge>,
    /// The password hasher, with its limits.
    pub passwords: Passwords,
    /// The in-memory rate limiter of sign-in and sign-up.
    pub limiter: RateLimiter,
    /// The warning about an untrusted proxy, which is logged once.
    pub proxy_warning: ProxyWarning,
    /// One save at a time per owner.
    pub owner_locks: OwnerLocks,
    /// The requests in progress, which a stop waits for.
    pub tasks: Tasks,
    /// Wakes the outbox when a job was added.
    pub outbox: OutboxWaker,
    /// The faults that tests inject in development.
    pub faults: FaultQueue,
    /// The build of the frame for Stripe.
    pub dist: Dist,
    /// The build of the frame for Braintree. `None` means that no account needs it.
    pub braintree_dist: Option<Dist>,
}

/// The shared state. A clone is cheap: it is an [`Arc`].
#[derive(Debug, Clone)]
pub struct App(Arc<AppParts>);

impl App {
    /// Makes the shared state from its parts, and attaches it to the monitor of the configuration.
    #[must_use]
    pub fn new(parts: AppParts) -> Self {
        let app = Self(Arc::new(parts));
        app.config.monitor.attach(&app);
        app
    }

    pub(crate) fn downgrade(&self) -> WeakApp {
        WeakApp(Arc::downgrade(&self.0))
    }
}

/// The shared state, without keeping it in memory.
#[derive(Debug, Clone)]
pub(crate) struct WeakApp(Weak<AppParts>);

impl WeakApp {
    pub(crate) fn upgrade(&self) -> Option<App> {
        self.0.upgrade().map(App)
    }
}

impl core::ops::Deref for App {
    type Target = AppParts;
    fn deref(&self) -> &AppParts {
        &self.0
    }
}
