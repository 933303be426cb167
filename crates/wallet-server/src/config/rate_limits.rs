//! The rate limits, read from the settings of the same names.
//!
//! Called by the check of the configuration. `docs/wallet-server.md` explains each default. A limit must never be
//! without a default.

use super::range::limit;
use super::{ConfigError, Settings, deprecated_name};

/// The maximum count of each kind of attempt in its time window.
#[derive(Debug, Clone, Copy)]
pub struct RateLimits {
    /// Card-entry attempts (intents) of one owner in an hour.
    pub intents_per_hour: u32,
    /// Card-entry attempts (intents) from one client network in an hour, over all owners.
    pub intents_per_hour_and_address: u32,
    /// Open intents that browsers in one client network hold at a time.
    pub open_intents_per_address: u32,
    /// Declined cards from one client network in an hour, after which it is refused to owners without a history.
    pub declines_per_hour_and_address: u32,
    /// Cards added to one wallet in a day.
    pub cards_per_day: u32,
    /// Cards in one wallet at a time, where its system allows several.
    pub cards_per_wallet: u32,
    /// Failed sign-ins per e-mail address and client network in 15 minutes.
    pub sign_ins_per_15_minutes: u32,
    /// New owners from one client network in an hour.
    pub sign_ups_per_hour: u32,
}

impl RateLimits {
    pub(super) fn check(given: &Settings) -> Result<Self, ConfigError> {
        let sign_ins = deprecated_name::value_of(
            ("sign_ins_per_15_minutes", given.sign_ins_per_15_minutes),
            ("sign_ins_per_quarter", given.deprecated_sign_ins),
        )?;
        let of = |setting, given: Option<u32>, usual| limit(setting, given.unwrap_or(usual));
        Ok(Self {
            intents_per_hour: of("intents_per_hour", given.intents_per_hour, 20)?,
            intents_per_hour_and_address: of(
                "intents_per_hour_and_address",
                given.intents_per_hour_and_address,
                60,
            )?,
            open_intents_per_address: of(
                "open_intents_per_address",
                given.open_intents_per_address,
                10,
            )?,
            declines_per_hour_and_address: of(
                "declines_per_hour_and_address",
                given.declines_per_hour_and_address,
                10,
            )?,
            cards_per_day: of("cards_per_day", given.cards_per_day, 10)?,
            cards_per_wallet: of("cards_per_wallet", given.cards_per_wallet, 20)?,
            sign_ins_per_15_minutes: of("sign_ins_per_15_minutes", sign_ins, 10)?,
            sign_ups_per_hour: of("sign_ups_per_hour", given.sign_ups_per_hour, 60)?,
        })
    }
}
