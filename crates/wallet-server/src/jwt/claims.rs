//! What a token says of its holder, once its signature is known to be good.

use serde::Deserialize;

use crate::clock::Seconds;

/// How far clocks may stand apart, in seconds.
const LEEWAY: f64 = 30.0;

/// One word or several, as RFC 7519 allows for `aud`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(untagged)]
enum Words {
    #[default]
    None,
    One(String),
    Several(Vec<String>),
}

impl Words {
    fn has(&self, wanted: &str) -> bool {
        match self {
            Self::None => false,
            Self::One(word) => word == wanted,
            Self::Several(words) => words.iter().any(|word| word == wanted),
        }
    }
}

/// A number or a text, as issuers write their own ids.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(u64),
}

/// The claims. A registered one of the wrong kind makes the whole token unreadable, never one without it.
#[derive(Debug, Clone, Deserialize)]
pub struct Claims {
    iss: String,
    sub: Id,
    exp: f64,
    #[serde(default)]
    nbf: Option<f64>,
    #[serde(default)]
    aud: Words,
    /// Words with spaces between them: RFC 8693, 4.2.
    #[serde(default)]
    scope: Option<String>,
    /// The same as a list, as some issuers write it.
    #[serde(default)]
    scopes: Vec<String>,
    /// The holder's time zone, by its name in the IANA database.
    #[serde(default)]
    pub timezone: Option<String>,
}

impl Claims {
    /// Whether it is of this issuer, for this audience if one is asked, and in its time.
    #[must_use]
    pub fn are_good(&self, issuer: &str, audience: Option<&str>, now: Seconds) -> bool {
        #[allow(clippy::cast_precision_loss)] // seconds stay far below 2^53
        let now = now as f64;
        let begun = self.nbf.is_none_or(|begins| begins <= now + LEEWAY);
        self.iss == issuer
            && audience.is_none_or(|wanted| self.aud.has(wanted))
            && begun
            && now - LEEWAY < self.exp
    }

    /// Whose wallet; `None` for an empty name.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        match &self.sub {
            Id::Text(text) => (!text.is_empty()).then(|| text.clone()),
            Id::Number(number) => Some(number.to_string()),
        }
    }

    /// Whether the token is good for this.
    #[must_use]
    pub fn allow(&self, scope: &str) -> bool {
        let spaced = self.scope.as_deref().unwrap_or("");
        spaced.split(' ').any(|word| word == scope) || self.scopes.iter().any(|word| word == scope)
    }
}
