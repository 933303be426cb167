//! The section `[challenge]`: when a caller must pass a CAPTCHA, and where its tokens are verified.
//!
//! Used by [`crate::challenge`]. It must never accept a URL that the secret would reach unencrypted.

use serde::Deserialize;

use super::error::invalid;
use super::secret::read_secret;
use super::{ConfigError, csp_source, origin};
use crate::secret::Secret;

/// The raw section `[challenge]`, as the TOML file has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChallengeSettings {
    /// `off` (the default), `after_two_failures` or `always`.
    pub when: Option<String>,
    /// Whether pages send a token with a card as well, in the header `challenge-token`. Then the breaker has a stage in
    /// which every card needs one. Default false.
    pub card_entry: Option<bool>,
    /// The URL that verifies tokens, such as `https://www.google.com/recaptcha/api/siteverify`.
    pub url: String,
    /// The secret of that URL. `secret_env` is the safer way.
    pub secret: Option<Secret>,
    /// The environment variable that holds the secret.
    pub secret_env: Option<String>,
}

/// When a caller must pass a CAPTCHA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChallengePolicy {
    /// After two failed sign-ins or declined cards from the caller's network.
    AfterTwoFailures,
    /// At every sign-up and sign-in.
    Always,
}

/// The checked form of the section `[challenge]`. There is none when the CAPTCHA is off.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// When a caller must pass the CAPTCHA.
    pub when: ChallengePolicy,
    /// Whether pages send a token with a card as well.
    pub card_entry: bool,
    /// The URL that verifies tokens.
    pub url: String,
    /// The secret of that URL.
    pub secret: Secret,
}

impl Challenge {
    pub(super) fn check(given: ChallengeSettings) -> Result<Option<Self>, ConfigError> {
        let when = match given.when.as_deref() {
            None | Some("off") => return Ok(None),
            Some("after_two_failures") => ChallengePolicy::AfterTwoFailures,
            Some("always") => ChallengePolicy::Always,
            Some(_) => {
                let problem = "use off, after_two_failures or always";
                return Err(invalid("challenge.when", problem));
            }
        };
        let url = csp_source::script_url("challenge.url", Some(given.url), "https://…/siteverify")?;
        if !origin::is_confidential(&url) {
            return Err(invalid(
                "challenge.url",
                "the key would travel in clear; use https",
            ));
        }
        let key = read_secret("challenge.secret", given.secret, given.secret_env)?;
        let key = key.filter(|key| !key.reveal().is_empty());
        Ok(Some(Self {
            when,
            card_entry: given.card_entry.unwrap_or(false),
            url,
            secret: key.ok_or_else(|| {
                let problem = "is missing; set it, or name a variable in secret_env";
                invalid("challenge.secret", problem)
            })?,
        }))
    }
}
