//! Why a card is not saved, or not yet: one value for the message `not_saved`, the event of the page and the text.
//!
//! Made by [`crate::attempt`], sent by [`crate::entry`]. It must never contain a server's raw text.

use crate::display_message::DisplayMessage;
use crate::i18n::{EntryMessageKey, Locale, fill_placeholders};
use crate::wallet::WalletError;

/// The reason. Variants are named after the stable codes, see [`Self::as_str`].
///
/// ```
/// use card_entry_companion::i18n::Locale;
/// use card_entry_companion::not_saved::NotSavedReason;
///
/// let reason = NotSavedReason::Waiting(7);
/// assert_eq!(reason.as_str(), "waiting");
/// assert!(!reason.is_retryable()); // the save continues by itself
/// assert_eq!(reason.text(Locale::En), "One moment. We’ll try again in 7 seconds.");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSavedReason {
    /// Not yet: the save continues after the person has signed in.
    SignIn,
    /// Not yet: the result is unknown, and the wallet is being read.
    Checking,
    /// Not yet: the save is repeated after this many seconds.
    Waiting(u32),
    /// The wallet refused the card, with its message if it is fit to be shown.
    Refused(Option<DisplayMessage>),
    /// The bank has to verify the card first; nothing was saved.
    NotVerified(Option<DisplayMessage>),
    /// The wallet still answered 429 after the allowed number of waits.
    TryLater,
    /// It could not be found out whether the card was saved.
    Unclear,
    /// The wallet could not create an intent.
    NotReady,
}

impl NotSavedReason {
    /// The stable code in messages and events: `sign_in`, `checking`, `waiting`, `refused`, `not_verified`,
    /// `try_later`, `unclear` or `not_ready`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Checking => "checking",
            Self::Waiting(_) => "waiting",
            Self::Refused(_) => "refused",
            Self::NotVerified(_) => "not_verified",
            Self::TryLater => "try_later",
            Self::Unclear => "unclear",
            Self::NotReady => "not_ready",
        }
    }

    /// Whether the person can press Save again. `false`: the save continues by itself.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        !matches!(self, Self::SignIn | Self::Checking | Self::Waiting(_))
    }

    /// Whether a later save of the same payment method may be the same save. If so, it must use the same key.
    #[must_use]
    pub fn keeps_idempotency_key(&self) -> bool {
        !matches!(self, Self::Refused(_) | Self::NotVerified(_))
    }

    /// The text for the person.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        match self {
            Self::Refused(Some(message)) | Self::NotVerified(Some(message)) => {
                message.as_str().to_owned()
            }
            Self::Waiting(seconds) => fill_placeholders(
                locale.entry_text(EntryMessageKey::Wait),
                &[("seconds", &seconds.to_string())],
            ),
            Self::SignIn => locale.entry_text(EntryMessageKey::SignIn).to_owned(),
            Self::Checking => locale.entry_text(EntryMessageKey::Checking).to_owned(),
            Self::Refused(None) => locale.entry_text(EntryMessageKey::Refused).to_owned(),
            Self::NotVerified(None) => locale.entry_text(EntryMessageKey::Verify).to_owned(),
            Self::TryLater => locale.entry_text(EntryMessageKey::TryLater).to_owned(),
            Self::Unclear => locale.entry_text(EntryMessageKey::Unclear).to_owned(),
            Self::NotReady => locale.entry_text(EntryMessageKey::NotReady).to_owned(),
        }
    }
}

impl From<WalletError> for NotSavedReason {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::SignInRequired => Self::SignIn,
            WalletError::Refused(message) => Self::Refused(message),
            WalletError::NotVerified(message) => Self::NotVerified(message),
            WalletError::RateLimited(_) => Self::TryLater,
            WalletError::Indeterminate | WalletError::RetryAfter(_) => Self::Unclear,
            WalletError::NotFound => Self::Refused(None),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_the_wallet_is_shown_and_else_our_text() {
        let held = DisplayMessage::parse("Held until 3 March.");
        assert_eq!(
            NotSavedReason::from(WalletError::Refused(held)).text(Locale::Fr),
            "Held until 3 March."
        );
        assert_eq!(
            NotSavedReason::Waiting(7).text(Locale::En),
            "One moment. We’ll try again in 7 seconds."
        );
    }

    #[test]
    fn a_save_that_goes_on_by_itself_is_not_retryable() {
        for reason in [
            NotSavedReason::SignIn,
            NotSavedReason::Checking,
            NotSavedReason::Waiting(1),
        ] {
            assert!(
                !reason.is_retryable() && reason.keeps_idempotency_key(),
                "{reason:?}"
            );
        }
    }
}
