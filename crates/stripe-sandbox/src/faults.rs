//! Faults: what goes wrong on purpose, and for which requests. Set through `/sandbox/faults`, applied by every origin.
//!
//! [`effect`] lists what can go wrong, [`rule`] says for which requests, [`registry`] holds the rules in force,
//! [`dashboard_presets`] are the rules that the dashboard offers, and `injected_error.rs` makes the error bodies.
//! A fault must never reach requests of another account than its own.

pub mod dashboard_presets;
pub mod effect;
mod injected_error;
pub mod registry;
pub mod rule;

pub use effect::{
    ApiEffect, BraintreeEffect, ChallengeEffect, FaultEffect, FieldEffect, IntentEffect,
    ScriptEffect, TerminalEffect,
};
pub use registry::{ActiveFault, FaultRegistry};
pub use rule::{FaultRule, FaultTarget};
