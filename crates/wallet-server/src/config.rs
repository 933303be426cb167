//! The configuration that the server runs on. It is checked once, at start-up.
//!
//! Called by `main` and by tests. Each section's raw form (`…Settings`, as the TOML file spells it) stands in the same
//! file as its check. A setting that cannot be used stops the start with a sentence that names the setting and says what
//! to do. It must never print a secret.

mod accept;
mod account;
mod accounts;
mod bokamera;
mod braintree_url;
mod breaker;
mod challenge;
mod connections;
mod consistency;
mod csp_source;
mod database;
mod deprecated_name;
mod error;
mod file;
mod file_secrets;
mod ip_range;
mod live_mode;
mod log_format;
mod merge;
mod metrics_listen;
mod mikrocloud;
mod mytime;
mod origin;
mod page;
mod provider;
mod quilt;
mod range;
mod rate_limits;
mod reload;
mod repeated;
mod secret;
mod settings;
mod system;
mod ticket_evolution;
mod tls;
mod unknown_setting;
mod warning;
mod webhooks;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use card_entry_protocol::origin::Origin;

pub use accept::{AcceptSettings, AcceptedCards};
pub use account::{Account, AccountSettings};
pub use accounts::Accounts;
pub use bokamera::{ArticleSettings, BokaMeraConfig, BokaMeraSettings, ListedArticle};
pub use breaker::{Breaker, BreakerSettings};
pub use challenge::{Challenge, ChallengePolicy, ChallengeSettings};
pub use connections::ConnectionLimits;
pub use csp_source::CspSource;
pub use error::ConfigError;
pub use ip_range::{IpRange, IpRangeError};
pub use log_format::LogFormat;
pub use metrics_listen::{MetricsListen, MetricsListenError};
pub use mikrocloud::{KeySettings, MikroCloudConfig, MikroCloudSettings};
pub use mytime::{LocationSettings, MyTimeConfig, MyTimeSettings};
pub use page::PageSources;
pub use provider::{BraintreeSettings, Provider};
pub use quilt::{QuiltConfig, QuiltSettings};
pub use rate_limits::RateLimits;
pub use reload::{ConfigChanges, ConfigReloader};
pub use settings::Settings;
pub use system::{Capacity, SystemConfig, WalletSystem};
pub use ticket_evolution::{TicketEvolutionConfig, TicketEvolutionSettings};
pub use tls::TlsCertificate;
pub use warning::ConfigWarning;

use wallet_store::Database;

use crate::monitor::Monitor;
use braintree_url::{braintree_url, default_braintree_dist};
use database::check_database;
use error::invalid;
use file::SettingsFile;
use origin::{is_loopback, refuse_shared_origin};
use range::{milliseconds, number};
use warning::Warnings;

/// The checked configuration of the whole server.
///
/// ```
/// use wallet_server::config::{ServerConfig, Settings};
///
/// let error = ServerConfig::check(Settings::default()).unwrap_err();
/// assert_eq!(error.setting, "accounts");
/// ```
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// The address to listen on. Port 0 takes a free port.
    pub listen: SocketAddr,
    /// The origin that browsers use. `None` means `http://` and the bound address.
    pub public_url: Option<Origin>,
    /// Where the wallet is stored.
    pub database: Database,
    /// The folder of the frame built for Stripe.
    pub dist: PathBuf,
    /// The URLs that the page for Stripe may load from.
    pub page: PageSources,
    /// The folder of the frame built for Braintree.
    pub braintree_dist: PathBuf,
    /// The URLs that the page for Braintree may load from.
    pub braintree_page: PageSources,
    /// The URL of Braintree's GraphQL API.
    pub braintree_url: String,
    /// The origin of the gateway's API.
    pub gateway_url: Origin,
    /// The timeout of one call to the gateway.
    pub gateway_timeout: Duration,
    /// The timeout of one request, its body included.
    pub request_timeout: Duration,
    /// The bounds of client connections: how many, and how long each may wait.
    pub connections: ConnectionLimits,
    /// The proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: Vec<IpRange>,
    /// The lifetime of a sign-in, in seconds.
    pub session_seconds: i64,
    /// How long events of the audit trail are kept, in seconds.
    pub audit_retention_seconds: i64,
    /// The minimum length of a new password, in characters.
    pub password_min: usize,
    /// The rate limits of card entry and sign-in.
    pub limits: RateLimits,
    /// How often the open intents of accounts without webhooks are read for declines.
    pub open_intents_interval: Duration,
    /// The circuit breaker of every account that has none of its own.
    pub breaker: Breaker,
    /// The CAPTCHA. `None` means that it is off.
    pub challenge: Option<Challenge>,
    /// Whether the development route `POST /__faults` exists.
    pub allow_faults: bool,
    /// The accounts; there is at least one.
    pub accounts: Accounts,
    /// The certificate of the server's own address. `None`: it serves plain HTTP, behind a proxy or on this machine.
    pub tls: Option<TlsCertificate>,
    /// The address of the metrics. `None` means that they are off.
    pub metrics_listen: Option<SocketAddr>,
    /// The readiness and the metrics of the server that runs with this configuration.
    pub monitor: Monitor,
    /// What can be used, and is probably not meant. The server logs it at its start.
    pub warnings: Vec<ConfigWarning>,
}

