//! What the wallet's live regions say.
//!
//! Made by [`super::Screen::act`], worded when drawn.

use crate::sentence::Sentence;
use crate::wallet::Card;
use crate::words::{Locale, Voice, WalletWord, Word, fill};

/// A sentence to be worded in a voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A sentence of the wallet.
    Word(WalletWord),
    /// A sentence about one card.
    About(WalletWord, Box<Card>),
    /// A sentence of the entry.
    Entry(Word),
    /// The wallet server's own sentence for people.
    Sentence(Sentence),
}

/// A card by name: "Visa ending in 4242".
#[must_use]
pub fn name(card: &Card, voice: Voice) -> String {
    fill(
        voice.wallet(WalletWord::Ending),
        &[
            ("brand", card.brand.title()),
            ("last4", card.last4.as_str()),
        ],
    )
}

/// A sentence about a card.
#[must_use]
pub fn about(word: WalletWord, card: &Card, voice: Voice) -> String {
    fill(voice.wallet(word), &[("card", &name(card, voice))])
}

impl Said {
    /// The language it is in, where that is another than the voice's.
    #[must_use]
    pub fn foreign(&self, voice: Voice) -> Option<Locale> {
        match self {
            Self::Sentence(sentence) => sentence.foreign(voice.locale),
            _ => None,
        }
    }

    /// The words.
    #[must_use]
    pub fn text(&self, voice: Voice) -> String {
        match self {
            Self::Word(word) => voice.wallet(*word).to_owned(),
            Self::About(word, card) => about(*word, card, voice),
            Self::Entry(word) => voice.locale.word(*word).to_owned(),
            Self::Sentence(sentence) => sentence.as_str().to_owned(),
        }
    }
}
