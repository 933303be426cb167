//! Parameters of payments alone: money, who is there, where the goods go.

use crate::error::ApiError;
use crate::form::Params;
use card_entry_protocol::money::{AmountError, Currency};
use serde_json::{Value, json};

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
    if amount == 0 {
        return Err(ApiError::bad_value(
            "parameter_invalid_integer",
            "amount",
            "This value must be greater than or equal to 1.",
        ));
    }
    let Some(currency) = Currency::parse(currency) else {
        return Ok(Some(amount));
    };
    let no = |code, words: &str| Err(ApiError::bad_value(code, "amount", words));
    match currency.charge(amount) {
        Ok(amount) => Ok(Some(amount.get())),
        Err(error @ AmountError::AboveMaximum(_)) => {
            no("amount_too_large", &error.sentence(&currency))
        }
        Err(error @ (AmountError::BelowMinimum(_) | AmountError::Zero)) => {
            no("amount_too_small", &error.sentence(&currency))
        }
        Err(error @ AmountError::TooPrecise) => {
            no("parameter_invalid_integer", &error.sentence(&currency))
        }
    }
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
