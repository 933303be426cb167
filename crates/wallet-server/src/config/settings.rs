//! The raw settings of the whole server: flags win over environment variables, which win over the TOML file.
//!
//! Parsed by `main` (flags, environment) and by [`super::ServerConfig::load`] (file), merged by [`super::merge`]. A setting
//! must never be checked here: the checks stand beside the sections.

#![allow(rustdoc::bare_urls)] // these texts are the help of the flags, which would show angle brackets

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use serde::Deserialize;

use crate::secret::Secret;

use super::{
    AccountSettings, BreakerSettings, ChallengeSettings, IpRange, LogFormat, MetricsListen,
};

/// The wallet server: stores the cards of booking sites, and serves the card-entry page.
///
/// Each setting can stand in a TOML file (same name, with underscores), in the environment or on the command line;
/// the command line wins over the environment, which wins over the file. Accounts stand in the file only.
#[derive(Debug, Clone, Default, Parser, Deserialize)]
#[command(name = "wallet-server", version, about)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The TOML file to read.
    #[arg(long, global = true, env = "CARD_ENTRY_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,

    /// Check the configuration, print what is wrong with it, and stop.
    #[arg(long)]
    #[serde(skip)]
    pub check: bool,

    /// The address to listen on [default: 127.0.0.1:4401].
    #[arg(long, env = "CARD_ENTRY_LISTEN", value_name = "IP:PORT")]
    pub listen: Option<SocketAddr>,

    /// The origin browsers reach this server at, such as https://cards.example [default: http:// and the address].
    #[arg(long, env = "CARD_ENTRY_PUBLIC_URL", value_name = "ORIGIN")]
    pub public_url: Option<String>,

    /// The path of a SQLite file, which is created with its folder when it is missing, or the URL of a PostgreSQL
    /// database, such as postgres://wallet@db.example.com/wallet [default: wallet.db].
    #[arg(
        long,
        env = "CARD_ENTRY_DATABASE",
        hide_env_values = true,
        value_name = "FILE|URL"
    )]
    pub database: Option<Secret>,

    /// The folder of the built frame (the output of `trunk build`) [default: dist].
    #[arg(long, env = "CARD_ENTRY_DIST", value_name = "FOLDER")]
    pub dist: Option<PathBuf>,

    /// Where the page loads Stripe.js from [default: https://js.stripe.com/v3/].
    #[arg(long, env = "CARD_ENTRY_STRIPE_JS_URL", value_name = "URL")]
    pub stripe_js_url: Option<String>,

    /// Sources the page may load scripts from, beside its own [default: Stripe's].
    #[arg(
        long,
        env = "CARD_ENTRY_SCRIPT_SOURCES",
        value_name = "SOURCE",
        value_delimiter = ' '
    )]
    pub script_sources: Option<Vec<String>>,

    /// Sources the page may put in frames [default: Stripe's].
    #[arg(
        long,
        env = "CARD_ENTRY_FRAME_SOURCES",
        value_name = "SOURCE",
        value_delimiter = ' '
    )]
    pub frame_sources: Option<Vec<String>>,

    /// Sources the page may connect to, beside its own [default: Stripe's].
    #[arg(
        long,
        env = "CARD_ENTRY_CONNECT_SOURCES",
        value_name = "SOURCE",
        value_delimiter = ' '
    )]
    pub connect_sources: Option<Vec<String>>,

    /// The gateway's API [default: https://api.stripe.com].
    #[arg(long, env = "CARD_ENTRY_GATEWAY_URL", value_name = "ORIGIN")]
    pub gateway_url: Option<String>,

    /// Braintree's GraphQL API [default: https://payments.braintree-api.com/graphql].
    #[arg(long, env = "CARD_ENTRY_BRAINTREE_URL", value_name = "URL")]
    pub braintree_url: Option<String>,

    /// The folder of Braintree's two scripts [default: https://js.braintreegateway.com/web/3.144.0/js].
    #[arg(long, env = "CARD_ENTRY_BRAINTREE_JS_URL", value_name = "URL")]
    pub braintree_js_url: Option<String>,

    /// The folder of the built frame for Braintree [default: that of --dist, with -braintree after it].
    #[arg(long, env = "CARD_ENTRY_BRAINTREE_DIST", value_name = "FOLDER")]
    pub braintree_dist: Option<PathBuf>,

    /// Sources Braintree's page may load scripts from, beside its own [default: Braintree's].
    #[arg(
        long,
        env = "CARD_ENTRY_BRAINTREE_SCRIPT_SOURCES",
        value_name = "SOURCE",
        value_delimiter = ' '
    )]
    pub braintree_script_sources: Option<Vec<String>>,

    /// Sources Braintree's page may put in frames [default: Braintree's].
    #[arg(
        long,
        env = "CARD_ENTRY_BRAINTREE_FRAME_SOURCES",
        value_name = "SOURCE",
        value_delimiter = ' '
    )]
    pub braintree_frame_sources: Option<Vec<String>>,

    /// Sources Braintree's page may connect to, beside its own [default: Braintree's].
    #[arg(
        long,
        env = "CARD_ENTRY_BRAINTREE_CONNECT_SOURCES",
        value_name = "SOURCE",
        value_delimiter = ' '
    )]
    pub braintree_connect_sources: Option<Vec<String>>,

    /// The timeout of one call to the gateway, in milliseconds [default: 8000].
    #[arg(long, env = "CARD_ENTRY_GATEWAY_TIMEOUT_MS", value_name = "MS")]
    pub gateway_timeout_ms: Option<u64>,

    /// The time after which a request is answered with 503 and Retry-After, in milliseconds [default: 30000].
    #[arg(long, env = "CARD_ENTRY_REQUEST_TIMEOUT_MS", value_name = "MS")]
    pub request_timeout_ms: Option<u64>,

    /// Client connections at a time [default: half of the open files that are left, at most 4096].
    #[arg(long, env = "CARD_ENTRY_MAX_CONNECTIONS", value_name = "N")]
    pub max_connections: Option<u32>,

    /// Client connections from one address at a time; trusted proxies have no such bound [default: 100].
    #[arg(long, env = "CARD_ENTRY_MAX_CONNECTIONS_PER_ADDRESS", value_name = "N")]
    pub max_connections_per_address: Option<u32>,

    /// The time in which a client must send a request's head, in milliseconds [default: 10000].
    #[arg(long, env = "CARD_ENTRY_HEADER_TIMEOUT_MS", value_name = "MS")]
    pub header_timeout_ms: Option<u64>,

    /// The time after which a connection without a request is closed, in milliseconds [default: 60000].
    #[arg(long, env = "CARD_ENTRY_IDLE_TIMEOUT_MS", value_name = "MS")]
    pub idle_timeout_ms: Option<u64>,

    /// Proxies whose X-Forwarded-For is trusted: addresses and ranges, such as 10.0.0.0/8 [default: none].
    #[arg(
        long,
        env = "CARD_ENTRY_TRUSTED_PROXIES",
        value_name = "IP[/BITS]",
        value_delimiter = ' '
    )]
    pub trusted_proxies: Option<Vec<IpRange>>,

    /// How many days a sign-in lasts [default: 30].
    #[arg(long, env = "CARD_ENTRY_SESSION_DAYS", value_name = "DAYS")]
    pub session_days: Option<u16>,

    /// How many days the events of the audit trail are kept [default: 400].
    #[arg(long, env = "CARD_ENTRY_AUDIT_RETENTION_DAYS", value_name = "N")]
    pub audit_retention_days: Option<u16>,

    /// The minimum length of a new password, in characters [default: 8].
    #[arg(long, env = "CARD_ENTRY_PASSWORD_MIN", value_name = "N")]
    pub password_min: Option<u8>,

    /// Card-entry attempts of one owner in an hour [default: 20].
    #[arg(long, env = "CARD_ENTRY_INTENTS_PER_HOUR", value_name = "N")]
    pub intents_per_hour: Option<u32>,

    /// Card-entry attempts from one address in an hour, over all owners [default: 60].
    #[arg(
        long,
        env = "CARD_ENTRY_INTENTS_PER_HOUR_AND_ADDRESS",
        value_name = "N"
    )]
    pub intents_per_hour_and_address: Option<u32>,

    /// Open intents that browsers at one address hold at a time [default: 10].
    #[arg(long, env = "CARD_ENTRY_OPEN_INTENTS_PER_ADDRESS", value_name = "N")]
    pub open_intents_per_address: Option<u32>,

    /// Declined cards from one address in an hour, after which it is refused to people without a card [default: 10].
    #[arg(
        long,
        env = "CARD_ENTRY_DECLINES_PER_HOUR_AND_ADDRESS",
        value_name = "N"
    )]
    pub declines_per_hour_and_address: Option<u32>,

    /// How often open intents are read for declines, in accounts without webhooks, in milliseconds [default: 5000].
    #[arg(long, env = "CARD_ENTRY_OPEN_INTENTS_INTERVAL_MS", value_name = "MS")]
    pub open_intents_interval_ms: Option<u64>,

    /// Cards added to one wallet in a day [default: 10].
    #[arg(long, env = "CARD_ENTRY_CARDS_PER_DAY", value_name = "N")]
    pub cards_per_day: Option<u32>,

    /// Cards in one wallet at a time, where its system allows several [default: 20].
    #[arg(long, env = "CARD_ENTRY_CARDS_PER_WALLET", value_name = "N")]
    pub cards_per_wallet: Option<u32>,

    /// Failed sign-ins per e-mail and address in 15 minutes [default: 10].
    #[arg(long, env = "CARD_ENTRY_SIGN_INS_PER_15_MINUTES", value_name = "N")]
    pub sign_ins_per_15_minutes: Option<u32>,

    /// The old name of --sign-ins-per-15-minutes.
    #[arg(
        long = "sign-ins-per-quarter",
        env = "CARD_ENTRY_SIGN_INS_PER_QUARTER",
        value_name = "N",
        hide = true
    )]
    #[serde(rename = "sign_ins_per_quarter")]
    pub deprecated_sign_ins: Option<u32>,

    /// New users and guests per address in an hour [default: 60].
    #[arg(long, env = "CARD_ENTRY_SIGN_UPS_PER_HOUR", value_name = "N")]
    pub sign_ups_per_hour: Option<u32>,

    /// The certificate chain of this server, in PEM; without it the server speaks plain HTTP [default: none].
    #[arg(long, env = "CARD_ENTRY_TLS_CERTIFICATE", value_name = "FILE")]
    pub tls_certificate: Option<PathBuf>,

    /// The private key of the certificate, in PEM [default: none].
    #[arg(long, env = "CARD_ENTRY_TLS_KEY", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,

    /// The address of GET /metrics: IP:PORT, or a port on this machine only [default: none, which is off].
    #[arg(long, env = "CARD_ENTRY_METRICS_LISTEN", value_name = "[IP:]PORT")]
    pub metrics_listen: Option<MetricsListen>,

    /// The format of the log [default: text].
    #[arg(long, env = "CARD_ENTRY_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,

    /// Development only: opens POST /__faults. Refused unless the gateway is on this machine.
    #[arg(long, env = "CARD_ENTRY_ALLOW_FAULTS")]
    pub allow_faults: bool,

    /// The circuit breaker of all accounts; in the file only.
    #[arg(skip)]
    pub breaker: Option<BreakerSettings>,

    /// The CAPTCHA; in the file only.
    #[arg(skip)]
    pub challenge: Option<ChallengeSettings>,

    /// The accounts; in the file only.
    #[arg(skip)]
    pub accounts: Vec<AccountSettings>,
}
