//! What the operator says: flags, or the environment.
//!
//! Read once by `main`. The holds key is never printed, not even by `--help`.

use std::net::IpAddr;
use std::path::PathBuf;

use card_entry_protocol::dialect::bokamera::WebAddress;
use card_entry_protocol::origin::Origin;
use clap::Parser;
use jiff::tz::TimeZone;

use crate::bokamera::{ApiKey, Stripe};
use crate::mikrocloud::Signer;
use crate::quilt::AccountKey;
use crate::ticket_evolution::SellerSecret;
use crate::wallet::HoldsKey;

/// The demo booking site: Harbour Street Studio, with its pages and its appointments.
///
/// Cards are kept by the wallet server; this site asks it who a visitor is and places a hold for each appointment.
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

    /// The wallet server, as browsers and this server reach it.
    #[arg(long, env = "BOOKING_SITE_WALLET", value_name = "ORIGIN", default_value = "http://127.0.0.1:4401",
          value_parser = read_origin)]
    pub wallet: Origin,

    /// The number the wallet server knows this studio by.
    #[arg(
        long,
        env = "BOOKING_SITE_COMPANY_ID",
        value_name = "N",
        default_value_t = 40426
    )]
    pub company_id: u64,

    /// The key with which holds are placed; better set in the environment, where other users cannot read it.
    #[arg(
        long,
        env = "BOOKING_SITE_HOLDS_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    pub holds_key: HoldsKey,

    /// The base64 secret with which /mikrocloud.html's tokens are signed; without one nobody can sign in there.
    #[arg(
        long,
        env = "BOOKING_SITE_MIKROCLOUD_SECRET",
        value_name = "BASE64",
        hide_env_values = true
    )]
    pub mikrocloud_secret: Option<Signer>,

    /// The salon's key at the wallet server; without one nobody can pay on /bokamera.html.
    #[arg(
        long,
        env = "BOOKING_SITE_BOKAMERA_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    pub bokamera_key: Option<ApiKey>,

    /// Where pages that pay load Stripe.js from.
    #[arg(long, env = "BOOKING_SITE_STRIPE_JS", value_name = "URL", default_value = "https://js.stripe.com/dahlia/stripe.js",
          value_parser = read_address)]
    pub stripe_js: WebAddress,

    /// The origins Stripe.js frames and calls, beside its own.
    #[arg(long, env = "BOOKING_SITE_STRIPE_SOURCES", value_name = "ORIGIN", value_delimiter = ' ',
          default_value = "https://js.stripe.com https://hooks.stripe.com https://api.stripe.com https://checkout.stripe.com",
          value_parser = read_origin)]
    pub stripe_sources: Vec<Origin>,

    /// The origins of Stripe's payment pages.
    #[arg(long, env = "BOOKING_SITE_CHECKOUT_PAGES", value_name = "ORIGIN", value_delimiter = ' ',
          default_value = "https://checkout.stripe.com", value_parser = read_origin)]
    pub checkout_pages: Vec<Origin>,

    /// The sites that show /element.html inside a page of theirs, as /home.html does; none may by default.
    #[arg(
        long,
        env = "BOOKING_SITE_HOMES",
        value_name = "ORIGIN",
        value_delimiter = ' ',
        value_parser = read_origin
    )]
    pub homes: Vec<Origin>,

    /// The account key with which /quilt.html's payments are made; without one the till stays closed.
    #[arg(
        long,
        env = "BOOKING_SITE_QUILT_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    pub quilt_key: Option<AccountKey>,

    /// Where /quilt.html loads Stripe Terminal from: an origin, beneath which it is /terminal/v1/.
    #[arg(
        long,
        env = "BOOKING_SITE_TERMINAL",
        value_name = "ORIGIN",
        default_value = "https://js.stripe.com",
        value_parser = read_origin
    )]
    pub terminal: Origin,

    /// Where Stripe Terminal's script reaches its reader and Stripe.
    #[arg(
        long,
        env = "BOOKING_SITE_TERMINAL_API",
        value_name = "ORIGIN",
        default_value = "https://api.stripe.com",
        value_parser = read_origin
    )]
    pub terminal_api: Origin,
    /// The secret with which the ticket shop's requests are signed; without one nobody can sign in there.
    #[arg(
        long,
        env = "BOOKING_SITE_TICKET_EVOLUTION_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    pub ticket_evolution_secret: Option<SellerSecret>,

    /// The folder of the built booking page (what `trunk build` makes).
    #[arg(
        long,
        env = "BOOKING_SITE_DIST",
        value_name = "FOLDER",
        default_value = "demo/dist"
    )]
    pub dist: PathBuf,

    /// The folder of the built companion for plain pages (what `wasm-pack build` makes).
    #[arg(
        long,
        env = "BOOKING_SITE_COMPANION",
        value_name = "FOLDER",
        default_value = "crates/card-entry-companion/pkg"
    )]
    pub companion: PathBuf,

    /// The folder of the appointments' database; made when it is missing.
    #[arg(
        long,
        env = "BOOKING_SITE_DATA",
        value_name = "FOLDER",
        default_value = "data"
    )]
    pub data: PathBuf,

    /// The studio's time zone, by its name in the IANA database.
    #[arg(long, env = "BOOKING_SITE_TIME_ZONE", value_name = "ZONE", default_value = "America/Los_Angeles",
          value_parser = read_zone)]
    pub time_zone: TimeZone,
}

impl Settings {
    /// Stripe, as pages that pay need it.
    #[must_use]
    pub fn stripe(&self) -> Stripe {
        Stripe {
            script: self.stripe_js.clone(),
            sources: self.stripe_sources.clone(),
            pages: self.checkout_pages.clone(),
        }
    }
}

fn read_address(text: &str) -> Result<WebAddress, String> {
    WebAddress::parse(text).ok_or_else(|| "give an absolute address of the web".to_owned())
}

fn read_origin(text: &str) -> Result<Origin, String> {
    Origin::parse(text)
        .ok_or_else(|| "write it as browsers do, such as https://cards.example".to_owned())
}

fn read_zone(text: &str) -> Result<TimeZone, String> {
    TimeZone::get(text).map_err(|_| "give a name such as Europe/Lisbon".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound_and_keeps_the_key_to_itself() {
        Settings::command().debug_assert();
        let settings = Settings::parse_from(["booking-site", "--holds-key", "hk_0123456789abcdef"]);
        assert!(!format!("{settings:?}").contains("hk_"));
        assert_eq!(settings.wallet.as_str(), "http://127.0.0.1:4401");
    }

    #[test]
    fn wrong_values_are_refused_with_an_example() {
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
            let said = Settings::try_parse_from(line).unwrap_err().to_string();
            assert!(said.contains(hint), "{said}");
        }
    }
}
