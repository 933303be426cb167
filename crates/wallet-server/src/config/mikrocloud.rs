//! The section `[accounts.mikrocloud]`: the issuer, the audience and the keys of the tokens that the account accepts.
//!
//! Used by MikroCloud's routes. It must never accept two accounts for which one token could be valid.

use std::path::PathBuf;

use serde::Deserialize;

use super::ConfigError;
use super::error::invalid;
use super::secret::read_secret;
use crate::jwt::{Algorithm, VerificationKey};
use crate::secret::Secret;

/// The raw section `[accounts.mikrocloud]`, as the TOML file has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MikroCloudSettings {
    /// The exact `iss` of the tokens.
    pub issuer: String,
    /// The `aud` that the tokens must have. `None` means that it is not checked.
    pub audience: Option<String>,
    /// The keys that verify the tokens; several while a key is being rolled.
    pub keys: Vec<KeySettings>,
}

/// One raw key: an `[[accounts.mikrocloud.keys]]` table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeySettings {
    /// The `kid` of the tokens; optional.
    pub id: Option<String>,
    /// `HS256`, `RS256`, `ES256` or `EdDSA`.
    pub algorithm: String,
    /// The shared secret of HS256, in base64. `secret_env` is the safer way.
    pub secret: Option<Secret>,
    /// The environment variable that holds the shared secret.
    pub secret_env: Option<String>,
    /// The public key of the other algorithms, in PEM.
    pub public_key: Option<String>,
    /// The file that holds the public key.
    pub public_key_file: Option<PathBuf>,
}

/// The checked form of the section `[accounts.mikrocloud]`.
#[derive(Debug, Clone)]
pub struct MikroCloudConfig {
    /// The exact `iss` of the tokens.
    pub issuer: String,
    /// The `aud` that the tokens must have, if it is checked.
    pub audience: Option<String>,
    /// The keys that verify the tokens; there is at least one.
    pub keys: Vec<VerificationKey>,
}

impl MikroCloudConfig {
    pub(super) fn check(at: usize, given: Option<MikroCloudSettings>) -> Result<Self, ConfigError> {
        let name = |field: &str| format!("accounts[{at}].mikrocloud.{field}");
        let given = given.unwrap_or_default();
        if given.issuer.is_empty() {
            return Err(invalid(
                name("issuer"),
                "is missing; give the tokens' `iss`",
            ));
        }
        if given.keys.is_empty() {
            let problem = "there is none; add an [[accounts.mikrocloud.keys]] table";
            return Err(invalid(name("keys"), problem));
        }
        let keys = given.keys.into_iter().enumerate();
        let keys = keys
            .map(|(number, key)| read_key(&name(&format!("keys[{number}]")), key))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            issuer: given.issuer,
            audience: given.audience,
            keys,
        })
    }

    /// Whether one token could be valid for both accounts, so that the wallet would not be known.
    pub(super) fn is_ambiguous_with(&self, other: &Self) -> bool {
        let clash = |mine: &VerificationKey| {
            let same = |theirs: &VerificationKey| {
                mine.id().is_none() || theirs.id().is_none() || mine.id() == theirs.id()
            };
            other.keys.iter().any(same)
        };
        self.issuer == other.issuer && self.keys.iter().any(clash)
    }
}

fn read_key(name: &str, given: KeySettings) -> Result<VerificationKey, ConfigError> {
    let of = |field: &str| format!("{name}.{field}");
    let Some(algorithm) = Algorithm::parse(&given.algorithm) else {
        let known: Vec<&str> = Algorithm::ALL.iter().map(|known| known.as_str()).collect();
        let problem = format!("give one of: {}", known.join(", "));
        return Err(invalid(of("algorithm"), problem));
    };
    let shared = read_secret(&of("secret"), given.secret, given.secret_env)?;
    let public = match (given.public_key, given.public_key_file) {
        (Some(_), Some(_)) => {
            let problem = "is set twice; keep it or its _file, not both";
            return Err(invalid(of("public_key"), problem));
        }
        (None, Some(file)) => Some(std::fs::read_to_string(&file).map_err(|error| {
            let problem = format!("{} cannot be read ({error})", file.display());
            invalid(of("public_key_file"), problem)
        })?),
        (given, None) => given,
    };
    let (field, made) = match (algorithm, shared, public) {
        (Algorithm::Hs256, Some(shared), None) => {
            ("secret", VerificationKey::shared(given.id, &shared))
        }
        (Algorithm::Hs256, ..) => {
            let problem = "give HS256 a secret in base64, and no public key";
            return Err(invalid(of("secret"), problem));
        }
        (other, None, Some(pem)) => ("public_key", VerificationKey::public(given.id, other, &pem)),
        _ => {
            let problem = "give this algorithm a public key in PEM, and no secret";
            return Err(invalid(of("public_key"), problem));
        }
    };
    made.map_err(|error| invalid(of(field), error.to_string()))
}
