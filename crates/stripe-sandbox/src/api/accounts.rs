//! `/v1/account` and `/v1/accounts`: who one is, and the accounts a platform has made.

use super::Desk;
use crate::error::ApiError;
use crate::metadata;
use crate::object::Merchant;
use crate::object::now;
use serde_json::{Value, json};

pub fn own(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let account = desk.account();
    Ok(account.merchant.to_json(&account.id))
}

/// `GET /v1/accounts/:id`: one's own, or one of the platform's.
pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    if desk.account().id == id {
        return own(desk);
    }
    desk.connected()
        .into_iter()
        .find(|(known, _)| known == id)
        .map(|(_, shown)| shown)
        .ok_or_else(|| ApiError::no_access(id))
}

/// `POST /v1/accounts`: a connected account, ready to charge at once.
pub fn create(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "type",
        "country",
        "email",
        "business_type",
        "capabilities[*]",
        "controller[*]",
        "metadata[*]",
    ])?;
    if desk.call.connected.is_some() {
        return Err(ApiError::invalid(
            "A connected account cannot make accounts of its own.",
        ));
    }
    let kind = params.choice("type", &["custom", "express", "standard"])?;
    let metadata = metadata::new(params)?;
    let id = format!("acct_{}", desk.account().mint.letters(16));
    let merchant = Merchant {
        created: now(),
        made: true,
        kind: kind.or_else(|| Some("none".to_owned()).filter(|_| params.has_any("controller"))),
        country: params.text("country").map(str::to_ascii_uppercase),
        email: params.text("email").map(str::to_owned),
        metadata,
    };
    let shown = merchant.to_json(&id);
    desk.connect(&id, merchant);
    Ok(shown)
}

/// `GET /v1/accounts`: the platform's, newest first, all on one page.
pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    desk.params().allow(&["limit"])?;
    let data: Vec<Value> = desk
        .connected()
        .into_iter()
        .map(|(_, shown)| shown)
        .collect();
    Ok(json!({ "object": "list", "url": "/v1/accounts", "has_more": false, "data": data }))
}
