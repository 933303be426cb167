//! Test cards that the issuer declines.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use crate::card::build::visa;
use crate::card::{Rule, TestCard};
use crate::decline::Decline;
use Rule::{ChargeDeclined, Declined};

/// Cards that are declined at setup, attachment and charge, or at a charge only.
pub const DECLINES: &[TestCard] = &[
    visa("4000000000000002")
        .rule(Declined(Decline::Generic))
        .names(&["visa_chargeDeclined", "chargeDeclined"]),
    visa("4000000000009995")
        .rule(Declined(Decline::InsufficientFunds))
        .names(&[
            "visa_chargeDeclinedInsufficientFunds",
            "chargeDeclinedInsufficientFunds",
        ]),
    visa("4000000000009987")
        .rule(Declined(Decline::LostCard))
        .names(&["visa_chargeDeclinedLostCard"]),
    visa("4000000000009979")
        .rule(Declined(Decline::StolenCard))
        .names(&["visa_chargeDeclinedStolenCard"]),
    visa("4000000000000069")
        .rule(Declined(Decline::ExpiredCard))
        .names(&[
            "chargeDeclinedExpiredCard",
            "visa_chargeDeclinedExpiredCard",
        ]),
    visa("4000000000000127")
        .rule(Declined(Decline::IncorrectCvc))
        .names(&[
            "chargeDeclinedIncorrectCvc",
            "visa_chargeDeclinedIncorrectCvc",
        ]),
    visa("4000000000000119")
        .rule(Declined(Decline::ProcessingError))
        .names(&[
            "chargeDeclinedProcessingError",
            "visa_chargeDeclinedProcessingError",
        ]),
    visa("4000000000006975")
        .rule(Declined(Decline::VelocityExceeded))
        .names(&[
            "visa_chargeDeclinedVelocityLimitExceeded",
            "chargeDeclinedVelocityLimitExceeded",
        ]),
    visa("4000000000000341")
        .rule(ChargeDeclined(Decline::Generic))
        .names(&["chargeCustomerFail", "visa_chargeCustomerFail"]),
];

/// Cards with a test id and no number of their own. The page lists the fraudulent one with the code of an expired card,
/// which contradicts its name and its description; here it is declined as fraudulent.
pub const NAMES_ONLY: &[TestCard] = &[
    visa("4000056655665556")
        .debit()
        .rule(Declined(Decline::InsufficientFunds))
        .names(&["visa_debit_chargeDeclinedInsufficientFunds"]),
    visa("4000000000000002")
        .rule(Declined(Decline::Fraudulent))
        .names(&["visa_chargeDeclinedFraudulent"]),
    visa("4000000000000341")
        .rule(ChargeDeclined(Decline::LostCard))
        .names(&["visa_chargeCustomerFailLostCard"]),
    visa("4000000000000341")
        .rule(ChargeDeclined(Decline::StolenCard))
        .names(&["visa_chargeCustomerFailStolenCard"]),
];
