//! What only an account of Ticket Evolution needs: the section `[accounts.ticket_evolution]`, whose signatures it
//! believes and until when it takes raw card numbers.

use card_entry_protocol::dialect::ticket_evolution::signing::ApiSecret;
use serde::Deserialize;
use time::format_description::well_known::Iso8601;
use time::{Date, OffsetDateTime};

use super::account::secret;
use super::{ConfigError, wrong};
use crate::clock::Seconds;
use crate::secret::Secret;

/// The section, as the file spells it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TicketEvolutionSettings {
    /// The callers' `X-Token`.
    pub token: String,
    /// What they sign with; better named by `secret_env`.
    pub secret: Option<Secret>,
    /// The environment variable that holds it.
    pub secret_env: Option<String>,
    /// Takes raw card numbers until the end of this day, `2027-06-30`, UTC; without it none is taken.
    pub raw_numbers_until: Option<String>,
    /// How many clients the seller may make in an hour.
    pub clients_per_hour: Option<u32>,
}

/// The section, checked.
#[derive(Debug, Clone)]
pub struct TicketEvolution {
    /// The callers' `X-Token`.
    pub token: String,
    /// What they sign with.
    pub secret: ApiSecret,
    /// The moment from which no raw card number is taken; none: never was.
    pub raw_numbers_end: Option<Seconds>,
    /// How many clients the seller may make in an hour.
    pub clients_per_hour: u32,
}

/// Against a program that runs wild: whoever makes clients has the seller's secret.
const CLIENTS_PER_HOUR: u32 = 10_000;

/// Shorter ones can be guessed.
const SHORTEST_SECRET: usize = 16;

impl TicketEvolution {
    pub(super) fn check(
        at: usize,
        given: Option<TicketEvolutionSettings>,
    ) -> Result<Self, ConfigError> {
        let name = |field: &str| format!("accounts[{at}].ticket_evolution.{field}");
        let given = given.unwrap_or_default();
        let plain = given.token.bytes().all(|b| b.is_ascii_graphic());
        if given.token.is_empty() || !plain {
            return Err(wrong(
                name("token"),
                "is missing; give the callers' X-Token",
            ));
        }
        let key = secret(&name("secret"), given.secret, given.secret_env)?;
        let key = key.filter(|key| key.reveal().len() >= SHORTEST_SECRET);
        let key = key
            .and_then(|key| ApiSecret::new(key.reveal()))
            .ok_or_else(|| {
                let problem = "give 16 random characters or more, or name a variable in secret_env";
                wrong(name("secret"), problem)
            })?;
        let end = given.raw_numbers_until.map(|text| {
            let day = Date::parse(&text, &Iso8601::DATE).ok();
            let next = day.and_then(Date::next_day).map(Date::midnight);
            next.map(|moment| OffsetDateTime::unix_timestamp(moment.assume_utc()))
                .ok_or_else(|| wrong(name("raw_numbers_until"), "give a day, such as 2027-06-30"))
        });
        Ok(Self {
            token: given.token,
            secret: key,
            raw_numbers_end: end.transpose()?,
            clients_per_hour: given.clients_per_hour.unwrap_or(CLIENTS_PER_HOUR),
        })
    }
}
