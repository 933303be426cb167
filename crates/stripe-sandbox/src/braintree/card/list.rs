//! The table of Braintree's test cards. Read by [`super::TestCard::find`].

use super::{Brand, GatewayRejectionReason, Rule, TestCard};
use Brand::{Amex, Diners, Discover, Hiper, Hipercard, Jcb, Maestro, Mastercard, UnionPay, Visa};
use Rule::{Declined, Fails, Passes, Rejected};

const fn card(number: &'static str, brand: Brand, rule: Rule) -> TestCard {
    TestCard {
        number,
        brand,
        rule,
        indicator: None,
        country: None,
    }
}

const fn visa(number: &'static str) -> TestCard {
    card(number, Visa, Passes)
}

const fn with_indicator(indicator: &'static str, number: &'static str) -> TestCard {
    let mut card = visa(number);
    card.indicator = Some(indicator);
    card
}

const fn issued_in(country: &'static str, number: &'static str) -> TestCard {
    let mut card = visa(number);
    card.country = Some(country);
    card
}

/// Every number that tokenization accepts.
pub const CARDS: &[TestCard] = &[
    visa("4111111111111111"),
    visa("4005519200000004"),
    visa("4009348888881881"),
    visa("4012000033330026"),
    visa("4012000077777777"),
    visa("4012888888881881"),
    visa("4217651111111119"),
    visa("4500600000000061"),
    card("5555555555554444", Mastercard, Passes),
    card("2223000048400011", Mastercard, Passes),
    card("5431111111111111", Mastercard, Passes),
    card("378282246310005", Amex, Passes),
    card("371449635398431", Amex, Passes),
    card("6011111111111117", Discover, Passes),
    card("6011000991300009", Discover, Passes),
    card("3530111333300000", Jcb, Passes),
    card("6304000000000000", Maestro, Passes),
    card("36259600000004", Diners, Passes),
    card("30569309025904", Diners, Passes),
    card("38520000023237", Diners, Passes),
    card("6243030000000001", UnionPay, Passes),
    card("6221261111117766", UnionPay, Passes),
    card("6223164991230014", UnionPay, Passes),
    card("6370950000000005", Hiper, Passes),
    card("6062820524845321", Hipercard, Passes),
    card("4000111111111115", Visa, Declined),
    card("5105105105105100", Mastercard, Declined),
    card("378734493671000", Amex, Declined),
    card("6011000990139424", Discover, Declined),
    card("38520000009814", Diners, Declined),
    card("3566002020360505", Jcb, Fails),
    card(
        "4000111111111511",
        Visa,
        Rejected(GatewayRejectionReason::Fraud),
    ),
    card(
        "4111130000000003",
        Visa,
        Rejected(GatewayRejectionReason::RiskThreshold),
    ),
    with_indicator("prepaid", "4111111111111210"),
    with_indicator("prepaidReloadable", "4229989900000002"),
    with_indicator("commercial", "4111111111131010"),
    with_indicator("durbinRegulated", "4111161010101010"),
    with_indicator("healthcare", "4111111510101010"),
    with_indicator("debit", "4117101010101010"),
    with_indicator("payroll", "4111111114101010"),
    with_indicator("business", "4229989800000003"),
    with_indicator("consumer", "4229989700000004"),
    with_indicator("corporate", "4229989100000000"),
    with_indicator("purchase", "4229989500000006"),
    issued_in("USA", "4111111111121102"),
];

#[cfg(test)]
mod tests {
    use super::CARDS;
    use crate::braintree::card::passes_luhn;

    #[test]
    fn every_number_passes_luhn_and_is_listed_once() {
        for (index, card) in CARDS.iter().enumerate() {
            assert!(passes_luhn(card.number), "{}", card.number);
            assert!(
                CARDS
                    .iter()
                    .skip(index + 1)
                    .all(|other| other.number != card.number)
            );
        }
    }
}
