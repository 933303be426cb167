//! `/v1/tokens`: creates and retrieves card tokens. A token must never be accepted twice.

use super::{RequestContext, payment_method_data};
use crate::error::ApiError;
use crate::object::{CardToken, PaymentMethod, now};
use crate::test_tokens::test_card_of;
use serde_json::Value;

const WRITABLE: &[&str] = &[
    "card[number]",
    "card[exp_month]",
    "card[exp_year]",
    "card[cvc]",
    "card[currency]",
    "card[networks][preferred]",
    "card[name]",
    "card[address_line1]",
    "card[address_line2]",
    "card[address_city]",
    "card[address_state]",
    "card[address_zip]",
    "card[address_country]",
];

/// The address members of a token's card, with their names in `billing_details`.
const ADDRESS: &[(&str, &str)] = &[
    ("address_line1", "line1"),
    ("address_line2", "line2"),
    ("address_city", "city"),
    ("address_state", "state"),
    ("address_zip", "postal_code"),
    ("address_country", "country"),
];

pub fn create(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    for kind in ["account", "bank_account", "cvc_update", "person", "pii"] {
        if params.has_any(kind) {
            return Err(
                ApiError::not_modelled(&format!("tokens of the type '{kind}'")).param(kind),
            );
        }
    }
    params.allow(WRITABLE)?;
    if !params.has_any("card") {
        return Err(ApiError::parameter_missing("card"));
    }
    let mut draft = payment_method_data::draft_from_card(ctx, "card")?;
    if let Some(name) = params.text("card[name]") {
        draft.billing.insert("name".to_owned(), name.into());
    }
    for (name, part) in ADDRESS {
        if let Some(text) = params.text(&format!("card[{name}]")) {
            draft.address.insert((*part).to_owned(), text.into());
        }
    }
    let rights = ctx.rights();
    Ok(store(ctx, draft).to_json(rights))
}

fn store(ctx: &mut RequestContext<'_>, draft: PaymentMethod) -> CardToken {
    let account = ctx.account();
    let token = CardToken {
        id: account.ids.id("tok"),
        card_id: account.ids.id("card"),
        created: now(),
        draft,
        used: false,
    };
    account.tokens.put(&token.id, token.clone());
    token
}

/// `GET /v1/tokens/:id`; for a test token such as `tok_visa` a new token is created.
pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    let rights = ctx.rights();
    if let Some(card) = test_card_of(id) {
        let draft = payment_method_data::from_test_card(ctx, card);
        return Ok(store(ctx, draft).to_json(rights));
    }
    ctx.account()
        .tokens
        .get(id)
        .map(|token| token.to_json(rights))
        .ok_or_else(|| ApiError::resource_missing("token", id, "token"))
}

/// Marks a token as used. Returns its card. A test token such as `tok_visa` can be used any number of times.
///
/// # Errors
/// 404 for an unknown token, 400 `token_already_used`.
pub fn consume(
    ctx: &mut RequestContext<'_>,
    id: &str,
    param: &str,
) -> Result<PaymentMethod, ApiError> {
    if let Some(card) = test_card_of(id) {
        return Ok(payment_method_data::from_test_card(ctx, card));
    }
    let token = ctx
        .account()
        .tokens
        .get_mut(id)
        .ok_or_else(|| ApiError::resource_missing("token", id, param))?;
    if token.used {
        return Err(ApiError::bad_value(
            "token_already_used",
            param,
            &format!("You cannot use a Stripe token more than once: {id}."),
        ));
    }
    token.used = true;
    Ok(token.draft.clone())
}
