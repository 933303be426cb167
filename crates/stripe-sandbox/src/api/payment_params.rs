//! Parameters of payments alone: money, who is there, where the goods go.

use crate::error::ApiError;
use crate::form::Params;
use serde_json::{Value, json};

/// Stripe's largest amount: eight digits.
const AMOUNT_MAX: u64 = 99_999_999;

/// Stripe's smallest amounts, in minor units, where it names one.
const AMOUNT_MIN: &[(&str, u64)] = &[
    ("aud", 50),
    ("brl", 50),
    ("cad", 50),
    ("chf", 50),
    ("dkk", 250),
    ("eur", 50),
    ("gbp", 30),
    ("jpy", 50),
    ("nok", 300),
    ("nzd", 50),
    ("sek", 300),
    ("usd", 50),
];

/// A currency's three letters, lower case.
pub fn currency(text: &str) -> Result<String, ApiError> {
    let currency = text.to_ascii_lowercase();
    match currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_lowercase()) {
        true => Ok(currency),
        false => Err(ApiError::invalid(&format!("Invalid currency: {currency}")).param("currency")),
    }
}

/// `amount`, within Stripe's bounds.
pub fn given_amount(params: &Params, currency: &str) -> Result<Option<u64>, ApiError> {
    let Some(amount) = params.integer("amount")? else {
        return Ok(None);
    };
    let least = AMOUNT_MIN
        .iter()
        .find(|(known, _)| *known == currency)
        .map_or(1, |(_, least)| *least);
    if amount == 0 {
        return Err(ApiError::bad_value(
            "parameter_invalid_integer",
            "amount",
            "This value must be greater than or equal to 1.",
        ));
    }
    if amount < least {
        return Err(ApiError::bad_value(
            "amount_too_small",
            "amount",
            &format!("Amount must be at least {least} in the smallest unit of {currency}."),
        ));
    }
    if amount > AMOUNT_MAX {
        return Err(ApiError::bad_value(
            "amount_too_large",
            "amount",
            &format!("Amount must be no more than {AMOUNT_MAX}."),
        ));
    }
    Ok(Some(amount))
}

/// Whether nobody is there to authenticate: `true`, or a reason such as `recurring`.
pub fn off_session(params: &Params) -> Result<bool, ApiError> {
    match params.text("off_session") {
        Some("one_off" | "recurring") => Ok(true),
        _ => params.flag("off_session"),
    }
}

/// `shipping[…]`; `null` when nothing of it is given.
pub fn shipping(params: &Params) -> Result<Value, ApiError> {
    if !params.has_any("shipping") {
        return Ok(Value::Null);
    }
    let name = params.need("shipping[name]")?;
    let line = |part: &str| params.text(&format!("shipping[address][{part}]"));
    let text = |part: &str| params.text(&format!("shipping[{part}]"));
    Ok(json!({
        "address": {
            "city": line("city"), "country": line("country"), "line1": line("line1"),
            "line2": line("line2"), "postal_code": line("postal_code"), "state": line("state"),
        },
        "carrier": text("carrier"),
        "name": name,
        "phone": text("phone"),
        "tracking_number": text("tracking_number"),
    }))
}
