//! Checks and formats amounts as Stripe does, with the currencies of [`card_entry_protocol::money`]. Called for every
//! amount and currency of the API, by the bank's page and by the checkout page. An invalid amount must never be stored.
//!
//! Sources: <https://docs.stripe.com/currencies> and <https://docs.stripe.com/error-codes>. The message about an amount
//! that is not a multiple of its currency's step is the sandbox's own; the others follow Stripe's.

use crate::error::ApiError;
use card_entry_protocol::money::{AmountError, Currency};

/// The currency with the code `text`, in upper or lower case.
///
/// # Errors
/// 400 for an unknown code.
pub fn currency(text: &str, param: &str) -> Result<Currency, ApiError> {
    Currency::parse(text).ok_or_else(|| {
        let formatted: String = text.to_ascii_lowercase().chars().take(20).collect();
        let known: Vec<String> = Currency::all()
            .map(|currency| currency.as_str().to_owned())
            .filter(|code| code != "usd")
            .collect();
        ApiError::invalid_value(
            param,
            &format!(
                "Invalid currency: {formatted}. Stripe currently supports these currencies: usd, {}",
                known.join(", ")
            ),
        )
    })
}

/// Checks an amount, in minor units, that is to be charged.
///
/// # Errors
/// 400 `amount_too_small`, `amount_too_large` or `parameter_invalid_integer`.
pub fn charge(amount: u64, currency: &Currency, param: &str) -> Result<u64, ApiError> {
    currency
        .check_charge(amount)
        .map(|amount| amount.get())
        .map_err(|error| amount_error(error, currency, param))
}

/// Checks a partial amount, in minor units: a captured or refunded amount, or the price of an item.
///
/// # Errors
/// 400 `amount_too_large` or `parameter_invalid_integer`.
pub fn part(amount: u64, currency: &str, param: &str) -> Result<u64, ApiError> {
    let currency = self::currency(currency, "currency")?;
    currency
        .check_amount(amount)
        .map(|amount| amount.get())
        .map_err(|error| amount_error(error, &currency, param))
}

/// Checks the total of a checkout session, in minor units.
///
/// # Errors
/// 400 `amount_too_small`, `amount_too_large` or `parameter_invalid_integer`.
pub fn total(amount: u64, currency: &Currency, param: &str) -> Result<(), ApiError> {
    match currency.check_charge(amount) {
        Ok(_) => Ok(()),
        Err(AmountError::BelowMinimum(min)) => Err(ApiError::bad_value(
            "amount_too_small",
            param,
            &format!(
                "The Checkout Session's total amount due must add up to at least {} {}",
                format_with_sign(min, currency),
                currency.as_str()
            ),
        )),
        Err(error) => Err(amount_error(error, currency, param)),
    }
}

/// Formats an amount for the bank's page: `150000`, `huf` is `1500.00 HUF`.
#[must_use]
pub fn format_with_code(amount: u64, code: &str) -> String {
    match Currency::parse(code) {
        Some(currency) => format!("{} {}", currency.format(amount), code.to_uppercase()),
        None => format!("{amount} {}", code.to_uppercase()),
    }
}

fn amount_error(error: AmountError, currency: &Currency, param: &str) -> ApiError {
    let (code, message) = match error {
        AmountError::Zero => (
            "parameter_invalid_integer",
            "This value must be greater than or equal to 1.".to_owned(),
        ),
        AmountError::TooPrecise => (
            "parameter_invalid_integer",
            format!(
                "Invalid integer: amounts in {} must be a multiple of {}.",
                currency.as_str(),
                currency.step()
            ),
        ),
        AmountError::BelowMinimum(min) => (
            "amount_too_small",
            format!(
                "Amount must be at least {} {}",
                format_with_sign(min, currency),
                currency.as_str()
            ),
        ),
        AmountError::AboveMaximum(max) => (
            "amount_too_large",
            format!(
                "Amount must be no more than {}",
                format_with_sign(max, currency)
            ),
        ),
    };
    ApiError::bad_value(code, param, &message)
}

fn format_with_sign(amount: u64, currency: &Currency) -> String {
    let sign = match currency.as_str() {
        "usd" => "$",
        "eur" => "€",
        "gbp" => "£",
        "jpy" => "¥",
        _ => "",
    };
    let text = currency.format(amount);
    let (whole, minor) = match text.split_once('.') {
        Some((whole, minor)) => (whole, format!(".{minor}")),
        None => (text.as_str(), String::new()),
    };
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{minor}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn amounts_are_shown_by_their_currency() {
        for (amount, code, words_of, shown_as) in [
            (99_999_999, "usd", "999999.99 USD", "$999,999.99"),
            (50, "jpy", "50 JPY", "¥50"),
            (1_500_000, "ugx", "15000.00 UGX", "15,000.00"),
            (123_450, "huf", "1234.50 HUF", "1,234.50"),
            (1_230, "kwd", "1.230 KWD", "1.230"),
            (5, "eur", "0.05 EUR", "€0.05"),
        ] {
            assert_eq!(format_with_code(amount, code), words_of);
            assert_eq!(
                format_with_sign(amount, &Currency::parse(code).unwrap()),
                shown_as
            );
        }
    }
}
