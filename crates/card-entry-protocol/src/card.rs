//! What may be known of a card: its payment method's id, brand, last four digits, expiry, funding, country.
//!
//! Written by the frame, checked by the companion, replaced by the gateway's own facts on the server. It must never
//! hold a card number: every text here is too short or too strict for one.

use serde::{Deserialize, Serialize};

use crate::braintree;
use crate::expiry::{ExpMonth, ExpYear};
use crate::text::{is_prefixed_word, open_words, public_text};

public_text!(
    /// A PaymentMethod's id, `^pm_[A-Za-z0-9_]{8,64}$`. With the feature `braintree` also a nonce, which becomes one.
    /// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-id>.
    PaymentMethodId,
    "not a payment method",
    |text| is_prefixed_word(text, "pm_", 8, 64) || braintree::is_nonce(text)
);

public_text!(
    /// The id of whatever the gateway keeps a card under: a payment method, or the older `card_…`, which the same calls
    /// take. See <https://docs.stripe.com/payments/payment-methods/transitioning>.
    GatewayCardId,
    "not a payment method",
    |text| is_prefixed_word(text, "pm_", 8, 64) || is_prefixed_word(text, "card_", 8, 64)
);

impl From<PaymentMethodId> for GatewayCardId {
    fn from(id: PaymentMethodId) -> Self {
        Self(id.0)
    }
}

public_text!(
    /// The last four digits, ASCII.
    Last4,
    "not four digits",
    |text| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
);

public_text!(
    /// A country of two capital letters (ISO 3166-1 alpha-2).
    Country,
    "not a country",
    |text| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
);

open_words!(
    /// A card brand, read from every spelling the five wallet APIs use.
    Brand, "not a brand", {
        /// Visa.
        Visa = "visa",
        /// Mastercard.
        Mastercard = "mastercard",
        /// American Express.
        Amex = "amex" | "american express" | "american_express",
        /// Diners Club.
        Diners = "diners" | "diners club" | "diners_club",
        /// Discover.
        Discover = "discover",
        /// JCB.
        Jcb = "jcb",
        /// UnionPay.
        Unionpay = "unionpay" | "union_pay",
        /// eftpos Australia.
        EftposAu = "eftpos_au" | "eftpos_australia",
        /// Cartes Bancaires.
        CartesBancaires = "cartes_bancaires",
        /// Interac.
        Interac = "interac",
        /// Stripe does not know it either, or not yet.
        Unknown = "unknown",
    }
);

impl Brand {
    /// The brand as people write it: "Visa", "American Express".
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Visa => "Visa",
            Self::Mastercard => "Mastercard",
            Self::Amex => "American Express",
            Self::Diners => "Diners Club",
            Self::Discover => "Discover",
            Self::Jcb => "JCB",
            Self::Unionpay => "UnionPay",
            Self::EftposAu => "eftpos",
            Self::CartesBancaires => "Cartes Bancaires",
            Self::Interac => "Interac",
            Self::Unknown => "Card",
            Self::Other(text) => {
                let known = TITLES
                    .iter()
                    .find(|(word, _)| text.eq_ignore_ascii_case(word));
                match known {
                    Some((_, title)) => title,
                    // A word of a program, not of people.
                    None if text.contains('_') => "Card",
                    None => text,
                }
            }
        }
    }
}

/// How people write the brands of one country, which a gateway names in its own words.
const TITLES: [(&str, &str); 15] = [
    ("accel", "Accel"),
    ("bancontact", "Bancontact"),
    ("dankort", "Dankort"),
    ("elo", "Elo"),
    ("girocard", "girocard"),
    ("hiper", "Hiper"),
    ("hipercard", "Hipercard"),
    ("link", "Link"),
    ("maestro", "Maestro"),
    ("mir", "Mir"),
    ("naranja", "Naranja"),
    ("rupay", "RuPay"),
    ("troy", "Troy"),
    ("uk_maestro", "Maestro"),
    ("verve", "Verve"),
];

