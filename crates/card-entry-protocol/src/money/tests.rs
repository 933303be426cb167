//! Amounts and currencies: reading, each row of the tables, and properties of every currency.

use super::*;
use proptest::prelude::*;

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

#[test]
fn reads_amounts_of_plain_digits_only() {
    assert_eq!(MinorUnits::parse("1299").unwrap().get(), 1299);
    assert_eq!(
        MinorUnits::parse("999999999999").unwrap().get(),
        MinorUnits::MAX
    );
    for text in [
        "",
        "0",
        "-1",
        "+5",
        "NaN",
        "Infinity",
        "1e3",
        "0x10",
        "1.5",
        "１２",
        "1000000000000",
        " 1",
    ] {
        assert_eq!(MinorUnits::parse(text), None, "{text}");
    }
    assert_eq!(MinorUnits::parse(&"9".repeat(10_000)), None);
    assert_eq!(MinorUnits::new(0), None);
    assert_eq!(MinorUnits::new(u64::MAX), None);
}

#[test]
fn reads_known_currencies_only() {
    assert_eq!(currency("UsD").as_str(), "usd");
    for text in ["us", "usdd", "u$d", "usԁ", "", "xyz", "edaf"] {
        assert_eq!(Currency::parse(text), None, "{text}");
    }
    assert_eq!(Currency::all().count(), 140);
}

/// The decimals and the step of each currency where they are not 2 and 1, from Stripe's page on currencies.
#[test]
fn the_tables_are_stripe_s() {
    let special = |code: &str| match code {
        "bif" | "clp" | "djf" | "gnf" | "jpy" | "kmf" | "krw" | "mga" | "pyg" | "rwf" | "vnd"
        | "vuv" | "xaf" | "xof" | "xpf" => (0, 1),
        "ugx" | "isk" => (2, 100),
        "bhd" | "jod" | "kwd" | "omr" | "tnd" => (3, 10),
        _ => (2, 1),
    };
    for known in Currency::all() {
        let rule = (known.decimals(), known.step());
        assert_eq!(rule, special(known.as_str()), "{known:?}");
    }
    for (code, least) in [
        ("usd", Some("0.50")),
        ("eur", Some("0.50")),
        ("gbp", Some("0.30")),
        ("jpy", Some("50")),
        ("krw", Some("50")),
        ("sek", Some("3.00")),
        ("dkk", Some("2.50")),
        ("mxn", Some("10.00")),
        ("thb", Some("10.00")),
        ("czk", Some("15.00")),
        ("huf", Some("175.00")),
        ("hkd", Some("4.00")),
        ("aed", Some("2.00")),
        ("ugx", None),
        ("kwd", None),
    ] {
        let currency = currency(code);
        let shown = currency.min_charge().map(|least| currency.format(least));
        assert_eq!(shown.as_deref(), least, "{code}");
    }
    for (code, most) in [
        ("usd", "999999.99"),
        ("vnd", "99999999"),
        ("kwd", "99999.999"),
        ("idr", "9999999999.99"),
        ("cop", "99999999.99"),
        ("jpy", "9999999999"),
        ("inr", "9999999.99"),
    ] {
        let currency = currency(code);
        assert_eq!(currency.format(currency.max_amount()), most, "{code}");
    }
}

#[test]
fn an_invalid_amount_has_the_sentence_of_its_rule() {
    for (code, count, error, words) in [
        (
            "usd",
            0,
            AmountError::Zero,
            "The amount must be above zero.",
        ),
        (
            "usd",
            49,
            AmountError::BelowMinimum(50),
            "The amount is too small. The least is 0.50 USD.",
        ),
        (
            "usd",
            100_000_000,
            AmountError::AboveMaximum(99_999_999),
            "The amount is too large. The most is 999999.99 USD.",
        ),
        (
            "ugx",
            5001,
            AmountError::TooPrecise,
            "An amount in UGX has no fraction.",
        ),
        (
            "isk",
            500_050,
            AmountError::TooPrecise,
            "An amount in ISK has no fraction.",
        ),
        (
            "kwd",
            5124,
            AmountError::TooPrecise,
            "An amount in KWD has two decimals; a third must be 0.",
        ),
        (
            "huf",
            17_499,
            AmountError::BelowMinimum(17_500),
            "The amount is too small. The least is 175.00 HUF.",
        ),
    ] {
        let currency = currency(code);
        assert_eq!(currency.check_charge(count), Err(error), "{code} {count}");
        assert_eq!(error.sentence(&currency), words);
    }
    assert_eq!(
        currency("huf").check_charge(123_451).map(MinorUnits::get),
        Ok(123_451)
    );
    assert_eq!(
        currency("twd").check_charge(80_045).map(MinorUnits::get),
        Ok(80_045)
    );
    assert_eq!(
        currency("ugx").check_charge(5_000).map(MinorUnits::get),
        Ok(5_000)
    );
    // A partial capture has no minimum.
    assert_eq!(currency("usd").check_amount(1).map(MinorUnits::get), Ok(1));
}

fn any_currency() -> impl Strategy<Value = Currency> {
    proptest::sample::select(Currency::all().collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn reads_every_valid_amount(amount in 1..=MinorUnits::MAX) {
        prop_assert_eq!(MinorUnits::parse(&amount.to_string()).map(MinorUnits::get), Some(amount));
    }

    /// A formatted amount reads as the same amount, in every currency and of every size.
    #[test]
    fn a_formatted_amount_reads_as_the_same_amount(currency in any_currency(), steps in 1..=MinorUnits::MAX) {
        let count = steps % (currency.max_amount() / currency.step() + 1) * currency.step();
        let read = Decimal::parse(&currency.format(count)).unwrap().minor_units(&currency);
        prop_assert_eq!(read.map(MinorUnits::get), currency.check_amount(count).map(MinorUnits::get));
        prop_assert_eq!(read.is_ok(), count > 0);
    }

    /// Every accepted charge is a multiple of the step and within the limits; every other has a sentence.
    #[test]
    fn an_accepted_charge_follows_every_rule(currency in any_currency(), count in prop_oneof![0..200_000u64, any::<u64>()]) {
        let (min, max) = (currency.min_charge().unwrap_or(1), currency.max_amount());
        let fits = count % currency.step() == 0 && (min..=max).contains(&count);
        prop_assert_eq!(currency.check_charge(count).is_ok(), fits);
        if let Err(error) = currency.check_charge(count) {
            prop_assert!(error.sentence(&currency).ends_with('.'));
        }
    }

    #[test]
    fn never_panics(text in ".{0,12}") {
        let _ = (MinorUnits::parse(&text), Currency::parse(&text));
    }
}
