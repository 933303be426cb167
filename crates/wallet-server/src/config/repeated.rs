//! Values that stand in two accounts, or twice in one, and should stand once.
//!
//! Called by the check of the configuration, after every account was checked by itself. It must never show a key.

use std::collections::HashSet;

use super::error::invalid;
use super::warning::Warnings;
use super::{Account, Accounts, ConfigError};

pub(super) fn check(accounts: &Accounts, warnings: &mut Warnings) -> Result<(), ConfigError> {
    let all: Vec<_> = accounts.iter().collect();
    for (at, account) in all.iter().enumerate() {
        check_pages(at, account, warnings);
        for other in all.iter().take(at) {
            check_pair(at, account, other, warnings)?;
        }
    }
    Ok(())
}

fn check_pages(at: usize, account: &Account, warnings: &mut Warnings) {
    let mut seen = HashSet::new();
    for (setting, origins) in [
        ("parents", &account.parents),
        ("ancestors", &account.ancestors),
    ] {
        for origin in origins {
            if !seen.insert(origin.as_str()) {
                let problem =
                    format!("{origin} stands twice; a parent need not be an ancestor, too");
                warnings.add(format!("accounts[{at}].{setting}"), problem);
            }
        }
    }
}

fn check_pair(
    at: usize,
    account: &Account,
    other: &Account,
    warnings: &mut Warnings,
) -> Result<(), ConfigError> {
    let name = |field: &str| format!("accounts[{at}].{field}");
    let is_same_account = account.gateway_account == other.gateway_account;
    let (key, field) = (&account.publishable_key, "publishable_key");
    // A merchant of Braintree may have many tokenization keys.
    let is_one_pair = !key.is_braintree() && account.secret_key == other.secret_key;
    if is_one_pair && key != &other.publishable_key {
        let problem = format!(
            "is account {}’s, which has another publishable key; give the key of the same pair",
            other.id
        );
        warnings.add(name("secret_key"), problem);
    }
    if key == &other.publishable_key && is_same_account {
        let problem = format!(
            "is account {}’s as well: the pages of both may embed the form of either; give each its own if they are two businesses",
            other.id
        );
        warnings.add(name(field), problem);
    }
    let shared = account
        .webhook_secrets
        .iter()
        .any(|one| other.webhook_secrets.contains(one));
    if shared {
        let problem = format!(
            "has a secret of account {}: each endpoint at Stripe has its own, so one of the two is wrong",
            other.id
        );
        // `stripe listen` signs for every address with one secret.
        if account.livemode() {
            return Err(invalid(name("webhook_secrets"), problem));
        }
        warnings.add(name("webhook_secrets"), problem);
    }
    if account.holds_key.is_some() && account.holds_key == other.holds_key {
        let problem = format!(
            "is account {}’s as well: who has it can hold cards of both",
            other.id
        );
        warnings.add(name("holds_key"), problem);
    }
    Ok(())
}
