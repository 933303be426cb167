//! `/v1/confirmation_tokens`: made in browsers, or by a server's tests, and used up by one confirmation.

use super::payment_params::shipping;
use super::{Desk, new_card, payment_methods};
use crate::error::ApiError;
use crate::object::{ConfirmationToken, now};
use serde_json::Value;

pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "mandate_data[*]",
        "payment_method",
        "payment_method_data[*]",
        "return_url",
        "set_as_default_payment_method",
        "setup_future_usage",
        "shipping[*]",
    ])?;
    let future = params.choice("setup_future_usage", &["off_session", "on_session"])?;
    let shipping = shipping(params)?;
    let (draft, saved) = match params.text("payment_method") {
        Some(id) => {
            let id = new_card::resolve(desk, id)?;
            let draft = payment_methods::known(desk, &id)?.clone();
            let saved = draft.customer().is_some().then_some(id);
            (draft, saved)
        }
        None if params.has_any("payment_method_data") => {
            (new_card::draft(desk, "payment_method_data")?, None)
        }
        None => return Err(ApiError::parameter_missing("payment_method_data")),
    };
    let token = ConfirmationToken {
        id: desk.account().mint.id("ctoken"),
        created: now(),
        draft,
        saved,
        return_url: params.text("return_url").map(str::to_owned),
        setup_future_usage: future,
        shipping,
        used_by: None,
        use_stripe_sdk: params.flag("use_stripe_sdk")?,
    };
    let shown = token.to_json(desk.rights());
    let id = token.id.clone();
    desk.account().confirmation_tokens.put(&id, token);
    Ok(shown)
}

pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let rights = desk.rights();
    Ok(known(desk, id)?.to_json(rights))
}

/// Uses a token up for `intent`; returns its payment method's id.
pub fn redeem(desk: &mut Desk<'_>, id: &str, intent: Option<&str>) -> Result<String, ApiError> {
    let token = known(desk, id)?;
    if token.used_by.is_some() {
        return Err(ApiError::bad_value(
            "token_already_used",
            "confirmation_token",
            &format!("The ConfirmationToken {id} has already been used."),
        ));
    }
    if !token.is_fresh(now()) {
        return Err(
            ApiError::invalid(&format!("The ConfirmationToken {id} has expired."))
                .param("confirmation_token"),
        );
    }
    token.used_by = intent.map(str::to_owned);
    let token = token.clone();
    match token.saved {
        Some(method) => Ok(method),
        None => Ok(new_card::keep(desk, token.draft)),
    }
}

pub fn known<'d>(desk: &'d mut Desk<'_>, id: &str) -> Result<&'d mut ConfirmationToken, ApiError> {
    desk.account()
        .confirmation_tokens
        .get_mut(id)
        .ok_or_else(|| ApiError::missing("confirmation_token", id, "confirmation_token"))
}
