//! Selects the texts of the wallet by language and audience: the cardholder, or staff who serves a customer.
//!
//! Used by the wallet on screen. A text that is the same for both is written once, in the file of the locale.

use super::{Locale, WalletMessageKey, staff};

/// Who reads the wallet: selects "your" or "customer’s".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// The person who owns the cards: "Your cards".
    #[default]
    Cardholder,
    /// Staff who serves the cardholder: "Customer’s cards".
    Staff,
}

/// The texts of the wallet in one language for one audience.
///
/// ```
/// use card_entry_companion::i18n::{Audience, Locale, Messages, WalletMessageKey};
///
/// let messages = Messages { locale: Locale::En, audience: Audience::Staff };
/// assert_eq!(messages.text(WalletMessageKey::Cards), "Customer’s cards");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Messages {
    /// The language of the texts.
    pub locale: Locale,
    /// Who reads the texts.
    pub audience: Audience,
}

impl Messages {
    /// The text for a key.
    #[must_use]
    pub fn text(self, key: WalletMessageKey) -> &'static str {
        match self.audience {
            Audience::Cardholder => self.locale.wallet_text(key),
            Audience::Staff => {
                staff::wallet_text(self.locale, key).unwrap_or_else(|| self.locale.wallet_text(key))
            }
        }
    }
}

impl From<Locale> for Messages {
    /// The texts for the cardholder.
    fn from(locale: Locale) -> Self {
        Self {
            locale,
            audience: Audience::Cardholder,
        }
    }
}
