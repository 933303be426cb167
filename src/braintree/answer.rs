//! Reads the events and answers of Hosted Fields into the types of Stripe's.
//!
//! Read by the card fields from a [`Tree`]. Braintree's messages for developers are dropped here.

use card_entry_protocol::card::{Brand, CardDetails, Funding, PaymentMethodId};
use card_entry_protocol::message::FieldName;
use card_entry_protocol::tree::Tree;

use crate::stripe::StripeError;
use crate::stripe::answer::{ChangeError, ElementChange, PaymentMethod};

/// The fields and Braintree's names of them, in the order of the page.
pub const FIELDS: [(FieldName, &str); 3] = [
    (FieldName::Number, "number"),
    (FieldName::Expiry, "expirationDate"),
    (FieldName::Cvc, "cvv"),
];

/// The field with this name of Braintree's.
#[must_use]
pub fn field_name(name: &str) -> Option<FieldName> {
    let known = FIELDS.iter().find(|(_, theirs)| *theirs == name);
    known.map(|(ours, _)| *ours)
}

/// A brand in either of Braintree's spellings: `master-card` in an event, `MasterCard` in a payload.
#[must_use]
pub fn read_brand(text: &str) -> Option<Brand> {
    match text {
        "master-card" => Some(Brand::Mastercard),
        "american-express" => Some(Brand::Amex),
        "diners-club" => Some(Brand::Diners),
        "" | "Unknown" => None,
        other => Brand::parse(other),
    }
}

/// The change of a field in an event. `left`: the person has left the field, so that an incomplete number is an error.
#[must_use]
pub fn read_change(event: &Tree, name: &str, left: bool) -> ElementChange {
    let state = event.get("fields").get(name);
    let (empty, complete) = (
        state.get("isEmpty").is_true(),
        state.get("isValid").is_true(),
    );
    let wrong = !state.get("isPotentiallyValid").is_true() || (left && !empty && !complete);
    let number = name == "number";
    let cards = match event.get("cards") {
        // Several possible brands: the brand is not known yet.
        Tree::List(cards) if number => match cards.as_slice() {
            [card] => card.get("type").as_text().and_then(read_brand),
            _ => None,
        },
        _ => None,
    };
    ElementChange {
        empty,
        complete,
        // Braintree gives no message, so the page shows its own.
        error: wrong.then(|| ChangeError {
            code: ["invalid_", name].concat(),
            message: String::new(),
        }),
        brand: cards.map(|brand| brand.as_str().to_owned()),
    }
}

#[must_use]
pub fn read_payment_method(payload: &Tree) -> Option<PaymentMethod> {
    let details = payload.get("details");
    let number = |key: &str| {
        details
            .get(key)
            .as_text()
            .and_then(|text| text.parse::<u16>().ok())
    };
    let is = |key: &str, value: &str| payload.get("binData").get(key).as_text() == Some(value);
    let funding = match (is("prepaid", "Yes"), is("debit", "Yes"), is("debit", "No")) {
        (true, ..) => Funding::Prepaid,
        (_, true, _) => Funding::Debit,
        (_, _, true) => Funding::Credit,
        _ => Funding::Unknown,
    };
    let card = || {
        Some(CardDetails {
            brand: details
                .get("cardType")
                .as_text()
                .and_then(read_brand)
                .unwrap_or(Brand::Unknown),
            last4: details.read("lastFour")?,
            exp_month: number("expirationMonth")?.try_into().ok()?,
            exp_year: number("expirationYear")?.try_into().ok()?,
            funding,
            country: None,
            preferred_network: None,
        })
    };
    Some(PaymentMethod {
        id: PaymentMethodId::parse(payload.get("nonce").as_text()?)?,
        card: card(),
    })
}

