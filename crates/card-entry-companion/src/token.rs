//! The token of a person's session.
//!
//! Held by the adapters, in memory only. It must never reach a URL, an attribute, the DOM or a log line.

/// A session's token, fit for a header.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Visible ASCII, 1 to 4096 characters: what a header may hold without being split.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fit = (1..=4096).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fit.then(|| Self(text.to_owned()))
    }

    /// The token, for the header only.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for Token {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_a_header_and_never_prints_itself() {
        let token = Token::parse("zizwspX5X1Nby4bTp7kC").unwrap();
        assert_eq!(format!("{token:?}"), "***");
        for text in ["", "a b", "a\r\nx: y", "é", &"a".repeat(4097)] {
            assert_eq!(Token::parse(text), None);
        }
    }
}
