//! Renders the error of a card that was not saved, in the vendor's format `errors{field:[…]}`.
//!
//! It must never show a decline in more detail than these sentences do.

use std::borrow::Cow;

use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::dialect::fields::FieldErrors;

use crate::wallet::VaultCardError;

/// The field, and the text that follows its name.
fn field_and_text(error: &VaultCardError) -> (&'static str, Cow<'static, str>) {
    const CARD: &str = "credit_card";
    let (field, text) = match error {
        VaultCardError::NotAccepted(sentence) => return (CARD, Cow::Owned(predicate(sentence))),
        VaultCardError::NonceUsed => (
            "nonce",
            "was used before or is over; please enter the card again",
        ),
        VaultCardError::Duplicate => (CARD, "is in this wallet already"),
        VaultCardError::Declined(reason) => match reason {
            DeclineReason::WrongNumber | DeclineReason::FixField => ("number", "is invalid"),
            DeclineReason::WrongCvc => ("verification_code", "doesn’t match; please check it"),
            DeclineReason::WrongPostalCode => {
                ("address_id", "has a postal code that doesn’t match")
            }
            DeclineReason::Expired => (CARD, "has expired; please use another one"),
            DeclineReason::InsufficientFunds => (
                CARD,
                "doesn’t have enough money on it; please use another one",
            ),
            DeclineReason::NotSupported => (
                CARD,
                "is of a kind that isn’t taken; please use another one",
            ),
            DeclineReason::LimitReached => (CARD, "has reached its limit; please use another one"),
            DeclineReason::TryAgain => (CARD, "couldn’t be checked by its bank; please try again"),
            DeclineReason::NotVerified => {
                (CARD, "couldn’t be verified by its bank; please try again")
            }
            DeclineReason::Declined
            | DeclineReason::IntentStateChanged
            | DeclineReason::Configuration => {
                (CARD, "was declined by its bank; please use another one")
            }
        },
    };
    (field, Cow::Borrowed(text))
}

/// Turns a sentence about the card into a text that follows the name of the field.
fn predicate(sentence: &str) -> String {
    let text = sentence.strip_prefix("This card ");
    text.map_or_else(|| format!("isn’t taken here. {sentence}"), str::to_owned)
}

/// The error as the vendor's list of errors by field.
pub(super) fn field_errors(error: VaultCardError) -> FieldErrors {
    let (field, text) = field_and_text(&error);
    let mut errors = FieldErrors::default();
    errors.add(field, text);
    errors
}
