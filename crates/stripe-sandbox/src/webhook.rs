//! Webhooks: each recorded event is sent, signed, over real HTTP to every endpoint that is subscribed to it, and is
//! sent again until the endpoint answers with a 2xx.
//!
//! [`delivery`] is one event for one endpoint, [`delivery_queue`] queues and retries, [`sender`] sends one request,
//! [`signature`] signs it, [`delivery_log`] records the attempts, and [`delivery_policy`] holds the settings that
//! make webhooks misbehave, so that a receiver can be tested. Webhooks must never leave this machine.

pub mod delivery;
pub mod delivery_log;
pub mod delivery_policy;
pub mod delivery_queue;
pub mod sender;
pub mod signature;

pub use delivery::Delivery;
pub use delivery_log::DeliveryLog;
pub use delivery_policy::DeliveryPolicy;
