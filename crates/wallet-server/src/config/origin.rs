//! Origins and URLs of the configuration: how they are parsed, and whether keys may be sent to them.
//!
//! Called by the checks of the configuration. It must never accept a URL that a secret key would reach unencrypted.

use std::collections::HashSet;
use std::net::{IpAddr, SocketAddr};

use card_entry_protocol::origin::Origin;

use super::error::invalid;
use super::{Accounts, ConfigError};

pub(super) fn parse_origin(setting: &str, text: &str) -> Result<Origin, ConfigError> {
    Origin::parse(text).ok_or_else(|| {
        invalid(
            setting,
            format!(
                "`{text}` is not an origin; write it as browsers do, such as https://book.example"
            ),
        )
    })
}

/// The origin that browsers use. `None`: it is made of the address that the server listens on.
pub(super) fn public_url(
    given: Option<&str>,
    listen: SocketAddr,
) -> Result<Option<Origin>, ConfigError> {
    if given.is_none() && listen.ip().is_unspecified() {
        let problem = "is missing; set the origin browsers use, because listen is every address";
        return Err(invalid("public_url", problem));
    }
    given
        .map(|text| parse_origin("public_url", text))
        .transpose()
}

/// The origin of Stripe's API, or of the sandbox.
pub(super) fn gateway_url(given: Option<&str>) -> Result<Origin, ConfigError> {
    let url = parse_origin("gateway_url", given.unwrap_or("https://api.stripe.com"))?;
    if url.as_str().starts_with("https://") || is_loopback(&url) {
        return Ok(url);
    }
    let problem = "secret keys would travel in clear; use https";
    Err(invalid("gateway_url", problem))
}

/// Whether nobody on the way can read what is sent to a URL: it is https, or on this machine.
pub(super) fn is_confidential(url: &str) -> bool {
    let origin = url.split('/').take(3).collect::<Vec<_>>().join("/");
    Origin::parse(&origin)
        .is_some_and(|origin| origin.as_str().starts_with("https://") || is_loopback(&origin))
}

pub(super) fn is_loopback(origin: &Origin) -> bool {
    let host = origin.host().trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Refuses an origin of the server that is also a parent or an ancestor: a page of the same origin can read the form.
pub(super) fn refuse_shared_origin(own: &Origin, accounts: &Accounts) -> Result<(), ConfigError> {
    let pages: HashSet<Origin> = accounts.all_frame_ancestors().into_iter().collect();
    if pages.contains(own) {
        return Err(invalid(
            "public_url",
            format!(
                "{own} is also a parent or an ancestor: on one origin the page could read the form; give the server its own host"
            ),
        ));
    }
    Ok(())
}
