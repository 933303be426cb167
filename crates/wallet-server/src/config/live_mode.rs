//! What must not be beside live keys, with which real money moves: plain http, development settings, keys of another mode.
//!
//! Called by the check of the configuration, after every section was checked by itself. It must never refuse what only
//! test keys use.

use card_entry_protocol::origin::Origin;

use super::error::invalid;
use super::origin::{is_confidential, is_loopback};
use super::warning::Warnings;
use super::{Account, ConfigError, PageSources, Provider, ServerConfig, SystemConfig};

const BRAINTREE_SANDBOX: &str = "https://payments.sandbox.braintree-api.com/";
const BRAINTREE_PRODUCTION: &str = "https://payments.braintree-api.com/";

pub(super) fn check(config: &ServerConfig, warnings: &mut Warnings) -> Result<(), ConfigError> {
    let accounts: Vec<_> = config.accounts.iter().enumerate().collect();
    for (at, account) in &accounts {
        check_braintree_mode(*at, account, &config.braintree_url)?;
    }
    if !config.accounts.has_live_keys() {
        return Ok(());
    }
    if config.allow_faults {
        let problem = "lets everybody make calls fail, and an account has live keys; leave it out";
        return Err(invalid("allow_faults", problem));
    }
    check_public_url(config, warnings)?;
    for (at, account) in &accounts {
        if account.livemode() {
            check_pages(*at, account)?;
        } else {
            let problem = "has test keys, and another account has live keys: its cards cost nothing and pay nothing";
            warnings.add(format!("accounts[{at}]"), problem);
        }
    }
    let live = |account: &Account| account.livemode();
    let is_stripe = |account: &Account| account.provider == Provider::Stripe;
    if accounts.iter().any(|(_, one)| live(one) && is_stripe(one)) {
        let names = [
            "stripe_js_url",
            "script_sources",
            "frame_sources",
            "connect_sources",
        ];
        check_sources(names, &config.page)?;
        if !config.page.scripts.starts_with("https://js.stripe.com/") {
            let problem =
                "is not at https://js.stripe.com, from where Stripe requires live pages to load it";
            warnings.add("stripe_js_url", problem);
        }
        if config.gateway_url.as_str() != "https://api.stripe.com" {
            let problem = "is not https://api.stripe.com, and gets live keys; make sure that it only passes them on to Stripe";
            warnings.add("gateway_url", problem);
        }
    }
    if accounts.iter().any(|(_, one)| live(one) && !is_stripe(one)) {
        let names = [
            "braintree_js_url",
            "braintree_script_sources",
            "braintree_frame_sources",
            "braintree_connect_sources",
        ];
        check_sources(names, &config.braintree_page)?;
    }
    Ok(())
}

/// Whether nobody on the way can change a page of this origin: it is https, or on this machine.
fn is_safe_page(origin: &Origin) -> bool {
    origin.as_str().starts_with("https://")
        || is_loopback(origin)
        || origin.host().ends_with(".localhost")
}

fn check_public_url(config: &ServerConfig, warnings: &mut Warnings) -> Result<(), ConfigError> {
    let Some(own) = &config.public_url else {
        if !config.listen.ip().is_loopback() {
            let problem = "is missing, so that browsers are sent to http, and an account has live keys; set the https origin browsers use";
            return Err(invalid("public_url", problem));
        }
        let problem = "is missing: with live keys, set the https origin browsers use; other machines cannot reach 127.0.0.1";
        warnings.add("public_url", problem);
        return Ok(());
    };
    if !is_safe_page(own) {
        let problem = format!(
            "{own} is plain http, and an account has live keys: everybody on the way could change the form; use https"
        );
        return Err(invalid("public_url", problem));
    }
    if is_loopback(own) {
        let problem = format!(
            "{own} is on this machine, and an account has live keys: no other machine can reach it"
        );
        warnings.add("public_url", problem);
    }
    Ok(())
}

fn check_pages(at: usize, account: &Account) -> Result<(), ConfigError> {
    let plain = |setting: &str, origin: &str| {
        let problem = format!(
            "{origin} is plain http, and the account has live keys: everybody on the way could change the page; use https"
        );
        invalid(format!("accounts[{at}].{setting}"), problem)
    };
    for (setting, origins) in [
        ("parents", &account.parents),
        ("ancestors", &account.ancestors),
    ] {
        if let Some(origin) = origins.iter().find(|origin| !is_safe_page(origin)) {
            return Err(plain(setting, origin.as_str()));
        }
    }
    let SystemConfig::BokaMera(section) = &account.system else {
        return Ok(());
    };
    let confirmation = section.confirmation.as_ref().map(|page| page.as_str());
    match confirmation.filter(|page| !is_confidential(page)) {
        Some(page) => Err(plain("bokamera.confirmation_url", page)),
        None => Ok(()),
    }
}

fn check_sources(names: [&str; 4], page: &PageSources) -> Result<(), ConfigError> {
    let [scripts, script, frame, connect] = names;
    let plain = |setting: &str, url: &str| {
        let problem = format!("{url} is plain http, and an account has live keys; use https");
        Err(invalid(setting, problem))
    };
    if !is_confidential(&page.scripts) {
        return plain(scripts, &page.scripts);
    }
    for (setting, sources) in [
        (script, &page.script),
        (frame, &page.frame),
        (connect, &page.connect),
    ] {
        let found = sources.iter().map(|source| source.as_str());
        let mut found = found.filter(|url| url.starts_with("http://") && !is_confidential(url));
        if let Some(url) = found.next() {
            return plain(setting, url);
        }
    }
    Ok(())
}

/// Braintree has one address for each mode. A key of the other mode would fail at the first card.
fn check_braintree_mode(at: usize, account: &Account, url: &str) -> Result<(), ConfigError> {
    if account.provider == Provider::Stripe {
        return Ok(());
    }
    let (wrong, right, mode) = if account.livemode() {
        (BRAINTREE_SANDBOX, BRAINTREE_PRODUCTION, "production")
    } else {
        (BRAINTREE_PRODUCTION, BRAINTREE_SANDBOX, "sandbox")
    };
    if !url.starts_with(wrong) {
        return Ok(());
    }
    let problem = format!("is not the address of accounts[{at}]'s {mode} keys; set {right}graphql");
    Err(invalid("braintree_url", problem))
}