#[must_use]
pub fn read_error(thrown: &Tree) -> StripeError {
    let text = |key: &str| thrown.get(key).as_text().unwrap_or("");
    let card = |code| StripeError::new("card_error", code);
    match (text("code"), text("type")) {
        ("HOSTED_FIELDS_FIELDS_EMPTY" | "HOSTED_FIELDS_FIELDS_INVALID", _) => {
            StripeError::new("validation_error", "incomplete_number")
        }
        ("HOSTED_FIELDS_TOKENIZATION_CVV_VERIFICATION_FAILED", _) => card("incorrect_cvc"),
        ("HOSTED_FIELDS_FAILED_TOKENIZATION", _) => card("incorrect_number"),
        (_, "CUSTOMER") => card("card_declined"),
        (_, "NETWORK") => StripeError::new("api_connection_error", ""),
        (_, "MERCHANT") => StripeError::thrown(),
        _ => StripeError::new("api_error", ""),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use card_entry_protocol::decline::DeclineReason;

    fn map(entries: &[(&str, Tree)]) -> Tree {
        let owned = |(key, value): &(&str, Tree)| ((*key).to_owned(), value.clone());
        Tree::Map(entries.iter().map(owned).collect())
    }

    fn text(text: &str) -> Tree {
        Tree::Text(text.to_owned())
    }

    fn event(empty: bool, valid: bool, potentially: bool, cards: &[&str]) -> Tree {
        let state = map(&[
            ("isEmpty", Tree::Flag(empty)),
            ("isValid", Tree::Flag(valid)),
            ("isPotentiallyValid", Tree::Flag(potentially)),
        ]);
        let cards = cards.iter().map(|kind| map(&[("type", text(kind))]));
        map(&[
            ("cards", Tree::List(cards.collect())),
            ("fields", map(&[("number", state)])),
        ])
    }

    #[test]
    fn a_field_has_an_error_when_invalid_or_left_incomplete() {
        let half = event(false, false, true, &["visa"]);
        assert_eq!(read_change(&half, "number", false).error, None);
        assert!(read_change(&half, "number", true).error.is_some());
        let never = event(false, false, false, &[]);
        assert!(read_change(&never, "number", false).error.is_some());
        let nothing = event(true, false, true, &["visa", "jcb"]);
        let change = read_change(&nothing, "number", true);
        assert_eq!(
            (change.empty, change.error, change.brand),
            (true, None, None)
        );
    }

    #[test]
    fn both_spellings_of_a_brand_are_read() {
        for (theirs, ours) in [
            ("master-card", Brand::Mastercard),
            ("MasterCard", Brand::Mastercard),
            ("american-express", Brand::Amex),
            ("American Express", Brand::Amex),
            ("Visa", Brand::Visa),
            ("UnionPay", Brand::Unionpay),
        ] {
            assert_eq!(read_brand(theirs), Some(ours), "{theirs}");
        }
        let one = event(false, true, true, &["master-card"]);
        assert_eq!(
            read_change(&one, "number", false).brand.as_deref(),
            Some("mastercard")
        );
    }

    #[test]
    fn each_error_has_its_decline_reason() {
        for (code, kind, reason) in [
            (
                "HOSTED_FIELDS_FIELDS_EMPTY",
                "CUSTOMER",
                DeclineReason::FixField,
            ),
            (
                "HOSTED_FIELDS_FAILED_TOKENIZATION",
                "CUSTOMER",
                DeclineReason::WrongNumber,
            ),
            (
                "HOSTED_FIELDS_TOKENIZATION_FAIL_ON_DUPLICATE",
                "CUSTOMER",
                DeclineReason::Declined,
            ),
            (
                "HOSTED_FIELDS_TOKENIZATION_NETWORK_ERROR",
                "NETWORK",
                DeclineReason::TryAgain,
            ),
            (
                "METHOD_CALLED_AFTER_TEARDOWN",
                "MERCHANT",
                DeclineReason::Configuration,
            ),
            ("", "", DeclineReason::TryAgain),
        ] {
            let thrown = map(&[("code", text(code)), ("type", text(kind))]);
            assert_eq!(read_error(&thrown).decline_reason(), reason, "{code}");
        }
        assert!(read_error(&map(&[("type", text("NETWORK"))])).is_network());
    }

    #[test]
    fn the_provider_name_is_replaced() {
        let text = crate::braintree::replace_provider_name(
            "Ihre Kartennummer geht direkt an Stripe, nicht an diese Seite.",
        );
        assert_eq!(
            text,
            "Ihre Kartennummer geht direkt an Braintree, nicht an diese Seite."
        );
        assert_eq!(crate::braintree::replace_provider_name("Größe"), "Größe");
    }

    #[test]
    fn a_payload_gives_the_nonce_and_the_card_details() {
        let details = map(&[
            ("cardType", text("Visa")),
            ("lastFour", text("1111")),
            ("expirationMonth", text("12")),
            ("expirationYear", text("2034")),
        ]);
        let payload = map(&[
            ("nonce", text("tokencc_bh_abcdef_123456")),
            ("details", details),
            (
                "binData",
                map(&[("debit", text("No")), ("prepaid", text("No"))]),
            ),
        ]);
        let method = read_payment_method(&payload).unwrap();
        let card = method.card.unwrap();
        assert_eq!((card.brand, card.funding), (Brand::Visa, Funding::Credit));
        assert_eq!(
            (card.last4.as_str(), u16::from(card.exp_year)),
            ("1111", 2034)
        );
    }
}
