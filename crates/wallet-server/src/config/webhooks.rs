//! The secrets with which an account's gateway signs what it tells: `webhook_secrets`, two while one takes the other's
//! place.

use super::account::secret;
use super::{ConfigError, wrong};
use crate::secret::Secret;

/// The fewest characters of a secret; Stripe's have 38.
const SHORTEST: usize = 16;

/// Reads the list from the file or from a variable, where they are separated by spaces.
pub(super) fn check(
    name: impl Fn(&str) -> String,
    given: Vec<Secret>,
    variable: Option<String>,
) -> Result<Vec<Secret>, ConfigError> {
    let setting = name("webhook_secrets");
    if !given.is_empty() && variable.is_some() {
        return Err(wrong(
            setting,
            "is set twice; keep it or its _env, not both",
        ));
    }
    let all = match secret(&setting, None, variable)? {
        Some(listed) => {
            let each = listed.reveal().split_whitespace();
            each.map(|one| Secret::new(one.to_owned())).collect()
        }
        None => given,
    };
    if all.iter().any(|secret| secret.reveal().len() < SHORTEST) {
        return Err(wrong(
            setting,
            "give the signing secrets of the account's endpoint, whsec_…",
        ));
    }
    Ok(all)
}
