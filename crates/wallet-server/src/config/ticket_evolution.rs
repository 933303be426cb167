//! The section `[accounts.ticket_evolution]`: the token and secret of signed requests, and the end of raw card numbers.
//!
//! Used by Ticket Evolution's routes. It must never accept a secret that can be guessed.

use card_entry_protocol::dialect::ticket_evolution::signing::ApiSecret;
use serde::Deserialize;
use time::format_description::well_known::Iso8601;
use time::{Date, OffsetDateTime};

use super::ConfigError;
use super::error::invalid;
use super::range::limit;
use super::secret::{is_gateway_key, is_long_enough, read_secret};
use crate::clock::Seconds;
use crate::secret::Secret;

/// The raw section `[accounts.ticket_evolution]`, as the TOML file has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TicketEvolutionSettings {
    /// The `X-Token` header of the callers.
    pub token: String,
    /// The secret that callers sign with. `secret_env` is the safer way.
    pub secret: Option<Secret>,
    /// The environment variable that holds the secret.
    pub secret_env: Option<String>,
    /// The last day, in UTC, on which raw card numbers are accepted: `2027-06-30`. `None` means never.
    pub raw_numbers_until: Option<String>,
    /// The maximum number of clients that the seller creates in an hour.
    pub clients_per_hour: Option<u32>,
}

/// The checked form of the section `[accounts.ticket_evolution]`.
#[derive(Debug, Clone)]
pub struct TicketEvolutionConfig {
    /// The `X-Token` header of the callers.
    pub token: String,
    /// The secret that callers sign with.
    pub secret: ApiSecret,
    /// The time from which raw card numbers are refused. `None` means always.
    pub raw_numbers_end: Option<Seconds>,
    /// The maximum number of clients that the seller creates in an hour.
    pub clients_per_hour: u32,
}

/// The default of `clients_per_hour`. It stops a faulty program: every caller has the seller's secret.
const DEFAULT_CLIENTS_PER_HOUR: u32 = 10_000;

impl TicketEvolutionConfig {
    pub(super) fn check(
        at: usize,
        given: Option<TicketEvolutionSettings>,
    ) -> Result<Self, ConfigError> {
        let name = |field: &str| format!("accounts[{at}].ticket_evolution.{field}");
        let given = given.unwrap_or_default();
        let plain = given.token.bytes().all(|b| b.is_ascii_graphic());
        if given.token.is_empty() || !plain {
            return Err(invalid(
                name("token"),
                "is missing; give the callers' X-Token",
            ));
        }
        let key = read_secret(&name("secret"), given.secret, given.secret_env)?;
        if key.as_ref().is_some_and(is_gateway_key) {
            let problem =
                "is a key of the gateway, which callers must not have; make one of its own";
            return Err(invalid(name("secret"), problem));
        }
        let key = key.filter(is_long_enough);
        let key = key
            .and_then(|key| ApiSecret::new(key.reveal()))
            .ok_or_else(|| {
                let problem = "give 16 random characters or more, or name a variable in secret_env";
                invalid(name("secret"), problem)
            })?;
        let end = given.raw_numbers_until.map(|text| {
            let day = Date::parse(&text, &Iso8601::DATE).ok();
            let next = day.and_then(Date::next_day).map(Date::midnight);
            next.map(|moment| OffsetDateTime::unix_timestamp(moment.assume_utc()))
                .ok_or_else(|| invalid(name("raw_numbers_until"), "give a day, such as 2027-06-30"))
        });
        Ok(Self {
            token: given.token,
            secret: key,
            raw_numbers_end: end.transpose()?,
            clients_per_hour: limit(
                &name("clients_per_hour"),
                given.clients_per_hour.unwrap_or(DEFAULT_CLIENTS_PER_HOUR),
            )?,
        })
    }
}
