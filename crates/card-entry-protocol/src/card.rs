//! The details of a card that may be shown: payment method id, brand, last four digits, expiry, funding, country.
//!
//! The frame writes them, the companion checks them, and the server replaces them with the gateway's own. They must never
//! contain a card number: every text here is too short or too strict for one.

use serde::{Deserialize, Serialize};

use crate::braintree;
use crate::expiry::{ExpMonth, ExpYear};
use crate::text::{is_prefixed_word, open_words, public_text};

public_text!(
    /// The id of a payment method, `^pm_[A-Za-z0-9_]{8,64}$`. With the feature `braintree` also a payment method nonce,
    /// from which the server creates a payment method.
    /// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-id>.
    ///
    /// ```
    /// use card_entry_protocol::card::PaymentMethodId;
    ///
    /// let id = PaymentMethodId::parse("pm_1QNCGJBb9dNaU75s5H5qvQXm");
    /// assert_eq!(id.as_ref().map(PaymentMethodId::as_str), Some("pm_1QNCGJBb9dNaU75s5H5qvQXm"));
    /// assert_eq!(PaymentMethodId::parse("tok_visa"), None);
    /// ```
    PaymentMethodId,
    "not a payment method",
    |text| is_prefixed_word(text, "pm_", 8, 64) || braintree::is_nonce(text)
);

public_text!(
    /// The id under which the gateway stores a card: a payment method, `pm_…`, or an older card, `card_…`, which the same
    /// API calls accept. See <https://docs.stripe.com/payments/payment-methods/transitioning>.
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
    /// The last four digits of the card number, ASCII, e.g. `4242`.
    #[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^[0-9]{4}$")))]
    Last4,
    "not four digits",
    |text| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
);

public_text!(
    /// A country code of two capital letters (ISO 3166-1 alpha-2), e.g. `US`.
    #[cfg_attr(feature = "schemas", schemars(extend("pattern" = "^[A-Z]{2}$")))]
    Country,
    "not a country",
    |text| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
);

open_words!(
    /// A card brand, lower case as Stripe writes it, e.g. `visa`. Parsing accepts every spelling of the five wallet APIs.
    /// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-brand>.
    ///
    /// ```
    /// use card_entry_protocol::card::Brand;
    ///
    /// let brand = Brand::parse("American Express").expect("a brand");
    /// assert_eq!((brand.as_str(), brand.title()), ("amex", "American Express"));
    /// ```
    Brand, "not a brand", {
        /// Visa, `visa`; Visa Debit and Visa Electron too.
        Visa = "visa",
        /// Mastercard, `mastercard`; Debit Mastercard too.
        Mastercard = "mastercard",
        /// American Express, written `amex` by Stripe.
        Amex = "amex" | "american express" | "american_express",
        /// Diners Club, written `diners` by Stripe.
        Diners = "diners" | "diners club" | "diners_club",
        /// Discover, of the Discover Global Network.
        Discover = "discover",
        /// JCB, which began as Japan Credit Bureau.
        Jcb = "jcb",
        /// China UnionPay, written `unionpay` by Stripe.
        Unionpay = "unionpay" | "union_pay",
        /// eftpos Australia, a debit network beside Visa or Mastercard.
        EftposAu = "eftpos_au" | "eftpos_australia",
        /// Cartes Bancaires, a French network beside Visa or Mastercard.
        CartesBancaires = "cartes_bancaires",
        /// Interac, the debit network of Canada.
        Interac = "interac",
        /// `unknown`: Stripe could not tell the brand.
        Unknown = "unknown",
    }
);

impl Brand {
    /// The brand's name for people, e.g. "Visa" or "American Express"; "Card" when it is not known.
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
                    // An identifier, not a name.
                    None if text.contains('_') => "Card",
                    None => text,
                }
            }
        }
    }
}

/// The names of brands that exist in one country only, by the gateway's identifier.
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
    /// The funding type of a card.
    /// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-funding>.
    Funding, "not a funding", {
        /// The issuer lends the amount and bills it later.
        Credit = "credit",
        /// The amount is taken from a bank account.
        Debit = "debit",
        /// The amount is taken from a balance that was loaded before.
        Prepaid = "prepaid",
        /// Stripe could not tell the funding type.
        Unknown = "unknown",
    }
);

/// The card behind a payment method, as the parent page gets it in a `result` message. Field names are Stripe's.
/// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-card>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardDetails {
    /// The brand, lower case as Stripe writes it, e.g. `visa`.
    pub brand: Brand,
    /// The last four digits of the card number, e.g. `4242`.
    pub last4: Last4,
    /// The month in which the card expires, 1 to 12.
    pub exp_month: ExpMonth,
    /// The year in which the card expires, four digits.
    pub exp_year: ExpYear,
    /// The funding type, e.g. `credit`.
    pub funding: Funding,
    /// The country that issued the card; `None` when the gateway does not know it.
    #[serde(default)]
    pub country: Option<Country>,
    /// The network that the person chose, for a card with more than one network.
    /// See <https://docs.stripe.com/api/payment_methods/object#payment_method_object-card-networks-preferred>.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_network: Option<Brand>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parses_every_spelling_of_a_brand() {
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
    fn refuses_malformed_payment_method_ids() {
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
    fn a_gateway_card_id_may_be_an_older_card() {
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
    fn last4_is_never_a_card_number() {
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
