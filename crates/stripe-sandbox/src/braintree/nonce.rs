//! The nonces Braintree publishes for tests of a server without a browser. Each can be used any number of times.

use super::card::TestCard;

/// The payment method of a published nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestNonce {
    /// The test card with this number.
    Card(&'static str),
    /// A card whose number fails the Luhn check.
    LuhnInvalid,
    Consumed,
}

pub const NONCES: &[(&str, TestNonce)] = &[
    ("fake-valid-nonce", TestNonce::Card("4012888888881881")),
    ("fake-valid-visa-nonce", TestNonce::Card("4012888888881881")),
    ("fake-valid-amex-nonce", TestNonce::Card("378282246310005")),
    (
        "fake-valid-mastercard-nonce",
        TestNonce::Card("5555555555554444"),
    ),
    (
        "fake-valid-discover-nonce",
        TestNonce::Card("6011111111111117"),
    ),
    ("fake-valid-jcb-nonce", TestNonce::Card("3530111333300000")),
    (
        "fake-valid-maestro-nonce",
        TestNonce::Card("6304000000000000"),
    ),
    (
        "fake-valid-dinersclub-nonce",
        TestNonce::Card("36259600000004"),
    ),
    (
        "fake-valid-prepaid-nonce",
        TestNonce::Card("4111111111111210"),
    ),
    (
        "fake-valid-prepaid-reloadable-nonce",
        TestNonce::Card("4229989900000002"),
    ),
    (
        "fake-valid-commercial-nonce",
        TestNonce::Card("4111111111131010"),
    ),
    (
        "fake-valid-durbin-regulated-nonce",
        TestNonce::Card("4111161010101010"),
    ),
    (
        "fake-valid-healthcare-nonce",
        TestNonce::Card("4111111510101010"),
    ),
    (
        "fake-valid-debit-nonce",
        TestNonce::Card("4117101010101010"),
    ),
    (
        "fake-valid-payroll-nonce",
        TestNonce::Card("4111111114101010"),
    ),
    (
        "fake-valid-business-nonce",
        TestNonce::Card("4229989800000003"),
    ),
    (
        "fake-valid-consumer-nonce",
        TestNonce::Card("4229989700000004"),
    ),
    (
        "fake-valid-corporate-nonce",
        TestNonce::Card("4229989100000000"),
    ),
    (
        "fake-valid-purchase-nonce",
        TestNonce::Card("4229989500000006"),
    ),
    (
        "fake-valid-country-of-issuance-usa-nonce",
        TestNonce::Card("4111111111121102"),
    ),
    (
        "fake-processor-declined-visa-nonce",
        TestNonce::Card("4000111111111115"),
    ),
    (
        "fake-processor-declined-mastercard-nonce",
        TestNonce::Card("5105105105105100"),
    ),
    (
        "fake-processor-declined-amex-nonce",
        TestNonce::Card("378734493671000"),
    ),
    (
        "fake-processor-declined-discover-nonce",
        TestNonce::Card("6011000990139424"),
    ),
    (
        "fake-processor-failure-jcb-nonce",
        TestNonce::Card("3566002020360505"),
    ),
    (
        "fake-gateway-rejected-fraud-nonce",
        TestNonce::Card("4000111111111511"),
    ),
    (
        "fake-gateway-rejected-risk-thresholds-nonce",
        TestNonce::Card("4111130000000003"),
    ),
    ("fake-luhn-invalid-nonce", TestNonce::LuhnInvalid),
    ("fake-consumed-nonce", TestNonce::Consumed),
];

impl TestNonce {
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        NONCES
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, nonce)| *nonce)
    }

    #[must_use]
    pub fn card(self) -> Option<&'static TestCard> {
        match self {
            Self::Card(number) => TestCard::find(number),
            Self::LuhnInvalid | Self::Consumed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NONCES, TestNonce};

    #[test]
    fn every_nonce_of_a_card_names_a_listed_card() {
        for (name, nonce) in NONCES {
            let card = matches!(nonce, TestNonce::Card(_));
            assert_eq!(nonce.card().is_some(), card, "{name}");
        }
    }
}
