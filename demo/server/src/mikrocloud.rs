//! Signs the JWTs of the MikroCloud panel, in place of the vendor's own sign-in.
//!
//! Called by the sign-in route. The wallet server has the same secret and accepts no other tokens. It must never sign text of a
//! visitor, except for the account name, which is restricted to letters, digits and hyphens.

use core::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use booking_page::mikrocloud::{AccountName, Role};
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::Sha256;

use crate::error::SiteError;

/// UserResponse signs, as the wallet server's configuration has it.
pub const ISSUER: &str = "https://login.mikrocloud.demo";

/// `kid`, as in the wallet server's configuration.
pub const KEY_ID: &str = "demo";

/// The HS256 secret. `Debug` prints `***`.
#[derive(Clone)]
pub struct TokenSigner(Vec<u8>);

impl core::fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for TokenSigner {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = STANDARD.decode(text).map_err(|_| "give base64")?;
        if bytes.len() < 32 {
            return Err("give 32 random bytes or more, in base64");
        }
        Ok(Self(bytes))
    }
}

impl TokenSigner {
    /// A token for this role at this account, valid from `now` (Unix seconds) on.
    ///
    /// # Errors
    /// Never in practice: HMAC takes a key of any length.
    pub fn token(&self, account: &AccountName, role: Role, now: i64) -> Result<String, SiteError> {
        let header = json!({"alg": "HS256", "typ": "JWT", "kid": KEY_ID});
        let claims = json!({
            "iss": ISSUER, "sub": account.as_str(), "iat": now,
            "exp": now.saturating_add(i64::from(role.token_lifetime_seconds())),
            "scope": role.scope(), "timezone": "Europe/Lisbon",
        });
        let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(&header), part(&claims));
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .map_err(|error| SiteError::Internal(error.to_string()))?;
        mac.update(text.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        Ok(format!("{text}.{signature}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_holds_account_scope_and_expiry() {
        let signer: TokenSigner = STANDARD.encode([7; 32]).parse().unwrap();
        let account = AccountName::parse("harbour-networks").unwrap();
        let token = signer.token(&account, Role::Accountant, 1_000).unwrap();
        let claims = token.split('.').nth(1).unwrap();
        let claims = URL_SAFE_NO_PAD.decode(claims).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["sub"], "harbour-networks");
        assert_eq!(claims["scope"], "account:read");
        assert_eq!(claims["iss"], ISSUER);
        assert!(claims["exp"].as_i64().unwrap() > 1_000);
        assert_eq!(format!("{signer:?}"), "***");
        assert!("c2hvcnQ=".parse::<TokenSigner>().is_err());
    }
}
