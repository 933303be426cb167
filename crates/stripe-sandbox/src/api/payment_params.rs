//! The parameters that only payments have: amount, currency, `off_session` and `shipping`.

use crate::error::ApiError;
use crate::form::Params;
use crate::money;
use serde_json::{Value, json};

/// The ISO 4217 code in lower case.
pub fn currency(text: &str) -> Result<String, ApiError> {
    money::currency(text, "currency").map(|currency| currency.as_str().to_owned())
}

pub fn given_amount(params: &Params, code: &str) -> Result<Option<u64>, ApiError> {
    match params.integer("amount")? {
        None => Ok(None),
        Some(amount) => {
            money::charge(amount, &money::currency(code, "currency")?, "amount").map(Some)
        }
    }
}

/// `off_session`: `true`, or a reason such as `recurring`. Then nobody is there to authenticate.
pub fn off_session(params: &Params) -> Result<bool, ApiError> {
    match params.text("off_session") {
        Some("one_off" | "recurring") => Ok(true),
        _ => params.boolean("off_session"),
    }
}

/// The JSON object of `shipping[…]`; `null` without it.
pub fn shipping(params: &Params) -> Result<Value, ApiError> {
    if !params.has_any("shipping") {
        return Ok(Value::Null);
    }
    let name = params.required("shipping[name]")?;
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
