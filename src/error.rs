//! The errors of a save: the text that the person reads, and the report to the parent.
//!
//! Made by the save, stored in the phase, shown by the page. It must never show a server's raw text, nor a reason that
//! would help a thief.

use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::message::AttemptError;

use crate::locale::{Locale, MessageKey};
use crate::stripe::StripeError;

#[derive(Debug, Clone, PartialEq)]
pub enum SaveError {
    /// Stripe or the bank declined.
    Stripe(StripeError),
    /// The provider did not answer, and nothing had been confirmed.
    NoAnswer,
    /// The parent did not answer the request for an intent.
    NoIntent,
    /// The parent could not make an intent; it gives a text of its own.
    IntentRefused(AttemptError),
    /// The site does not accept this brand.
    BrandNotTaken,
    /// The site does not accept this funding.
    FundingNotTaken,
    /// The payment method is not a card.
    NotACard,
    /// Too little of the form is visible for the person to know what they save.
    Unseen,
    /// The parent sent an intent that this form cannot confirm.
    WrongIntent,
    /// The intent was used elsewhere; the next attempt gets a new one.
    StaleIntent,
    /// The parent's wallet did not save the card.
    Wallet {
        code: String,
        /// A text for the person; may be empty.
        message: String,
        /// Whether the person can try again in the form.
        retryable: bool,
    },
}

/// A longer text of a parent is not shown.
const MAX_PARENT_TEXT_CHARS: usize = 300;

/// A parent's text, trimmed; `None` when it is empty or too long.
#[must_use]
pub fn parent_text(message: &str) -> Option<&str> {
    let message = message.trim();
    (1..=MAX_PARENT_TEXT_CHARS)
        .contains(&message.chars().count())
        .then_some(message)
}

impl SaveError {
    /// The text that the person reads.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        let key = match self {
            Self::Stripe(error) if error.is_network() => MessageKey::NoAnswer,
            Self::Stripe(error) => {
                return locale.text_for_decline(error.decline_reason()).to_owned();
            }
            Self::NoAnswer => MessageKey::NoAnswer,
            Self::NoIntent => MessageKey::NoIntent,
            Self::StaleIntent => MessageKey::NotSaved,
            Self::BrandNotTaken => MessageKey::BrandNotTaken,
            Self::FundingNotTaken => MessageKey::FundingNotTaken,
            Self::NotACard => MessageKey::NotACard,
            Self::Unseen => MessageKey::Unseen,
            Self::WrongIntent => {
                return locale
                    .text_for_decline(DeclineReason::Configuration)
                    .to_owned();
            }
            Self::IntentRefused(AttemptError { message, .. }) => match parent_text(message) {
                Some(message) => return message.to_owned(),
                None => MessageKey::NoIntent,
            },
            Self::Wallet { message, .. } => match parent_text(message) {
                Some(message) => return message.to_owned(),
                None => MessageKey::NotSaved,
            },
        };
        locale.text_for(key).to_owned()
    }

    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Stripe(error) if error.is_network() => "no_answer",
            Self::Stripe(error) => error.code(),
            Self::NoAnswer => "no_answer",
            Self::NoIntent => "no_intent",
            Self::IntentRefused(error) => &error.code,
            Self::BrandNotTaken => "brand_not_taken",
            Self::FundingNotTaken => "funding_not_taken",
            Self::NotACard => "not_a_card",
            Self::Unseen => "unseen",
            Self::WrongIntent => "wrong_intent",
            Self::StaleIntent => "stale_intent",
            Self::Wallet { code, .. } => code,
        }
    }

    /// Whether the same card can be tried again.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Stripe(error) => {
                error.is_network() || error.decline_reason().can_retry_same_card()
            }
            Self::NoAnswer | Self::NoIntent | Self::IntentRefused(_) | Self::StaleIntent => true,
            Self::Wallet { retryable, .. } => *retryable,
            _ => false,
        }
    }

    /// The report to the parent: the code, and the text that the person reads.
    #[must_use]
    pub fn report(&self, locale: Locale) -> AttemptError {
        let (kind, decline_code, param) = match self {
            Self::Stripe(error) => (error.kind(), error.public_decline_code(), error.param()),
            Self::IntentRefused(error) => (error.kind.as_str(), None, None),
            Self::NoAnswer => ("api_connection_error", None, None),
            _ => ("card_entry_error", None, None),
        };
        AttemptError {
            kind: kind.to_owned(),
            code: self.code().to_owned(),
            message: self.text(locale),
            decline_code: decline_code.map(str::to_owned),
            param: param.map(str::to_owned),
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn declined(decline_code: &str) -> SaveError {
        SaveError::Stripe(StripeError::new("card_error", "card_declined").declined(decline_code))
    }

    #[test]
    fn lost_stolen_and_generic_declines_are_reported_alike() {
        for locale in Locale::ALL {
            let generic = declined("generic_decline").report(locale);
            for code in [
                "lost_card",
                "stolen_card",
                "fraudulent",
                "merchant_blacklist",
            ] {
                assert_eq!(declined(code).report(locale), generic, "{code}");
            }
        }
        let report = declined("insufficient_funds").report(Locale::En);
        assert_eq!(report.decline_code.as_deref(), Some("insufficient_funds"));
    }

    #[test]
    fn a_parent_s_text_is_shown_unless_it_is_empty_or_too_long() {
        let wallet = |message: &str| SaveError::Wallet {
            code: "full".into(),
            message: message.into(),
            retryable: false,
        };
        assert_eq!(
            wallet("Your wallet is full.").text(Locale::Fr),
            "Your wallet is full."
        );
        let own = Locale::Fr.text_for(MessageKey::NotSaved);
        assert_eq!(wallet("").text(Locale::Fr), own);
        assert_eq!(wallet(&"x".repeat(5000)).text(Locale::Fr), own);
    }

    proptest! {
        #[test]
        fn stripe_s_text_is_never_shown(kind in "[a-z_]{0,20}", code in "[a-z_]{0,30}", raw in "[A-Z]{12,40}") {
            let error = StripeError::new(&kind, &code).declined(&raw);
            prop_assert!(!SaveError::Stripe(error).text(Locale::En).contains(&raw));
        }
    }
}
