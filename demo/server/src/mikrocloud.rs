//! Tokens for the MikroCloud panel: what a vendor's own sign-in would give its visitors.
//!
//! Called by the sign-in route. The wallet server knows the same secret, and believes nothing else. It must never sign
//! what a visitor wrote, but for the account's name, which is a plain word.

use core::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use booking_page::mikrocloud::{AccountName, Role};
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::Sha256;

use crate::error::SiteError;

/// Who signs, as the wallet server's configuration has it.
pub const ISSUER: &str = "https://login.mikrocloud.demo";

/// The name of the one key.
pub const KEY_ID: &str = "demo";

/// The shared secret. Its `Debug` is `***`.
#[derive(Clone)]
pub struct Signer(Vec<u8>);

impl core::fmt::Debug for Signer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for Signer {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = STANDARD.decode(text).map_err(|_| "give base64")?;
        if bytes.len() < 32 {
            return Err("give 32 random bytes or more, in base64");
        }
        Ok(Self(bytes))
    }
}

impl Signer {
    /// A token for this role at this account, good from `now` (Unix seconds) on.
    ///
    /// # Errors
    /// When it cannot be signed, which a key of any length can.
    pub fn token(&self, account: &AccountName, role: Role, now: i64) -> Result<String, SiteError> {
        let head = json!({"alg": "HS256", "typ": "JWT", "kid": KEY_ID});
        let claims = json!({
            "iss": ISSUER, "sub": account.as_str(), "iat": now,
            "exp": now.saturating_add(i64::from(role.seconds())),
            "scope": role.scope(), "timezone": "Europe/Lisbon",
        });
        let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(&head), part(&claims));
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .map_err(|error| SiteError::Broken(error.to_string()))?;
        mac.update(text.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        Ok(format!("{text}.{signature}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_says_who_may_what_until_when() {
        let signer: Signer = STANDARD.encode([7; 32]).parse().unwrap();
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
        assert!("c2hvcnQ=".parse::<Signer>().is_err());
    }
}
