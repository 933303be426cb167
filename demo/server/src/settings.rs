//! The settings: command-line flags or environment variables.
//!
//! Parsed once by `main`. A key must never be printed, not even by `--help`.

use std::net::IpAddr;
use std::path::PathBuf;

use card_entry_protocol::dialect::bokamera::WebAddress;
use card_entry_protocol::origin::Origin;
use clap::Parser;
use jiff::tz::TimeZone;

use crate::bokamera::{ApiKey, StripeAddresses};
use crate::mikrocloud::TokenSigner;
use crate::quilt::AccountKey;
use crate::ticket_evolution::TicketEvolutionSecret;
use crate::wallet::HoldsKey;

/// The demo booking site: Harbour Street Studio, with its pages and its appointments.
///
/// The wallet server keeps the cards. This site asks it for the user of a token and places a hold for each appointment.
#[derive(Debug, Clone, Parser)]
#[command(name = "booking-site", version, about)]
pub struct Settings {
    /// The address to listen on.
    #[arg(
        long,
        env = "BOOKING_SITE_HOST",
        value_name = "IP",
        default_value = "127.0.0.1"
    )]
    pub host: IpAddr,

    /// The port to listen on; 0 takes a free one.
    #[arg(
        long,
        env = "BOOKING_SITE_PORT",
        value_name = "PORT",
        default_value_t = 4400
    )]
    pub port: u16,

    /// The origin of the wallet server, for browsers and for this server.
    #[arg(long, env = "BOOKING_SITE_WALLET", value_name = "ORIGIN", default_value = "http://127.0.0.1:4401",
          value_parser = parse_origin)]
    pub wallet: Origin,

    /// The studio's company id at the wallet server.
    #[arg(
        long,
        env = "BOOKING_SITE_COMPANY_ID",
        value_name = "N",
        default_value_t = 40426
    )]
    pub company_id: u64,

    /// The key that places holds. Set it in the environment, where other users of the computer cannot read it.
    #[arg(
        long,
        env = "BOOKING_SITE_HOLDS_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    pub holds_key: HoldsKey,

    /// The secret that signs the tokens of /mikrocloud.html, in base64. Without it, sign-in there is not available.
    #[arg(
        long,
        env = "BOOKING_SITE_MIKROCLOUD_SECRET",
        value_name = "BASE64",
        hide_env_values = true
    )]
    pub mikrocloud_secret: Option<TokenSigner>,

    /// The salon's API key at the wallet server. Without it, payments on /bokamera.html are not available.
    #[arg(
        long,
        env = "BOOKING_SITE_BOKAMERA_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    pub bokamera_key: Option<ApiKey>,

    /// The address from which payment pages load Stripe.js.
    #[arg(long, env = "BOOKING_SITE_STRIPE_JS", value_name = "URL", default_value = "https://js.stripe.com/dahlia/stripe.js",
          value_parser = parse_address)]
    pub stripe_js: WebAddress,

    /// The origins that Stripe.js frames and calls.
    #[arg(long, env = "BOOKING_SITE_STRIPE_SOURCES", value_name = "ORIGIN", value_delimiter = ' ',
          default_value = "https://js.stripe.com https://hooks.stripe.com https://api.stripe.com https://checkout.stripe.com",
          value_parser = parse_origin)]
    pub stripe_sources: Vec<Origin>,

    /// The origins of Stripe's payment pages.
    #[arg(long, env = "BOOKING_SITE_CHECKOUT_PAGES", value_name = "ORIGIN", value_delimiter = ' ',
          default_value = "https://checkout.stripe.com", value_parser = parse_origin)]
    pub checkout_pages: Vec<Origin>,

    /// The origins of sites that may embed /element.html, as /home.html does. None by default.
    #[arg(
        long = "homes",
        env = "BOOKING_SITE_HOMES",
        value_name = "ORIGIN",
        value_delimiter = ' ',
        value_parser = parse_origin
    )]
    pub embedding_sites: Vec<Origin>,

    /// The account key for the payments of /quilt.html. Without it, that page is not available.
    #[arg(
        long,
        env = "BOOKING_SITE_QUILT_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    pub quilt_key: Option<AccountKey>,

    /// The origin from which /quilt.html loads Stripe Terminal, at /terminal/v1/.
    #[arg(
        long,
        env = "BOOKING_SITE_TERMINAL",
        value_name = "ORIGIN",
        default_value = "https://js.stripe.com",
        value_parser = parse_origin
    )]
    pub terminal: Origin,

    /// The origin of the API that Stripe Terminal's script calls.
    #[arg(
        long,
        env = "BOOKING_SITE_TERMINAL_API",
        value_name = "ORIGIN",
        default_value = "https://api.stripe.com",
        value_parser = parse_origin
    )]
    pub terminal_api: Origin,
    /// The secret that signs the ticket shop's requests. Without it, sign-in there is not available.
    #[arg(
        long,
        env = "BOOKING_SITE_TICKET_EVOLUTION_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    pub ticket_evolution_secret: Option<TicketEvolutionSecret>,

    /// The folder of the built booking page (the output of `trunk build`).
    #[arg(
        long,
        env = "BOOKING_SITE_DIST",
        value_name = "FOLDER",
        default_value = "demo/dist"
    )]
    pub dist: PathBuf,

    /// The folder of the built companion for plain pages (the output of `wasm-pack build`).
    #[arg(
        long,
        env = "BOOKING_SITE_COMPANION",
        value_name = "FOLDER",
        default_value = "crates/card-entry-companion/pkg"
    )]
    pub companion: PathBuf,

    /// The folder of the appointments' database. It is created when it does not exist.
    #[arg(
        long,
        env = "BOOKING_SITE_DATA",
        value_name = "FOLDER",
        default_value = "data"
    )]
    pub data: PathBuf,

    /// The studio's time zone, by its name in the IANA database.
    #[arg(long, env = "BOOKING_SITE_TIME_ZONE", value_name = "ZONE", default_value = "America/Los_Angeles",
          value_parser = parse_zone)]
    pub time_zone: TimeZone,
}

