//! An amount in words for the bank's page. Called by [`super`].

use card_entry_protocol::money::Currency;

/// `1500`, `usd` as `15.00 USD`; of a currency that is not known, the minor units.
pub fn words(amount: u64, currency: &str) -> String {
    let shown = Currency::parse(currency)
        .map_or_else(|| amount.to_string(), |currency| currency.format(amount));
    format!("{shown} {}", currency.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn units_are_the_currency_s() {
        assert_eq!(words(1505, "usd"), "15.05 USD");
        assert_eq!(words(1505, "jpy"), "1505 JPY");
        assert_eq!(words(1505, "kwd"), "1.505 KWD");
        assert_eq!(words(500_000, "ugx"), "5000.00 UGX");
        assert_eq!(words(5, "eur"), "0.05 EUR");
    }
}
