//! Whose cards are spoken of: a person reads of their own, a clerk at a till of a customer's.
//!
//! Used by the wallet on screen. A sentence that is the same for both is written once, in the locale's own file.

use super::{Locale, WalletWord, customer};

/// Whose cards a wallet shows, as its reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Whose {
    /// The reader's own: "Your cards".
    #[default]
    Own,
    /// A customer's, shown to whoever serves them: "Customer’s cards".
    Customer,
}

/// A language, and whose cards are spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Voice {
    /// The language.
    pub locale: Locale,
    /// Whose cards.
    pub whose: Whose,
}

impl Voice {
    /// What is said about the wallet.
    #[must_use]
    pub fn wallet(self, word: WalletWord) -> &'static str {
        match self.whose {
            Whose::Own => self.locale.wallet(word),
            Whose::Customer => {
                customer::wallet(self.locale, word).unwrap_or_else(|| self.locale.wallet(word))
            }
        }
    }
}

impl From<Locale> for Voice {
    /// Of the reader's own cards.
    fn from(locale: Locale) -> Self {
        Self {
            locale,
            whose: Whose::Own,
        }
    }
}
