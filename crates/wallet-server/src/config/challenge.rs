//! When callers prove that they are people, and who is asked whether they did: the section `[challenge]`.

use serde::Deserialize;

use super::account::secret;
use super::{ConfigError, is_safe, source, wrong};
use crate::secret::Secret;

/// The section, as the file spells it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChallengeSettings {
    /// `off`, `after_two_failures` or `always`; off unless told.
    pub when: Option<String>,
    /// Where tokens are checked, such as `https://www.google.com/recaptcha/api/siteverify`.
    pub url: String,
    /// The key for it; better named by `secret_env`.
    pub secret: Option<Secret>,
    /// The environment variable that holds it.
    pub secret_env: Option<String>,
}

/// When a challenge must have been passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Where two sign-ins or cards of the last hour were refused.
    AfterTwoFailures,
    /// At every sign-up and sign-in.
    Always,
}

/// The section, checked; there is none when it is off.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// When one must have been passed.
    pub when: When,
    /// Where tokens are checked.
    pub url: String,
    /// The key for it.
    pub secret: Secret,
}

impl Challenge {
    pub(super) fn check(given: ChallengeSettings) -> Result<Option<Self>, ConfigError> {
        let when = match given.when.as_deref() {
            None | Some("off") => return Ok(None),
            Some("after_two_failures") => When::AfterTwoFailures,
            Some("always") => When::Always,
            Some(_) => {
                let problem = "use off, after_two_failures or always";
                return Err(wrong("challenge.when", problem));
            }
        };
        let url = source::script_url("challenge.url", Some(given.url), "https://…/siteverify")?;
        if !is_safe(&url) {
            return Err(wrong(
                "challenge.url",
                "the key would travel in clear; use https",
            ));
        }
        let key = secret("challenge.secret", given.secret, given.secret_env)?;
        let key = key.filter(|key| !key.reveal().is_empty());
        Ok(Some(Self {
            when,
            url,
            secret: key.ok_or_else(|| {
                let problem = "is missing; set it, or name a variable in secret_env";
                wrong("challenge.secret", problem)
            })?,
        }))
    }
}
