//! Maps an error code or decline code of Stripe to what the person reads and can do.
//!
//! The frame calls it and shows its own sentence by locale; the wallet server uses [`DeclineReason::sentence`]. It must
//! never tell a thief the issuer's reason: lost, stolen, fraudulent and generic declines are one [`DeclineReason::Declined`].
//! Codes: <https://docs.stripe.com/error-codes>, <https://docs.stripe.com/declines/codes>.

/// Why a card was declined or could not be saved, one variant for each sentence that the person reads.
///
/// ```
/// use card_entry_protocol::decline::DeclineReason;
///
/// let reason = DeclineReason::from_codes(Some("card_declined"), Some("expired_card"));
/// assert_eq!(reason, DeclineReason::Expired);
/// assert!(!reason.can_retry_same_card());
///
/// // The person is not told that a card was reported as stolen.
/// let stolen = DeclineReason::from_codes(Some("card_declined"), Some("stolen_card"));
/// assert_eq!(stolen, DeclineReason::Declined);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeclineReason {
    /// A field is incomplete or invalid. The error beside the field says which.
    FixField,
    /// The card number does not belong to a card.
    WrongNumber,
    /// The security code (CVC) does not match the card.
    WrongCvc,
    /// The postal code does not match the card.
    WrongPostalCode,
    /// The card has expired and cannot be used again.
    Expired,
    /// The issuer declined the card, and no reason may be shown.
    Declined,
    /// The balance or credit of the card is too low.
    InsufficientFunds,
    /// The card does not support this kind of purchase, or the account does not accept this kind of card.
    NotSupported,
    /// The card has reached its limit of uses or of amount.
    LimitReached,
    /// A temporary failure. The same card may work a moment later.
    TryAgain,
    /// 3D Secure failed, or the person closed it. Both have the same sentence.
    NotVerified,
    /// The intent is in a state that the call did not expect. The card may be saved already, so read it again before
    /// showing an error.
    IntentStateChanged,
    /// The page or the account is configured wrongly. The person cannot resolve it.
    Configuration,
}

impl DeclineReason {
    /// Every reason, in the order of the enum.
    pub const ALL: [Self; 13] = [
        Self::FixField,
        Self::WrongNumber,
        Self::WrongCvc,
        Self::WrongPostalCode,
        Self::Expired,
        Self::Declined,
        Self::InsufficientFunds,
        Self::NotSupported,
        Self::LimitReached,
        Self::TryAgain,
        Self::NotVerified,
        Self::IntentStateChanged,
        Self::Configuration,
    ];

    /// Maps Stripe's `code` and `decline_code`. An unknown pair is [`Self::Declined`].
    #[must_use]
    pub fn from_codes(code: Option<&str>, decline_code: Option<&str>) -> Self {
        let (code, decline_code) = (code.unwrap_or(""), decline_code.unwrap_or(""));
        match code {
            "card_declined" => Self::from_error_code(decline_code),
            "invalid_card_type" => Self::NotSupported,
            // Stripe.js reports these for its own fields.
            code if code.starts_with("incomplete_") || code.starts_with("invalid_") => {
                Self::FixField
            }
            code => Self::from_error_code(code),
        }
    }

    /// Maps one error code or decline code. All codes that are not in this table are [`Self::Declined`] on purpose: the
    /// reason must not be shown for fraud and for lost, stolen and restricted cards, and for the others ("call_issuer",
    /// "do_not_honor", "revocation_of_authorization") only the bank knows more, as that sentence says.
    fn from_error_code(code: &str) -> Self {
        match code {
            "incorrect_number" | "invalid_number" => Self::WrongNumber,
            "incorrect_cvc" | "invalid_cvc" => Self::WrongCvc,
            "incorrect_zip" | "incorrect_postal_code" | "postal_code_invalid" => {
                Self::WrongPostalCode
            }
            "expired_card" | "expired_payment_method" => Self::Expired,
            "insufficient_funds" | "withdrawal_count_limit_exceeded" => Self::InsufficientFunds,
            "card_not_supported"
            | "currency_not_supported"
            | "invalid_card_type"
            | "service_not_allowed"
            | "transaction_not_allowed" => Self::NotSupported,
            "card_velocity_exceeded" | "card_decline_rate_limit_exceeded" | "pin_try_exceeded" => {
                Self::LimitReached
            }
            "processing_error"
            | "try_again_later"
            | "issuer_not_available"
            | "reenter_transaction"
            | "approve_with_id"
            | "lock_timeout"
            | "rate_limit" => Self::TryAgain,
            "authentication_required"
            | "authentication_failure"
            | "authentication_not_handled"
            | "mobile_device_authentication_required"
            | "incorrect_pin"
            | "invalid_pin"
            | "offline_pin_required"
            | "online_or_offline_pin_required"
            | "setup_intent_authentication_failure"
            | "payment_intent_authentication_failure" => Self::NotVerified,
            "setup_intent_unexpected_state" | "payment_intent_unexpected_state" => {
                Self::IntentStateChanged
            }
            "resource_missing"
            | "secret_key_required"
            | "api_key_expired"
            | "livemode_mismatch"
            | "parameter_unknown"
            | "parameter_missing"
            | "platform_api_key_expired"
            | "testmode_charges_only"
            | "payment_method_types_no_longer_supported" => Self::Configuration,
            _ => Self::Declined,
        }
    }

    /// A stable code for messages and logs, e.g. `expired_card`. Stripe's own code where it has one.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FixField => "fix_field",
            Self::WrongNumber => "incorrect_number",
            Self::WrongCvc => "incorrect_cvc",
            Self::WrongPostalCode => "incorrect_zip",
            Self::Expired => "expired_card",
            Self::Declined => "card_declined",
            Self::InsufficientFunds => "insufficient_funds",
            Self::NotSupported => "card_not_supported",
            Self::LimitReached => "card_velocity_exceeded",
            Self::TryAgain => "try_again_later",
            Self::NotVerified => "not_verified",
            Self::IntentStateChanged => "unexpected_state",
            Self::Configuration => "configuration",
        }
    }

    /// The English sentence for the person, at most 90 bytes.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::FixField => "Please check the marked field.",
            Self::WrongNumber => "The card number doesn’t match. Please check it and try again.",
            Self::WrongCvc => "The security code doesn’t match. Please check it and try again.",
            Self::WrongPostalCode => {
                "The postal code doesn’t match. Please check it and try again."
            }
            Self::Expired => "This card has expired. Please use another card.",
            Self::Declined => {
                "Your bank didn’t accept this card. Please use another card, or ask your bank."
            }
            Self::InsufficientFunds => {
                "This card doesn’t have enough funds. Please use another card."
            }
            Self::NotSupported => "This card can’t be used here. Please use another card.",
            Self::LimitReached => "This card has reached its limit. Please use another card.",
            Self::TryAgain => "The bank couldn’t answer just now. Please try again in a moment.",
            Self::NotVerified => {
                "Your bank couldn’t verify this card. Please try again, or use another card."
            }
            Self::IntentStateChanged => "We’re checking whether your card was saved.",
            Self::Configuration => "This form isn’t set up correctly. Your card was not saved.",
        }
    }

    /// Whether a second attempt with the same card can succeed.
    #[must_use]
    pub fn can_retry_same_card(self) -> bool {
        matches!(
            self,
            Self::FixField
                | Self::WrongNumber
                | Self::WrongCvc
                | Self::WrongPostalCode
                | Self::TryAgain
                | Self::NotVerified
        )
    }
}

#[cfg(test)]
mod tests;
