//! The texts of the wallet's live regions.
//!
//! Made by [`super::WalletViewModel::handle`]; the text is chosen when it is drawn.

use crate::display_message::DisplayMessage;
use crate::i18n::{EntryMessageKey, Locale, Messages, WalletMessageKey, fill_placeholders};
use crate::wallet::Card;

/// An announcement, independent of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Announcement {
    /// A text of the wallet.
    Wallet(WalletMessageKey),
    /// A text about one card.
    AboutCard(WalletMessageKey, Box<Card>),
    /// A text of the card form.
    Entry(EntryMessageKey),
    /// The message that the wallet server sent.
    Server(DisplayMessage),
}

/// The name of a card, such as "Visa ending in 4242".
#[must_use]
pub fn name(card: &Card, messages: Messages) -> String {
    fill_placeholders(
        messages.text(WalletMessageKey::Ending),
        &[
            ("brand", card.brand.title()),
            ("last4", card.last4.as_str()),
        ],
    )
}

/// A text about a card, with its name in the placeholder `{card}`.
#[must_use]
pub fn about(key: WalletMessageKey, card: &Card, messages: Messages) -> String {
    fill_placeholders(messages.text(key), &[("card", &name(card, messages))])
}

impl Announcement {
    /// The language of the text if it is not that of the page.
    #[must_use]
    pub fn other_language(&self, messages: Messages) -> Option<Locale> {
        match self {
            Self::Server(message) => message.other_language(messages.locale),
            _ => None,
        }
    }

    /// The text to show.
    #[must_use]
    pub fn text(&self, messages: Messages) -> String {
        match self {
            Self::Wallet(key) => messages.text(*key).to_owned(),
            Self::AboutCard(key, card) => about(*key, card, messages),
            Self::Entry(key) => messages.locale.entry_text(*key).to_owned(),
            Self::Server(message) => message.as_str().to_owned(),
        }
    }
}