open_words!(
    /// How a card is funded.
    /// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-funding>.
    Funding, "not a funding", {
        /// Paid later.
        Credit = "credit",
        /// Paid from an account.
        Debit = "debit",
        /// Paid before.
        Prepaid = "prepaid",
        /// Not known.
        Unknown = "unknown",
    }
);

/// What a parent is told about the card behind a payment method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardDetails {
    /// The brand.
    pub brand: Brand,
    /// The last four digits.
    pub last4: Last4,
    /// The month it expires.
    pub exp_month: ExpMonth,
    /// The year it expires.
    pub exp_year: ExpYear,
    /// How it is funded.
    pub funding: Funding,
    /// Where it was issued, when the gateway knows.
    #[serde(default)]
    pub country: Option<Country>,
    /// The network the person chose, of a card that runs on more than one.
    /// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-networks-preferred>.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_network: Option<Brand>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_spelling_of_a_brand_is_one_brand() {
        for text in ["amex", "AMEX", "American Express", "american_express"] {
            assert_eq!(Brand::parse(text), Some(Brand::Amex), "{text}");
        }
        assert_eq!(Brand::parse("MasterCard"), Some(Brand::Mastercard));
        assert_eq!(Brand::parse("girocard").unwrap().as_str(), "girocard");
        for text in ["", "4242424242424242", "<b>", "a\u{202e}b", &"x".repeat(41)] {
            assert_eq!(Brand::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_brand_has_a_title() {
        for (word, title) in [
            ("visa", "Visa"),
            ("maestro", "Maestro"),
            ("MAESTRO", "Maestro"),
            ("uk_maestro", "Maestro"),
            ("UK_MAESTRO", "Maestro"),
            ("elo", "Elo"),
            ("hiper", "Hiper"),
            ("hipercard", "Hipercard"),
            ("verve", "Verve"),
            ("naranja", "Naranja"),
            ("troy", "Troy"),
            ("rupay", "RuPay"),
            ("girocard", "girocard"),
            ("link", "Link"),
            ("eftpos_au", "eftpos"),
            ("cartes_bancaires", "Cartes Bancaires"),
            ("interac", "Interac"),
            ("Carnet", "Carnet"),
            ("some_new_brand", "Card"),
        ] {
            assert_eq!(Brand::parse(word).unwrap().title(), title, "{word}");
        }
    }

    #[test]
    fn payment_methods_are_exact() {
        assert!(PaymentMethodId::parse("pm_1QNCGJBb9dNaU75s5H5qvQXm").is_some());
        for text in [
            "tok_12345678",
            "pm_short",
            "pm_1234567/",
            "pm_12345678\0",
            "pm_<b>12345",
            "PM_12345678",
            "pm_é2345678",
        ] {
            assert_eq!(PaymentMethodId::parse(text), None, "{text}");
        }
        assert_eq!(
            PaymentMethodId::parse(&format!("pm_{}", "a".repeat(65))),
            None
        );
    }

    #[test]
    fn the_gateway_s_older_cards_are_methods_too() {
        for text in [
            "pm_1QNCGJBb9dNaU75s5H5qvQXm",
            "card_1Nqn8bCVnXOZCtu949NkeQ97",
        ] {
            assert!(GatewayCardId::parse(text).is_some(), "{text}");
        }
        for text in [
            "card_short",
            "tok_12345678",
            "card_1234567/",
            "seti_12345678",
            "",
        ] {
            assert!(GatewayCardId::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn last4_is_never_a_number() {
        for text in ["4242424242424242", "424", "42a2", "４２４２", ""] {
            assert_eq!(Last4::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_parser_panics(text in ".{0,70}") {
            let _ = (Brand::parse(&text), Funding::parse(&text), PaymentMethodId::parse(&text), Country::parse(&text));
        }
    }
}
