//! What only an account of MikroCloud needs: the section `[accounts.mikrocloud]`, whose tokens it believes.

use std::path::PathBuf;

use serde::Deserialize;

use super::account::secret;
use super::{ConfigError, wrong};
use crate::jwt::{Algorithm, Key};
use crate::secret::Secret;

/// The section, as the file spells it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MikroCloudSettings {
    /// Who signs the tokens: their `iss`, to the letter.
    pub issuer: String,
    /// For whom they must be: their `aud`. None: it is not asked.
    pub audience: Option<String>,
    /// What they are verified with; several while one takes another's place.
    pub keys: Vec<KeySettings>,
}

/// A key, as the file spells it: an `[[accounts.mikrocloud.keys]]` table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeySettings {
    /// The tokens' `kid`; may be left out.
    pub id: Option<String>,
    /// `HS256`, `RS256`, `ES256` or `EdDSA`.
    pub algorithm: String,
    /// The shared secret in base64, for HS256; better named by `secret_env`.
    pub secret: Option<Secret>,
    /// The environment variable that holds it.
    pub secret_env: Option<String>,
    /// The public key in PEM, for the others.
    pub public_key: Option<String>,
    /// The file that holds it.
    pub public_key_file: Option<PathBuf>,
}

/// The section, checked.
#[derive(Debug, Clone)]
pub struct MikroCloud {
    /// Who signs the tokens.
    pub issuer: String,
    /// For whom they must be.
    pub audience: Option<String>,
    /// What they are verified with; never none.
    pub keys: Vec<Key>,
}

impl MikroCloud {
    pub(super) fn check(at: usize, given: Option<MikroCloudSettings>) -> Result<Self, ConfigError> {
        let name = |field: &str| format!("accounts[{at}].mikrocloud.{field}");
        let given = given.unwrap_or_default();
        if given.issuer.is_empty() {
            return Err(wrong(name("issuer"), "is missing; give the tokens' `iss`"));
        }
        if given.keys.is_empty() {
            let problem = "there is none; add an [[accounts.mikrocloud.keys]] table";
            return Err(wrong(name("keys"), problem));
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

    /// Whether a token could be taken for either's: then nobody knows whose wallet it opens.
    pub(super) fn is_mistaken_for(&self, other: &Self) -> bool {
        let clash = |mine: &Key| {
            let same = |theirs: &Key| {
                mine.id().is_none() || theirs.id().is_none() || mine.id() == theirs.id()
            };
            other.keys.iter().any(same)
        };
        self.issuer == other.issuer && self.keys.iter().any(clash)
    }
}

fn read_key(name: &str, given: KeySettings) -> Result<Key, ConfigError> {
    let of = |field: &str| format!("{name}.{field}");
    let Some(algorithm) = Algorithm::parse(&given.algorithm) else {
        let known: Vec<&str> = Algorithm::ALL.iter().map(|known| known.as_str()).collect();
        let problem = format!("give one of: {}", known.join(", "));
        return Err(wrong(of("algorithm"), problem));
    };
    let shared = secret(&of("secret"), given.secret, given.secret_env)?;
    let public = match (given.public_key, given.public_key_file) {
        (Some(_), Some(_)) => {
            let problem = "is set twice; keep it or its _file, not both";
            return Err(wrong(of("public_key"), problem));
        }
        (None, Some(file)) => Some(std::fs::read_to_string(&file).map_err(|error| {
            let problem = format!("{} cannot be read ({error})", file.display());
            wrong(of("public_key_file"), problem)
        })?),
        (given, None) => given,
    };
    let (field, made) = match (algorithm, shared, public) {
        (Algorithm::Hs256, Some(shared), None) => ("secret", Key::shared(given.id, &shared)),
        (Algorithm::Hs256, ..) => {
            let problem = "give HS256 a secret in base64, and no public key";
            return Err(wrong(of("secret"), problem));
        }
        (other, None, Some(pem)) => ("public_key", Key::public(given.id, other, &pem)),
        _ => {
            let problem = "give this algorithm a public key in PEM, and no secret";
            return Err(wrong(of("public_key"), problem));
        }
    };
    made.map_err(|error| wrong(of(field), error.to_string()))
}
