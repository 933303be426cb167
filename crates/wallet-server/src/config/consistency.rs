//! Settings that are right by themselves and contradict each other, or today's date.
//!
//! Called by the check of the configuration, after every section was checked by itself. It must never refuse a
//! configuration that works for somebody: that is a warning.

use std::time::Duration;

use super::error::invalid;
use super::warning::Warnings;
use super::{ConfigError, PageSources, Provider, ServerConfig, SystemConfig};
use crate::clock::now;
use crate::gateway::{MAX_ATTEMPTS, MAX_RETRY_AFTER};

pub(super) fn check(config: &ServerConfig, warnings: &mut Warnings) -> Result<(), ConfigError> {
    check_scripts(config)?;
    check_timeouts(config, warnings);
    check_addresses(config, warnings);
    check_accounts(config, warnings);
    let limits = &config.limits;
    if limits.intents_per_hour > limits.intents_per_hour_and_address {
        let problem = "is greater than intents_per_hour_and_address, so that one person alone can use up the limit of an address";
        warnings.add("intents_per_hour", problem);
    }
    if config.password_min < 8 && config.accounts.has_live_keys() {
        let problem = "accepts passwords that are quickly guessed; use 8 or more with live keys";
        warnings.add("password_min", problem);
    }
    Ok(())
}

/// A page whose policy forbids its own script never shows a form.
fn check_scripts(config: &ServerConfig) -> Result<(), ConfigError> {
    let uses = |at_stripe: bool| {
        let mut accounts = config.accounts.iter();
        accounts.any(|account| (account.provider == Provider::Stripe) == at_stripe)
    };
    let refuse = |page: &PageSources, sources: &str, url: &str| {
        if page.allows_script(&page.scripts) {
            return Ok(());
        }
        let problem = format!(
            "does not allow the origin of {url}, so that the form would never load; add it"
        );
        Err(invalid(sources, problem))
    };
    if uses(true) {
        refuse(&config.page, "script_sources", "stripe_js_url")?;
    }
    if uses(false) {
        refuse(
            &config.braintree_page,
            "braintree_script_sources",
            "braintree_js_url",
        )?;
        if config.dist == config.braintree_dist {
            let problem = "is the folder of dist, whose page has Stripe's fields; give the folder of the build for Braintree";
            return Err(invalid("braintree_dist", problem));
        }
    }
    Ok(())
}

/// A request goes on to its end after its timeout, so that this is no error: its client is told to come back too early.
fn check_timeouts(config: &ServerConfig, warnings: &mut Warnings) {
    let pauses = MAX_RETRY_AFTER.saturating_mul(MAX_ATTEMPTS - 1);
    let call: Duration = config.gateway_timeout.saturating_mul(MAX_ATTEMPTS) + pauses;
    if call >= config.request_timeout {
        let problem = format!(
            "is {} ms, and one call to the gateway may take {} ms ({MAX_ATTEMPTS} tries of gateway_timeout_ms and the pauses \
             between them): clients are told to come back before it ends; give more than that, or a shorter gateway_timeout_ms",
            config.request_timeout.as_millis(),
            call.as_millis()
        );
        warnings.add("request_timeout_ms", problem);
    }
}

fn check_addresses(config: &ServerConfig, warnings: &mut Warnings) {
    let is_https = |own: &card_entry_protocol::origin::Origin| own.as_str().starts_with("https://");
    let is_behind_proxy = config.public_url.as_ref().is_some_and(is_https) && config.tls.is_none();
    if is_behind_proxy && config.trusted_proxies.is_empty() {
        let problem = "is empty, and public_url is https: the proxy that ends TLS is taken for the client of everybody; list its address";
        warnings.add("trusted_proxies", problem);
    }
    for range in config
        .trusted_proxies
        .iter()
        .filter(|range| range.is_very_wide())
    {
        let problem = format!(
            "{range} is wider than any private network: every caller in it could claim any address; list the proxies alone"
        );
        warnings.add("trusted_proxies", problem);
    }
    if config
        .metrics_listen
        .is_some_and(|listen| listen.ip().is_unspecified())
    {
        let problem = "is every address of this machine, and the metrics have no authentication; give a private address";
        warnings.add("metrics_listen", problem);
    }
    for parent in config.parents_on_own_host() {
        let problem = format!(
            "{parent} has the same host name as the server; give the server a host name of its own"
        );
        warnings.add("public_url", problem);
    }
}

fn check_accounts(config: &ServerConfig, warnings: &mut Warnings) {
    for (at, account) in config.accounts.iter().enumerate() {
        match &account.system {
            SystemConfig::TicketEvolution(section)
                if section.raw_numbers_end.is_some_and(|end| end <= now()) =>
            {
                let setting = format!("accounts[{at}].ticket_evolution.raw_numbers_until");
                let problem = "is over, so that raw card numbers are refused; leave it out";
                warnings.add(setting, problem);
            }
            SystemConfig::MikroCloud(section)
                if section.audience.is_none() && account.livemode() =>
            {
                let setting = format!("accounts[{at}].mikrocloud.audience");
                let problem = "is missing: a token that the issuer made for another service is accepted; set the tokens' `aud`";
                warnings.add(setting, problem);
            }
            _ => {}
        }
    }
}
