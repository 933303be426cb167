//! The visitor's token, taken from the `authorization` header and forwarded to the wallet, nowhere else.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use crate::error::SiteError;

/// The longest token passed on; the wallet's own have 43 characters.
const LONGEST: usize = 512;

/// A token of the form a header can carry; only the wallet knows whether it is good.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// Takes visible ASCII, without white space; MyTime's tokens have no scheme.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let visible =
            (1..=LONGEST).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        visible.then(|| Self(text.to_owned()))
    }

    /// The token itself, for the wallet's header.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for Token {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

impl<S: Sync> FromRequestParts<S> for Token {
    type Rejection = SiteError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, SiteError> {
        let value = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        value.and_then(Self::parse).ok_or(SiteError::SignIn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_fits_a_header_as_it_is() {
        let long = "a".repeat(LONGEST + 1);
        for text in ["", " ", "Bearer abc", "a\tb", "é", long.as_str()] {
            assert!(Token::parse(text).is_none(), "{text}");
        }
        assert_eq!(format!("{:?}", Token::parse("zizwspX5").unwrap()), "***");
    }
}
