//! The configuration the server runs on: checked once at start-up, then right by construction.
//!
//! Called by `main` and by tests. A wrong setting stops the start with a sentence that names the setting and says
//! what to do; it never prints a secret.

mod accept;
mod account;
mod bokamera;
mod breaker;
mod challenge;
mod ip_range;
mod mikrocloud;
mod mytime;
mod page;
mod provider;
mod quilt;
mod source;
mod system;
mod ticket_evolution;
mod webhooks;

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use card_entry_protocol::origin::Origin;
use card_entry_protocol::secret::contains_secret_key;

pub use accept::{Accept, AcceptSettings};
pub use account::{Account, Accounts};
pub use bokamera::{Article, ArticleSettings, BokaMera, BokaMeraSettings};
pub use breaker::{Breaker, BreakerSettings};
pub use challenge::{Challenge, ChallengeSettings, When};
pub use ip_range::{IpRange, IpRangeError};
pub use mikrocloud::{KeySettings, MikroCloud, MikroCloudSettings};
pub use mytime::{Location, MyTime, MyTimeSettings};
pub use page::PageSources;
pub use provider::{BraintreeSettings, Provider};
pub use quilt::{Quilt, QuiltSettings};
pub use source::Source;
pub use system::{Capacity, Kind, System};
pub use ticket_evolution::{TicketEvolution, TicketEvolutionSettings};

use crate::settings::Settings;

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{setting}: {problem}")]
pub struct ConfigError {
    /// The setting's name, as in the file.
    pub setting: String,
    /// What is wrong and what to do.
    pub problem: String,
}

pub(crate) fn wrong(setting: impl Into<String>, problem: impl Into<String>) -> ConfigError {
    ConfigError {
        setting: setting.into(),
        problem: problem.into(),
    }
}

/// How often something may be done. See `docs/wallet-server.md` for why each number.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Intents per owner and hour.
    pub intents_per_hour: u32,
    /// The same from one address, over all owners.
    pub intents_per_hour_and_address: u32,
    /// Cards that come into one wallet in a day.
    pub cards_per_day: u32,
    /// Cards in one wallet, where it holds many.
    pub cards_per_wallet: u32,
    /// Failed sign-ins per e-mail and address in 15 minutes.
    pub sign_ins_per_quarter: u32,
    /// New owners per address and hour.
    pub sign_ups_per_hour: u32,
}

/// Everything the server needs to know, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The origin browsers use; none means `http://` and the bound address.
    pub public_url: Option<Origin>,
    /// The SQLite file.
    pub database: PathBuf,
    /// The folder of the built frame.
    pub dist: PathBuf,
    /// Where the page may reach.
    pub page: PageSources,
    /// The folder of the frame built for Braintree.
    pub braintree_dist: PathBuf,
    /// Where that one's page may reach.
    pub braintree_page: PageSources,
    /// Braintree's GraphQL API.
    pub braintree_url: String,
    /// The gateway's API.
    pub gateway_url: Origin,
    /// The limit of one call to it.
    pub gateway_timeout: Duration,
    /// The longest a request may take, its body included.
    pub request_timeout: Duration,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpRange>,
    /// How long a sign-in lasts, in seconds.
    pub session_seconds: i64,
    /// The fewest characters of a new password.
    pub password_min: usize,
    /// How often something may be done.
    pub limits: Limits,
    /// When an account takes no new cards for a while, unless it has its own.
    pub breaker: Breaker,
    /// When callers prove that they are people; none: never.
    pub challenge: Option<Challenge>,
    /// Whether `POST /__faults` exists.
    pub allow_faults: bool,
    /// The accounts.
    pub accounts: Accounts,
}

impl Config {
    /// Reads the file the settings name, fills in what is missing and checks all of it.
    ///
    /// # Errors
    /// With the first setting that cannot be used.
    pub fn load(settings: Settings) -> Result<Self, ConfigError> {
        let Some(path) = settings.config.clone() else {
            return Self::check(settings);
        };
        let name = path.display().to_string();
        let text = std::fs::read_to_string(&path).map_err(|e| {
            wrong(
                "config",
                format!("{name} cannot be read ({e}); give the path of the TOML file"),
            )
        })?;
        let file = toml::from_str(&text).map_err(|e| {
            let line = e
                .span()
                .and_then(|span| text.get(..span.start))
                .map_or(0, |head| head.lines().count());
            // The parser's own sentence may quote the value it met.
            let message = if contains_secret_key(e.message()) {
                "a value of the wrong kind"
            } else {
                e.message()
            };
            wrong(
                "config",
                format!("{name}, near line {}: {message}", line.max(1)),
            )
        })?;
        Self::check(settings.over(file))
    }

