//! Test cards that the issuer declines.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use super::super::build::visa;
use super::super::{Rule, TestCard};
use crate::decline::Decline;
use Rule::{ChargeRefused, Refused};

/// Cards that are declined: at setup, at attach and at a charge, or at a charge only.
pub const DECLINES: &[TestCard] = &[
    visa("4000000000000002")
        .does(Refused(Decline::Generic))
        .named(&["visa_chargeDeclined", "chargeDeclined"]),
    visa("4000000000009995")
        .does(Refused(Decline::InsufficientFunds))
        .named(&[
            "visa_chargeDeclinedInsufficientFunds",
            "chargeDeclinedInsufficientFunds",
        ]),
    visa("4000000000009987")
        .does(Refused(Decline::LostCard))
        .named(&["visa_chargeDeclinedLostCard"]),
    visa("4000000000009979")
        .does(Refused(Decline::StolenCard))
        .named(&["visa_chargeDeclinedStolenCard"]),
    visa("4000000000000069")
        .does(Refused(Decline::ExpiredCard))
        .named(&[
            "chargeDeclinedExpiredCard",
            "visa_chargeDeclinedExpiredCard",
        ]),
    visa("4000000000000127")
        .does(Refused(Decline::IncorrectCvc))
        .named(&[
            "chargeDeclinedIncorrectCvc",
            "visa_chargeDeclinedIncorrectCvc",
        ]),
    visa("4000000000000119")
        .does(Refused(Decline::ProcessingError))
        .named(&[
            "chargeDeclinedProcessingError",
            "visa_chargeDeclinedProcessingError",
        ]),
    visa("4000000000006975")
        .does(Refused(Decline::VelocityExceeded))
        .named(&[
            "visa_chargeDeclinedVelocityLimitExceeded",
            "chargeDeclinedVelocityLimitExceeded",
        ]),
    visa("4000000000000341")
        .does(ChargeRefused(Decline::Generic))
        .named(&["chargeCustomerFail", "visa_chargeCustomerFail"]),
];

/// Cards with a name and no number of their own: what they do is known of the name only. The page lists the fraudulent one with
/// the code of an expired card, which its name and its description contradict.
pub const NAMES_ONLY: &[TestCard] = &[
    visa("4000056655665556")
        .debit()
        .does(Refused(Decline::InsufficientFunds))
        .named(&["visa_debit_chargeDeclinedInsufficientFunds"]),
    visa("4000000000000002")
        .does(Refused(Decline::Fraudulent))
        .named(&["visa_chargeDeclinedFraudulent"]),
    visa("4000000000000341")
        .does(ChargeRefused(Decline::LostCard))
        .named(&["visa_chargeCustomerFailLostCard"]),
    visa("4000000000000341")
        .does(ChargeRefused(Decline::StolenCard))
        .named(&["visa_chargeCustomerFailStolenCard"]),
];
