//! `/v1/confirmation_tokens`: created by a browser or a test helper, and valid for one confirmation.

use super::payment_params::shipping;
use super::{RequestContext, payment_method_data, payment_methods};
use crate::error::ApiError;
use crate::object::{ConfirmationToken, now};
use serde_json::Value;

pub fn create(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
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
            let id = payment_method_data::resolve(ctx, id)?;
            let draft = payment_methods::find(ctx, &id)?.clone();
            let saved = draft.customer().is_some().then_some(id);
            (draft, saved)
        }
        None if params.has_any("payment_method_data") => (
            payment_method_data::draft(ctx, "payment_method_data")?,
            None,
        ),
        None => return Err(ApiError::parameter_missing("payment_method_data")),
    };
    let token = ConfirmationToken {
        id: ctx.account().ids.id("ctoken"),
        created: now(),
        draft,
        saved,
        return_url: params.text("return_url").map(str::to_owned),
        setup_future_usage: future,
        shipping,
        used_by: None,
        use_stripe_sdk: params.boolean("use_stripe_sdk")?,
    };
    let object = token.to_json(ctx.rights());
    let id = token.id.clone();
    ctx.account().confirmation_tokens.put(&id, token);
    Ok(object)
}

pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    let rights = ctx.rights();
    Ok(find(ctx, id)?.to_json(rights))
}

/// Marks the token as used by `intent`. Returns the id of its payment method.
///
/// # Errors
/// 400 for a token that was used or has expired.
pub fn consume(
    ctx: &mut RequestContext<'_>,
    id: &str,
    intent: Option<&str>,
) -> Result<String, ApiError> {
    let token = find(ctx, id)?;
    if token.used_by.is_some() {
        return Err(ApiError::bad_value(
            "token_already_used",
            "confirmation_token",
            &format!("The ConfirmationToken {id} has already been used."),
        ));
    }
    if !token.is_valid_at(now()) {
        return Err(
            ApiError::invalid(&format!("The ConfirmationToken {id} has expired."))
                .param("confirmation_token"),
        );
    }
    token.used_by = intent.map(str::to_owned);
    let token = token.clone();
    match token.saved {
        Some(method) => Ok(method),
        None => Ok(payment_method_data::store(ctx, token.draft)),
    }
}

pub fn find<'d>(
    ctx: &'d mut RequestContext<'_>,
    id: &str,
) -> Result<&'d mut ConfirmationToken, ApiError> {
    ctx.account()
        .confirmation_tokens
        .get_mut(id)
        .ok_or_else(|| ApiError::resource_missing("confirmation_token", id, "confirmation_token"))
}
