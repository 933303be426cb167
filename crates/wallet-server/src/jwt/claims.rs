//! The claims of a token whose signature is verified.
//!
//! Made by [`super::UnverifiedToken::verify`]. It must never treat a registered claim of a wrong type as absent.

use serde::Deserialize;

use crate::clock::Seconds;

/// The tolerated difference between clocks, in seconds.
const LEEWAY_SECONDS: f64 = 30.0;

/// A string or an array of strings, as RFC 7519 allows for `aud`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    #[default]
    None,
    One(String),
    Several(Vec<String>),
}

impl OneOrMany {
    fn has(&self, wanted: &str) -> bool {
        match self {
            Self::None => false,
            Self::One(one) => one == wanted,
            Self::Several(all) => all.iter().any(|one| one == wanted),
        }
    }
}

/// A number or a string: issuers write the ids of their users as either.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Subject {
    Text(String),
    Number(u64),
}

/// The claims that this server uses.
#[derive(Debug, Clone, Deserialize)]
pub struct Claims {
    iss: String,
    sub: Subject,
    exp: f64,
    #[serde(default)]
    nbf: Option<f64>,
    #[serde(default)]
    aud: OneOrMany,
    /// Scopes separated by spaces: RFC 8693, 4.2.
    #[serde(default)]
    scope: Option<String>,
    /// Scopes as an array, as some issuers write them.
    #[serde(default)]
    scopes: Vec<String>,
    /// The user's time zone: its name in the IANA database.
    #[serde(default)]
    pub timezone: Option<String>,
}

impl Claims {
    /// Whether the token has this issuer, has this audience if one is required, and is valid at `now`.
    #[must_use]
    pub fn are_valid(&self, issuer: &str, audience: Option<&str>, now: Seconds) -> bool {
        #[allow(clippy::cast_precision_loss)] // seconds stay far below 2^53
        let now = now as f64;
        let has_started = self
            .nbf
            .is_none_or(|not_before| not_before <= now + LEEWAY_SECONDS);
        self.iss == issuer
            && audience.is_none_or(|wanted| self.aud.has(wanted))
            && has_started
            && now - LEEWAY_SECONDS < self.exp
    }

    /// The subject as text. `None` means that it is empty.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        match &self.sub {
            Subject::Text(text) => (!text.is_empty()).then(|| text.clone()),
            Subject::Number(number) => Some(number.to_string()),
        }
    }

    /// Whether the token has this scope.
    #[must_use]
    pub fn has_scope(&self, scope: &str) -> bool {
        let spaced = self.scope.as_deref().unwrap_or("");
        spaced.split(' ').any(|word| word == scope) || self.scopes.iter().any(|word| word == scope)
    }
}