impl ServerConfig {
    /// Reads the TOML file that the settings name, merges it under the settings, and checks the result.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn load(settings: Settings) -> Result<Self, ConfigError> {
        let Some(path) = settings.config.clone() else {
            return Self::check(settings);
        };
        let text = SettingsFile::read(&path)?;
        Self::load_text(settings, &path, &text)
    }

    /// Checks a text as [`Self::load`] would if it stood in the file.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub(crate) fn load_text(
        settings: Settings,
        path: &Path,
        text: &str,
    ) -> Result<Self, ConfigError> {
        let file = SettingsFile::parse(path, text)?;
        let mut config = Self::check(settings.or_from(file.settings))?;
        let mut warnings = Warnings(std::mem::take(&mut config.warnings));
        file.access.check(&config, &mut warnings)?;
        config.warnings = warnings.0;
        Ok(config)
    }

    /// Checks merged settings and fills in the defaults.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn check(mut settings: Settings) -> Result<Self, ConfigError> {
        let listen = settings
            .listen
            .unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 4401)));
        let public_url = origin::public_url(settings.public_url.as_deref(), listen)?;
        let gateway_url = origin::gateway_url(settings.gateway_url.as_deref())?;
        let (page, braintree_page) = page::check(&mut settings)?;
        let braintree_url = braintree_url(settings.braintree_url.take())?;
        let limits = RateLimits::check(&settings)?;
        let connections = ConnectionLimits::check(&settings)?;
        let tls = TlsCertificate::check(&settings)?;
        if settings.allow_faults && !is_loopback(&gateway_url) {
            return Err(invalid(
                "allow_faults",
                "is for development only, with gateway_url on this machine; leave it out",
            ));
        }
        let accounts = Accounts::check(settings.accounts)?;
        if let Some(own) = &public_url {
            refuse_shared_origin(own, &accounts)?;
        }
        let dist = settings.dist.unwrap_or_else(|| "dist".into());
        let mut config = Self {
            listen,
            public_url,
            database: check_database(settings.database.as_ref())?,
            braintree_dist: settings
                .braintree_dist
                .unwrap_or_else(|| default_braintree_dist(&dist)),
            dist,
            page,
            braintree_page,
            braintree_url,
            gateway_url,
            gateway_timeout: milliseconds(
                "gateway_timeout_ms",
                settings.gateway_timeout_ms.unwrap_or(8_000),
                100..=25_000,
            )?,
            // Three attempts at the gateway, and some seconds more.
            request_timeout: milliseconds(
                "request_timeout_ms",
                settings.request_timeout_ms.unwrap_or(30_000),
                100..=120_000,
            )?,
            connections,
            trusted_proxies: settings.trusted_proxies.unwrap_or_default(),
            session_seconds: i64::from(number(
                "session_days",
                settings.session_days.unwrap_or(30),
                1..=3650,
                "days",
            )?) * crate::clock::DAY,
            audit_retention_seconds: i64::from(number(
                "audit_retention_days",
                settings.audit_retention_days.unwrap_or(400),
                1..=3650,
                "days",
            )?) * crate::clock::DAY,
            password_min: usize::from(number(
                "password_min",
                settings.password_min.unwrap_or(8),
                1..=64,
                "characters",
            )?),
            limits,
            open_intents_interval: milliseconds(
                "open_intents_interval_ms",
                settings.open_intents_interval_ms.unwrap_or(5_000),
                100..=60_000,
            )?,
            breaker: Breaker::check("breaker", settings.breaker.unwrap_or_default())?,
            challenge: Challenge::check(settings.challenge.unwrap_or_default())?,
            allow_faults: settings.allow_faults,
            accounts,
            tls,
            metrics_listen: metrics_listen::check(settings.metrics_listen, listen)?,
            monitor: Monitor::default(),
            warnings: Vec::new(),
        };
        let mut warnings = Warnings(config.check_together()?);
        tls::check_together(settings.tls_key.as_deref(), &config, &mut warnings)?;
        config.warnings = warnings.0;
        Ok(config)
    }

    /// Checks the sections against each other, and returns the warnings.
    fn check_together(&self) -> Result<Vec<ConfigWarning>, ConfigError> {
        let mut warnings = Warnings::default();
        live_mode::check(self, &mut warnings)?;
        repeated::check(&self.accounts, &mut warnings)?;
        consistency::check(self, &mut warnings)?;
        Ok(warnings.0)
    }

    /// The parents that have the server's host name. Browsers then isolate the frame less from the page.
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
