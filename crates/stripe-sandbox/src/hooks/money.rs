//! An amount in words for the bank's page. Called by [`super`].

/// Currencies Stripe counts in whole units: <https://docs.stripe.com/currencies#zero-decimal>.
const WHOLE: &[&str] = &[
    "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv",
    "xaf", "xof", "xpf",
];
/// Currencies of a thousand minor units.
const THOUSAND: &[&str] = &["bhd", "jod", "kwd", "omr", "tnd"];

/// `1500`, `usd` as `15.00 USD`.
pub fn words(amount: u64, currency: &str) -> String {
    let decimals = match currency {
        whole if WHOLE.contains(&whole) => 0,
        thousand if THOUSAND.contains(&thousand) => 3,
        _ => 2,
    };
    let unit = 10_u64.pow(decimals);
    let minor = match decimals {
        0 => String::new(),
        places => format!(".{:0places$}", amount % unit, places = places as usize),
    };
    format!("{}{minor} {}", amount / unit, currency.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn units_are_the_currency_s() {
        assert_eq!(words(1505, "usd"), "15.05 USD");
        assert_eq!(words(1505, "jpy"), "1505 JPY");
        assert_eq!(words(1505, "kwd"), "1.505 KWD");
        assert_eq!(words(5, "eur"), "0.05 EUR");
    }
}
