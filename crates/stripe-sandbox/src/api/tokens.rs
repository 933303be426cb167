//! `/v1/tokens`: cards only, each good for one use.

use super::{Desk, new_card};
use crate::error::ApiError;
use crate::object::{PaymentMethod, Token, now};
use crate::readymade::card_behind;
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

/// Members of a token's card, and what they are called in billing details.
const ADDRESS: &[(&str, &str)] = &[
    ("address_line1", "line1"),
    ("address_line2", "line2"),
    ("address_city", "city"),
    ("address_state", "state"),
    ("address_zip", "postal_code"),
    ("address_country", "country"),
];

pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
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
    let mut draft = new_card::draft_of(desk, "card")?;
    if let Some(name) = params.text("card[name]") {
        draft.billing.insert("name".to_owned(), name.into());
    }
    for (name, part) in ADDRESS {
        if let Some(text) = params.text(&format!("card[{name}]")) {
            draft.address.insert((*part).to_owned(), text.into());
        }
    }
    let rights = desk.rights();
    Ok(keep(desk, draft).to_json(rights))
}

fn keep(desk: &mut Desk<'_>, draft: PaymentMethod) -> Token {
    let account = desk.account();
    let token = Token {
        id: account.mint.id("tok"),
        card_id: account.mint.id("card"),
        created: now(),
        draft,
        used: false,
    };
    account.tokens.put(&token.id, token.clone());
    token
}

/// `GET /v1/tokens/:id`; of a ready-made one a new token is shown.
pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let rights = desk.rights();
    if let Some(card) = card_behind(id) {
        let draft = new_card::readymade(desk, card);
        return Ok(keep(desk, draft).to_json(rights));
    }
    desk.account()
        .tokens
        .get(id)
        .map(|token| token.to_json(rights))
        .ok_or_else(|| ApiError::missing("token", id, "token"))
}

/// Uses a token up: the card inside. A ready-made one, `tok_visa` and its kind, never wears out.
pub fn redeem(desk: &mut Desk<'_>, id: &str, param: &str) -> Result<PaymentMethod, ApiError> {
    if let Some(card) = card_behind(id) {
        return Ok(new_card::readymade(desk, card));
    }
    let token = desk
        .account()
        .tokens
        .get_mut(id)
        .ok_or_else(|| ApiError::missing("token", id, param))?;
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
