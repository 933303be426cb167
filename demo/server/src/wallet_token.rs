//! The visitor's token from the `Authorization` header. It must never go anywhere but to the wallet server.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use crate::error::SiteError;

/// The wallet server's tokens have 43 characters.
const MAX_TOKEN_BYTES: usize = 512;

/// A token that is a valid header value. Only the wallet server can say whether it is valid.
#[derive(Clone)]
pub struct WalletToken(String);

impl WalletToken {
    /// Accepts visible ASCII without white space; MyTime's tokens have no scheme.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let visible = (1..=MAX_TOKEN_BYTES).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_graphic());
        visible.then(|| Self(text.to_owned()))
    }

    /// The token, for the header of a call to the wallet server.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for WalletToken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl<S: Sync> FromRequestParts<S> for WalletToken {
    type Rejection = SiteError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, SiteError> {
        let value = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        value
            .and_then(Self::parse)
            .ok_or(SiteError::Unauthenticated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_valid_header_values_are_tokens() {
        let long = "a".repeat(MAX_TOKEN_BYTES + 1);
        for text in ["", " ", "Bearer abc", "a\tb", "é", long.as_str()] {
            assert!(WalletToken::parse(text).is_none(), "{text}");
        }
        assert_eq!(
            format!("{:?}", WalletToken::parse("zizwspX5").unwrap()),
            "***"
        );
    }
}
