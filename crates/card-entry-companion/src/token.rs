//! The token of a person's session with the wallet API.
//!
//! Held by the adapters, in memory only. It must never reach a URL, an attribute, the DOM or a log line.

/// The token of a session, valid as a header value. Its `Debug` output is `***`.
///
/// ```
/// use card_entry_companion::token::WalletToken;
///
/// let token = WalletToken::parse("zizwspX5X1Nby4bTp7kC").unwrap();
/// assert_eq!(format!("{token:?}"), "***");
/// assert_eq!(WalletToken::parse("two words"), None);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct WalletToken(String);

impl WalletToken {
    /// Accepts 1 to 4096 visible ASCII characters: a header value that cannot be split.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fit = (1..=4096).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        fit.then(|| Self(text.to_owned()))
    }

    /// The token itself, for the header only.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for WalletToken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("***")
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_a_header_and_never_prints_itself() {
        let token = WalletToken::parse("zizwspX5X1Nby4bTp7kC").unwrap();
        assert_eq!(format!("{token:?}"), "***");
        for text in ["", "a b", "a\r\nx: y", "é", &"a".repeat(4097)] {
            assert_eq!(WalletToken::parse(text), None);
        }
    }
}
