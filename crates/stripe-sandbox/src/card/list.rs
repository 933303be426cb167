//! The table of test cards. Read by [`super::TestCard::find`] and by the page for people.

use super::{Rule, TestCard};
use crate::decline::Decline;
use Rule::{
    AlreadySetUp, BreaksOnRequest, ChallengedAlways, ChallengedOnRequest,
    ChallengedThenChargeRefused, ChallengedThenRefused, ChallengedUntilSetUp, ChargeRefused,
    LookupFails, Passes, Refused,
};

const fn card(
    number: &'static str,
    brand: &'static str,
    funding: &'static str,
    country: &'static str,
    rule: Rule,
) -> TestCard {
    TestCard {
        number,
        brand,
        funding,
        country,
        rule,
    }
}

const fn visa(number: &'static str, rule: Rule) -> TestCard {
    card(number, "visa", "credit", "US", rule)
}

/// Every number the sandbox takes.
pub const CARDS: &[TestCard] = &[
    visa("4242424242424242", Passes),
    card("4000056655665556", "visa", "debit", "US", Passes),
    card("5555555555554444", "mastercard", "credit", "US", Passes),
    card("2223003122003222", "mastercard", "credit", "US", Passes),
    card("5200828282828210", "mastercard", "debit", "US", Passes),
    card("5105105105105100", "mastercard", "prepaid", "US", Passes),
    card("378282246310005", "amex", "credit", "US", Passes),
    card("371449635398431", "amex", "credit", "US", Passes),
    card("6011111111111117", "discover", "credit", "US", Passes),
    card("6011000990139424", "discover", "credit", "US", Passes),
    card("3056930009020004", "diners", "credit", "US", Passes),
    card("36227206271667", "diners", "credit", "US", Passes),
    card("3566002020360505", "jcb", "credit", "JP", Passes),
    card("6200000000000005", "unionpay", "credit", "CN", Passes),
    card("6205500000000000004", "unionpay", "credit", "CN", Passes),
    card("4000002500001001", "visa", "credit", "FR", Passes),
    card("4000000760000002", "visa", "credit", "BR", Passes),
    card("4000001240000000", "visa", "credit", "CA", Passes),
    card("4000002500000003", "visa", "credit", "FR", Passes),
    card("4000002760000016", "visa", "credit", "DE", Passes),
    card("4000008260000000", "visa", "credit", "GB", Passes),
    card("4000000360000006", "visa", "credit", "AU", Passes),
    card("4000003560000008", "visa", "credit", "IN", Passes),
    card("4000003920000003", "visa", "credit", "JP", Passes),
    visa("4000000000000002", Refused(Decline::Generic)),
    visa("4000000000009995", Refused(Decline::InsufficientFunds)),
    visa("4000000000009987", Refused(Decline::LostCard)),
    visa("4000000000009979", Refused(Decline::StolenCard)),
    visa("4000000000006975", Refused(Decline::VelocityExceeded)),
    visa("4000000000000069", Refused(Decline::ExpiredCard)),
    visa("4000000000000127", Refused(Decline::IncorrectCvc)),
    visa("4000000000000119", Refused(Decline::ProcessingError)),
    visa("4000000000000341", ChargeRefused(Decline::Generic)),
    visa("4000002500003155", ChallengedUntilSetUp),
    visa("4000002760003184", ChallengedAlways),
    visa("4000003800000446", AlreadySetUp),
    visa(
        "4000008260003178",
        ChallengedThenChargeRefused(Decline::InsufficientFunds),
    ),
    visa("4000000000003220", ChallengedAlways),
    visa("4000008400001629", ChallengedThenRefused(Decline::Generic)),
    visa("4000008400001280", LookupFails),
    visa("4000000000003055", ChallengedOnRequest),
    visa("4000000000003097", BreaksOnRequest),
];
