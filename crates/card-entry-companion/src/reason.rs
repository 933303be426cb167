//! Why a card is not saved, or not yet: one value for the frame's `not_saved`, the page's event and the words.
//!
//! Called by [`crate::attempt`]; worded by [`crate::entry`]. It must never carry a server's raw text.

use crate::sentence::Sentence;
use crate::wallet::WalletError;
use crate::words::{Locale, Word, fill};

/// Why, by what the person can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Not yet: the person has to sign in again, then the save goes on.
    SignIn,
    /// Not yet: the outcome is being looked up.
    Checking,
    /// Not yet: the wallet asked for a pause of so many seconds, then the save goes on.
    Wait(u32),
    /// No, for good.
    Refused(Option<Sentence>),
    /// No: the bank wants to verify the card first.
    Challenge(Option<Sentence>),
    /// No: too much at once.
    TryLater,
    /// It could not be found out.
    Unclear,
    /// No intent could be made.
    NotReady,
}

impl Reason {
    /// The stable code in messages and events.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Checking => "checking",
            Self::Wait(_) => "waiting",
            Self::Refused(_) => "refused",
            Self::Challenge(_) => "not_verified",
            Self::TryLater => "try_later",
            Self::Unclear => "unclear",
            Self::NotReady => "not_ready",
        }
    }

    /// Whether the person can press Save again.
    #[must_use]
    pub fn retryable(&self) -> bool {
        !matches!(self, Self::SignIn | Self::Checking | Self::Wait(_))
    }

    /// Whether a later save of the same payment method may be the same save, so that it must use the same key.
    #[must_use]
    pub fn keeps_key(&self) -> bool {
        !matches!(self, Self::Refused(_) | Self::Challenge(_))
    }

    /// The sentence for the person.
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> String {
        match self {
            Self::Refused(Some(sentence)) | Self::Challenge(Some(sentence)) => {
                sentence.as_str().to_owned()
            }
            Self::Wait(seconds) => fill(
                locale.word(Word::Wait),
                &[("seconds", &seconds.to_string())],
            ),
            Self::SignIn => locale.word(Word::SignIn).to_owned(),
            Self::Checking => locale.word(Word::Checking).to_owned(),
            Self::Refused(None) => locale.word(Word::Refused).to_owned(),
            Self::Challenge(None) => locale.word(Word::Verify).to_owned(),
            Self::TryLater => locale.word(Word::TryLater).to_owned(),
            Self::Unclear => locale.word(Word::Unclear).to_owned(),
            Self::NotReady => locale.word(Word::NotReady).to_owned(),
        }
    }
}

impl From<WalletError> for Reason {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::SignIn => Self::SignIn,
            WalletError::Refused(sentence) => Self::Refused(sentence),
            WalletError::Challenge(sentence) => Self::Challenge(sentence),
            WalletError::TryLater(_) => Self::TryLater,
            WalletError::Unclear | WalletError::Wait(_) => Self::Unclear,
            WalletError::NotFound => Self::Refused(None),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_the_dialect_is_said_and_nothing_else_of_the_server() {
        let held = Sentence::parse("Held until 3 March.");
        assert_eq!(
            Reason::from(WalletError::Refused(held)).sentence(Locale::Fr),
            "Held until 3 March."
        );
        assert_eq!(
            Reason::Wait(7).sentence(Locale::En),
            "One moment. We’ll try again in 7 seconds."
        );
    }

    #[test]
    fn what_goes_on_by_itself_offers_no_second_save() {
        for reason in [Reason::SignIn, Reason::Checking, Reason::Wait(1)] {
            assert!(!reason.retryable() && reason.keeps_key(), "{reason:?}");
        }
    }
}
