//! Maps codes to reasons, and compares the sentences.

use super::*;
use proptest::prelude::*;

#[test]
fn declines_of_lost_and_stolen_cards_read_as_a_generic_decline() {
    let generic = DeclineReason::from_codes(Some("card_declined"), Some("generic_decline"));
    for code in [
        "lost_card",
        "stolen_card",
        "fraudulent",
        "merchant_blacklist",
        "pickup_card",
        "restricted_card",
        "security_violation",
        "stop_payment_order",
        "revocation_of_all_authorizations",
        // Only the bank knows the reason.
        "call_issuer",
        "do_not_honor",
        "do_not_try_again",
        "no_action_taken",
        "not_permitted",
        "new_account_information_available",
        "invalid_account",
        "invalid_amount",
        "duplicate_transaction",
        "incorrect_address",
        "testmode_decline",
    ] {
        assert_eq!(
            DeclineReason::from_codes(Some("card_declined"), Some(code)),
            generic,
            "{code}"
        );
    }
    assert_eq!(
        generic.sentence(),
        DeclineReason::from_codes(None, None).sentence()
    );
}

#[test]
fn maps_a_code_alike_as_code_and_as_decline_code() {
    for (code, expected) in [
        ("incorrect_postal_code", DeclineReason::WrongPostalCode),
        ("incorrect_zip", DeclineReason::WrongPostalCode),
        ("postal_code_invalid", DeclineReason::WrongPostalCode),
        ("expired_payment_method", DeclineReason::Expired),
        ("authentication_failure", DeclineReason::NotVerified),
        ("authentication_required", DeclineReason::NotVerified),
        ("invalid_card_type", DeclineReason::NotSupported),
        ("service_not_allowed", DeclineReason::NotSupported),
        ("pin_try_exceeded", DeclineReason::LimitReached),
        ("insufficient_funds", DeclineReason::InsufficientFunds),
        ("incorrect_pin", DeclineReason::NotVerified),
        ("approve_with_id", DeclineReason::TryAgain),
    ] {
        for (code, decline) in [(code, None), ("card_declined", Some(code))] {
            assert_eq!(
                DeclineReason::from_codes(Some(code), decline),
                expected,
                "{code} {decline:?}"
            );
        }
    }
    // Stripe.js reports an invalid field, which the person corrects there. An issuer reports the card.
    assert_eq!(
        DeclineReason::from_codes(Some("invalid_cvc"), None),
        DeclineReason::FixField
    );
    assert_eq!(
        DeclineReason::from_codes(Some("card_declined"), Some("invalid_cvc")),
        DeclineReason::WrongCvc
    );
}

#[test]
fn sentences_are_distinct_short_and_without_exclamation_marks() {
    let mut seen = std::collections::BTreeSet::new();
    for reason in DeclineReason::ALL {
        assert!(seen.insert(reason.sentence()), "{reason:?}");
        assert!(!reason.sentence().contains('!'), "{reason:?}");
        assert!(reason.sentence().len() < 90, "{reason:?}");
    }
}

#[test]
fn maps_the_codes_of_the_protocol() {
    let cases = [
        (("incomplete_number", ""), DeclineReason::FixField),
        (("expired_card", ""), DeclineReason::Expired),
        (("incorrect_cvc", ""), DeclineReason::WrongCvc),
        (("processing_error", ""), DeclineReason::TryAgain),
        (
            ("card_declined", "insufficient_funds"),
            DeclineReason::InsufficientFunds,
        ),
        (
            ("card_declined", "card_velocity_exceeded"),
            DeclineReason::LimitReached,
        ),
        (
            ("setup_intent_authentication_failure", ""),
            DeclineReason::NotVerified,
        ),
        (
            ("setup_intent_unexpected_state", ""),
            DeclineReason::IntentStateChanged,
        ),
        (("resource_missing", ""), DeclineReason::Configuration),
    ];
    for ((code, decline), expected) in cases {
        assert_eq!(
            DeclineReason::from_codes(Some(code), Some(decline)),
            expected,
            "{code} {decline}"
        );
    }
}

proptest! {
    #[test]
    fn maps_every_code_to_a_reason(code in ".{0,30}", decline in ".{0,30}") {
        prop_assert!(DeclineReason::ALL.contains(&DeclineReason::from_codes(Some(&code), Some(&decline))));
    }
}
