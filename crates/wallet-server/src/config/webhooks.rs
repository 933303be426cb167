//! The setting `webhook_secrets`: the secrets that sign an account's webhooks.
//!
//! Called by the account's check. There are two while a secret is being rolled. It must never accept a secret that can
//! be guessed.

use super::ConfigError;
use super::error::invalid;
use super::secret::{is_gateway_key, is_long_enough, read_secret};
use crate::secret::Secret;

/// Reads the secrets from the file, or from an environment variable where spaces separate them.
pub(super) fn check(
    name: impl Fn(&str) -> String,
    given: Vec<Secret>,
    variable: Option<String>,
) -> Result<Vec<Secret>, ConfigError> {
    let setting = name("webhook_secrets");
    if !given.is_empty() && variable.is_some() {
        return Err(invalid(
            setting,
            "is set twice; keep it or its _env, not both",
        ));
    }
    let all = match read_secret(&setting, None, variable)? {
        Some(listed) => {
            let each = listed.reveal().split_whitespace();
            each.map(|one| Secret::new(one.to_owned())).collect()
        }
        None => given,
    };
    let is_api_key = |one: &Secret| is_gateway_key(one) && !one.reveal().starts_with("whsec_");
    if all.iter().any(is_api_key) {
        return Err(invalid(
            setting,
            "is an API key, which signs no webhooks; give the signing secrets of the account's endpoint, whsec_…",
        ));
    }
    if (1..all.len()).any(|at| all.iter().take(at).any(|one| all.get(at) == Some(one))) {
        return Err(invalid(
            setting,
            "has one secret twice; list each once, two while a secret is being rolled",
        ));
    }
    // Stripe's have 38 characters.
    if !all.iter().all(is_long_enough) {
        return Err(invalid(
            setting,
            "give the signing secrets of the account's endpoint, whsec_…",
        ));
    }
    Ok(all)
}
