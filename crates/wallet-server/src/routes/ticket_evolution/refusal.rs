//! What the vendor's `errors{field:[…]}` say of a card that is not kept.

use std::borrow::Cow;

use card_entry_protocol::decline::DeclineReason;
use card_entry_protocol::dialect::fields::FieldErrors;

use crate::wallet::Why;

/// The field that is named, and what is said after its name.
fn words(why: &Why) -> (&'static str, Cow<'static, str>) {
    const CARD: &str = "credit_card";
    let (field, said) = match why {
        Why::NotTaken(words) => return (CARD, Cow::Owned(predicate(words))),
        Why::Spent => (
            "nonce",
            "was used before or is over; please enter the card again",
        ),
        Why::Twice => (CARD, "is in this wallet already"),
        Why::Declined(refusal) => match refusal {
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
    (field, Cow::Borrowed(said))
}

/// A sentence about the card as what is said of it: the field's name stands before it.
fn predicate(sentence: &str) -> String {
    let said = sentence.strip_prefix("This card ");
    said.map_or_else(|| format!("isn’t taken here. {sentence}"), str::to_owned)
}

/// The same as the vendor writes it.
pub(super) fn errors(why: Why) -> FieldErrors {
    let (field, said) = words(&why);
    let mut errors = FieldErrors::default();
    errors.add(field, said);
    errors
}