    /// Checks settings that are complete.
    ///
    /// # Errors
    /// With the first setting that cannot be used.
    pub fn check(mut settings: Settings) -> Result<Self, ConfigError> {
        let listen = settings
            .listen
            .unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 4401)));
        let public_url = settings
            .public_url
            .as_deref()
            .map(|text| origin("public_url", text))
            .transpose()?;
        if public_url.is_none() && listen.ip().is_unspecified() {
            let problem =
                "is missing; set the origin browsers use, because listen is every address";
            return Err(wrong("public_url", problem));
        }
        let gateway_url = settings
            .gateway_url
            .as_deref()
            .unwrap_or("https://api.stripe.com");
        let gateway_url = origin("gateway_url", gateway_url)?;
        if !gateway_url.as_str().starts_with("https://") && !is_loopback(&gateway_url) {
            return Err(wrong(
                "gateway_url",
                "secret keys would travel in clear; use https",
            ));
        }
        let (page, braintree_page) = page::check(&mut settings)?;
        let braintree_url = braintree_url(settings.braintree_url)?;
        if settings.allow_faults && !is_loopback(&gateway_url) {
            return Err(wrong(
                "allow_faults",
                "is for development only, with gateway_url on this machine; leave it out",
            ));
        }
        let accounts = Accounts::check(settings.accounts)?;
        if let Some(own) = &public_url {
            refuse_shared_origin(own, &accounts)?;
        }
        let dist = settings.dist.unwrap_or_else(|| "dist".into());
        Ok(Self {
            listen,
            public_url,
            database: settings.database.unwrap_or_else(|| "wallet.db".into()),
            braintree_dist: settings.braintree_dist.unwrap_or_else(|| beside(&dist)),
            dist,
            page,
            braintree_page,
            braintree_url,
            gateway_url,
            gateway_timeout: Duration::from_millis(
                settings
                    .gateway_timeout_ms
                    .unwrap_or(8_000)
                    .clamp(100, 25_000),
            ),
            // Three tries at the gateway and some air.
            request_timeout: Duration::from_millis(
                settings
                    .request_timeout_ms
                    .unwrap_or(30_000)
                    .clamp(100, 120_000),
            ),
            trusted_proxies: settings.trusted_proxies.unwrap_or_default(),
            session_seconds: i64::from(settings.session_days.unwrap_or(30).max(1))
                * crate::clock::DAY,
            password_min: usize::from(settings.password_min.unwrap_or(8).max(1)),
            limits: Limits {
                intents_per_hour: settings.intents_per_hour.unwrap_or(20),
                intents_per_hour_and_address: settings.intents_per_hour_and_address.unwrap_or(60),
                cards_per_day: settings.cards_per_day.unwrap_or(10),
                cards_per_wallet: settings.cards_per_wallet.unwrap_or(20).max(1),
                sign_ins_per_quarter: settings.sign_ins_per_quarter.unwrap_or(10),
                sign_ups_per_hour: settings.sign_ups_per_hour.unwrap_or(60),
            },
            breaker: Breaker::check("breaker", settings.breaker.unwrap_or_default())?,
            challenge: Challenge::check(settings.challenge.unwrap_or_default())?,
            allow_faults: settings.allow_faults,
            accounts,
        })
    }

    /// The parents that share the server's host name: the browser then keeps frame and page less apart.
    #[must_use]
    pub fn parents_on_own_host(&self) -> Vec<Origin> {
        let Some(own) = self.public_url.as_ref().filter(|own| !is_loopback(own)) else {
            return Vec::new();
        };
        self.accounts
            .all_parents()
            .into_iter()
            .filter(|parent| parent.host() == own.host())
            .collect()
    }
}

pub(crate) fn origin(setting: &str, text: &str) -> Result<Origin, ConfigError> {
    Origin::parse(text).ok_or_else(|| {
        wrong(
            setting,
            format!(
                "`{text}` is not an origin; write it as browsers do, such as https://book.example"
            ),
        )
    })
}

/// Where the frame for Braintree is built to, unless told: `dist-braintree` beside `dist`.
fn beside(dist: &Path) -> PathBuf {
    let mut path = dist.as_os_str().to_owned();
    path.push("-braintree");
    path.into()
}

/// The address of Braintree's API: a path at an origin that is https or this machine.
fn braintree_url(given: Option<String>) -> Result<String, ConfigError> {
    let usual = "https://payments.braintree-api.com/graphql";
    let url = source::script_url("braintree_url", given, usual)?;
    if is_safe(&url) {
        Ok(url)
    } else {
        Err(wrong(
            "braintree_url",
            "private keys would travel in clear; use https",
        ))
    }
}

/// Whether what is sent to a URL is read by nobody else: https, or this machine.
fn is_safe(url: &str) -> bool {
    let at = url.split('/').take(3).collect::<Vec<_>>().join("/");
    Origin::parse(&at).is_some_and(|at| at.as_str().starts_with("https://") || is_loopback(&at))
}

fn is_loopback(origin: &Origin) -> bool {
    let host = origin.host().trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn refuse_shared_origin(own: &Origin, accounts: &Accounts) -> Result<(), ConfigError> {
    let pages: HashSet<Origin> = accounts.all_frame_ancestors().into_iter().collect();
    if pages.contains(own) {
        return Err(wrong(
            "public_url",
            format!(
                "{own} is also a parent or an ancestor: on one origin the page could read the form; give the server its own host"
            ),
        ));
    }
    Ok(())
}