impl Settings {
    #[must_use]
    pub fn stripe(&self) -> StripeAddresses {
        StripeAddresses {
            script: self.stripe_js.clone(),
            sources: self.stripe_sources.clone(),
            pages: self.checkout_pages.clone(),
        }
    }
}

fn parse_address(text: &str) -> Result<WebAddress, String> {
    WebAddress::parse(text).ok_or_else(|| "give an absolute address of the web".to_owned())
}

fn parse_origin(text: &str) -> Result<Origin, String> {
    Origin::parse(text)
        .ok_or_else(|| "write it as browsers do, such as https://cards.example".to_owned())
}

fn parse_zone(text: &str) -> Result<TimeZone, String> {
    TimeZone::get(text).map_err(|_| "give a name such as Europe/Lisbon".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_valid_and_debug_hides_the_keys() {
        Settings::command().debug_assert();
        let settings = Settings::parse_from(["booking-site", "--holds-key", "hk_0123456789abcdef"]);
        assert!(!format!("{settings:?}").contains("hk_"));
        assert_eq!(settings.wallet.as_str(), "http://127.0.0.1:4401");
    }

    #[test]
    fn invalid_values_are_refused_with_an_example() {
        const KEY: &str = "hk_0123456789abcdef";
        for (key, wallet, zone, hint) in [
            (
                KEY,
                "127.0.0.1:4401",
                "Europe/Lisbon",
                "https://cards.example",
            ),
            (
                KEY,
                "https://cards.example",
                "Mars/Olympus",
                "Europe/Lisbon",
            ),
            ("short", "https://cards.example", "Europe/Lisbon", "16"),
        ] {
            let line = [
                "booking-site",
                "--holds-key",
                key,
                "--wallet",
                wallet,
                "--time-zone",
                zone,
            ];
            let message = Settings::try_parse_from(line).unwrap_err().to_string();
            assert!(message.contains(hint), "{message}");
        }
    }
}
