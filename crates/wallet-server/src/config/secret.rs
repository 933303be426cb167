//! A secret setting: its value stands in the file, or in the environment variable that the file names.
//!
//! Called by the checks of the sections. It must never put the value into an error.

use super::ConfigError;
use super::error::invalid;
use crate::secret::Secret;

/// How the keys of the gateways begin: Stripe's API keys and its signing secrets.
const GATEWAY_KEY_PREFIXES: [&str; 4] = ["sk_", "rk_", "pk_", "whsec_"];

/// The minimum length of a key that callers send or sign with. A shorter one can be guessed.
const MIN_SECRET_CHARS: usize = 16;

/// Whether a secret has 16 characters or more. It counts characters, because the documentation promises characters.
pub(super) fn is_long_enough(secret: &Secret) -> bool {
    secret.reveal().chars().count() >= MIN_SECRET_CHARS
}

/// Checks a key that callers send in a header. It must be visible ASCII, because another key could never match, and no
/// key of the gateway, because callers would then be able to use the account there.
pub(super) fn check_caller_key(setting: &str, secret: &Secret) -> Result<(), ConfigError> {
    if is_gateway_key(secret) {
        let problem = "is a key of the gateway, which callers must not have; make one of its own, 16 random letters and digits or more";
        return Err(invalid(setting, problem));
    }
    if is_long_enough(secret) && is_visible_ascii(secret) {
        return Ok(());
    }
    let problem = "is not safe; use 16 random letters and digits or more";
    Err(invalid(setting, problem))
}

/// Whether a secret is visible ASCII without spaces. A line end from a file or `…` from an example is neither.
pub(super) fn is_visible_ascii(secret: &Secret) -> bool {
    secret.reveal().bytes().all(|b| b.is_ascii_graphic())
}

/// Whether a secret begins like a key of the gateway.
pub(super) fn is_gateway_key(secret: &Secret) -> bool {
    let begins = |prefix: &&str| secret.reveal().starts_with(*prefix);
    GATEWAY_KEY_PREFIXES.iter().any(begins)
}

/// Reads a secret from `setting` or from the variable that `setting` + `_env` names. `None`: neither is set.
pub(super) fn read_secret(
    setting: &str,
    given: Option<Secret>,
    variable: Option<String>,
) -> Result<Option<Secret>, ConfigError> {
    match (given, variable) {
        (Some(_), Some(_)) => Err(invalid(
            setting,
            "is set twice; keep it or its _env, not both",
        )),
        (None, Some(variable)) => std::env::var(&variable)
            .ok()
            .filter(|value| !value.trim().is_empty())
            .map(|value| Some(Secret::new(value)))
            .ok_or_else(|| {
                invalid(
                    format!("{setting}_env"),
                    format!("the environment has no {variable}, or it is empty; set it"),
                )
            }),
        (given, None) => Ok(given),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use card_entry_protocol::money::Currency;

    use super::*;
    use crate::config::{
        BokaMeraConfig, BokaMeraSettings, QuiltConfig, QuiltSettings, TicketEvolutionConfig,
        TicketEvolutionSettings, webhooks,
    };

    /// The setting that is refused when a secret is `text`, for each setting of a secret.
    fn refused(text: &str) -> Vec<String> {
        let secret = || Some(Secret::new(text.to_owned()));
        let name = |field: &str| field.to_owned();
        let webhooks = webhooks::check(name, secret().into_iter().collect(), None).map(|_| ());
        let quilt = QuiltSettings {
            external_account_id: "roasters".to_owned(),
            key: secret(),
            ..QuiltSettings::default()
        };
        let tickets = TicketEvolutionSettings {
            token: "token".to_owned(),
            secret: secret(),
            ..TicketEvolutionSettings::default()
        };
        let salon = BokaMeraSettings {
            company: "dea5b9b5-9b5c-4d5e-8b5a-0123456789ab".to_owned(),
            api_key: secret(),
            ..BokaMeraSettings::default()
        };
        let usd = Currency::parse("usd").unwrap();
        let checked = [
            webhooks,
            QuiltConfig::check(0, Some(quilt)).map(|_| ()),
            TicketEvolutionConfig::check(0, Some(tickets)).map(|_| ()),
            BokaMeraConfig::check(0, Some(salon), &usd).map(|_| ()),
        ];
        let errors = checked.into_iter().filter_map(Result::err);
        let fields = errors.map(|error| error.setting.rsplit('.').next().map(str::to_owned));
        fields.map(Option::unwrap).collect()
    }

    #[test]
    fn every_secret_needs_16_characters_whatever_their_bytes() {
        let all = ["webhook_secrets", "key", "secret", "api_key"];
        assert_eq!(refused("0123456789abcde"), all);
        assert_eq!(refused(&"ß".repeat(15)), all);
        // Keys in headers are ASCII. The section of BokaMera here has no articles.
        assert_eq!(refused(&"ß".repeat(16)), ["key", "api_key"]);
        assert_eq!(refused("0123456789abcdef"), ["articles"]);
    }
}
