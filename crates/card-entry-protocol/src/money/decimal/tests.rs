//! Exact decimals, and texts that are not decimals.

use proptest::prelude::*;

use super::*;

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn units(json: &str, code: &str) -> Result<u64, AmountError> {
    let decimal: Decimal = serde_json::from_str(json).unwrap();
    decimal.minor_units(&currency(code)).map(MinorUnits::get)
}

#[test]
fn reads_numbers_and_strings_as_the_same_amount() {
    for (json, code, expected) in [
        ("12.99", "usd", 1299),
        ("\"12.99\"", "usd", 1299),
        ("0.01", "eur", 1),
        ("12.9", "usd", 1290),
        ("12", "usd", 1200),
        ("12.990000", "usd", 1299),
        ("500", "jpy", 500),
        ("500.00", "jpy", 500),
        ("1.25", "kwd", 1250),
        ("1.250", "kwd", 1250),
        ("999999.99", "usd", 99_999_999),
        // A number may have an exponent, because some languages write round numbers with one.
        ("1E+2", "usd", 10_000),
        ("1299e-2", "usd", 1299),
        ("0.0299e3", "usd", 2990),
    ] {
        assert_eq!(units(json, code), Ok(expected), "{json} {code}");
    }
}

#[test]
fn reads_digits_that_a_float_would_lose() {
    // As a float the first is 12.99; the second is the float of 0.1 + 0.2.
    for json in ["12.990000000000000001", "0.30000000000000004", "12.995"] {
        assert_eq!(units(json, "usd"), Err(AmountError::TooPrecise), "{json}");
    }
    assert_eq!(units("0.5", "jpy"), Err(AmountError::TooPrecise));
    assert_eq!(units("1e-999", "usd"), Err(AmountError::TooPrecise));
    for json in ["0", "0.00", "0e5"] {
        assert_eq!(units(json, "usd"), Err(AmountError::Zero), "{json}");
    }
    for json in ["1000000", "99999999999999999999", "1e999"] {
        let above = AmountError::AboveMaximum(99_999_999);
        assert_eq!(units(json, "usd"), Err(above), "{json}");
    }
}

/// Currencies that Stripe counts in other units than people do.
#[test]
fn counts_amounts_in_stripe_s_units() {
    for (json, code, expected) in [
        ("\"5000\"", "ugx", 500_000),
        ("\"5000.00\"", "ugx", 500_000),
        ("\"5\"", "isk", 500),
        ("\"1234.50\"", "huf", 123_450),
        ("\"800.45\"", "twd", 80_045),
        ("\"1500000\"", "idr", 150_000_000),
        ("\"5.12\"", "kwd", 5120),
        ("\"9999999999.99\"", "idr", 999_999_999_999),
    ] {
        assert_eq!(units(json, code), Ok(expected), "{json} {code}");
    }
    for (json, code) in [
        ("\"50.01\"", "ugx"),
        ("\"0.5\"", "isk"),
        ("\"5.124\"", "kwd"),
    ] {
        assert_eq!(
            units(json, code),
            Err(AmountError::TooPrecise),
            "{json} {code}"
        );
    }
}

#[test]
fn refuses_a_charge_below_the_minimum() {
    let charge = |text: &str, code| {
        Decimal::parse(text)
            .unwrap()
            .charge_amount(&currency(code))
            .map(MinorUnits::get)
    };
    assert_eq!(charge("0.30", "usd"), Err(AmountError::BelowMinimum(50)));
    assert_eq!(charge("0.30", "gbp"), Ok(30));
    assert_eq!(charge("49", "jpy"), Err(AmountError::BelowMinimum(50)));
    assert_eq!(
        charge("174.99", "huf"),
        Err(AmountError::BelowMinimum(17_500))
    );
}

#[test]
fn refuses_texts_that_are_not_decimals() {
    for json in [
        "-12.99",
        "\"-12.99\"",
        "\"+1\"",
        "\"\"",
        "\".5\"",
        "\"5.\"",
        "\"1e2\"",
        "\"012.99\"",
        "\"12,99\"",
        "\"1 2\"",
        "\"١٢\"",
        "\"NaN\"",
        "\"0x10\"",
        "null",
        "true",
        "[1]",
        "{}",
        "1e99999",
        "\"1.2.3\"",
    ] {
        assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
    }
    assert!(Decimal::parse(&"9".repeat(33)).is_none());
}

#[test]
fn writes_a_decimal_as_it_was_read() {
    for json in ["12.99", "\"12.99\"", "12.990", "1e2"] {
        let decimal: Decimal = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&decimal).unwrap(), json);
    }
    let of =
        |amount, code| Decimal::from_minor_units(MinorUnits::new(amount).unwrap(), &currency(code));
    assert_eq!(of(1, "usd").as_str(), "0.01");
    assert_eq!(of(1299, "usd").as_str(), "12.99");
    assert_eq!(of(500, "jpy").as_str(), "500");
    assert_eq!(of(50, "kwd").as_str(), "0.050");
}

proptest! {
    #[test]
    fn reads_every_amount_that_it_writes(steps in 1u64..=999_999, code in "usd|jpy|kwd|ugx|idr", number: bool) {
        let currency = currency(&code);
        let amount = MinorUnits::new(steps * currency.step()).unwrap();
        let decimal = Decimal::from_minor_units(amount, &currency);
        let decimal = if number { decimal.as_number() } else { decimal };
        let again: Decimal = serde_json::from_str(&serde_json::to_string(&decimal).unwrap()).unwrap();
        prop_assert_eq!(again.minor_units(&currency), Ok(amount));
    }

    #[test]
    fn never_panics(text in "[0-9.eE+\\-\"]{0,40}", other in ".{0,40}") {
        for text in [text, other] {
            for decimal in [Decimal::parse(&text), Decimal::parse_number(&text)].into_iter().flatten() {
                let _ = (decimal.minor_units(&currency("usd")), decimal.minor_units(&currency("kwd")));
            }
            let _ = serde_json::from_str::<Decimal>(&text);
        }
    }
}
