//! `/v1/account` and `/v1/accounts`: the account of the key, and the connected accounts a platform created.

use super::RequestContext;
use crate::error::ApiError;
use crate::metadata;
use crate::object::AccountProfile;
use crate::object::now;
use serde_json::{Value, json};

pub fn own(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    let account = ctx.account();
    Ok(account.profile.to_json(&account.id))
}

/// `GET /v1/accounts/:id`: the account itself, or one of its connected accounts.
pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    if ctx.account().id == id {
        return own(ctx);
    }
    ctx.connected_accounts()
        .into_iter()
        .find(|(found, _)| found == id)
        .map(|(_, object)| object)
        .ok_or_else(|| ApiError::account_invalid(id))
}

/// `POST /v1/accounts`: creates a connected account that can charge at once.
pub fn create(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "type",
        "country",
        "email",
        "business_type",
        "capabilities[*]",
        "controller[*]",
        "metadata[*]",
    ])?;
    if ctx.call.connected.is_some() {
        return Err(ApiError::invalid(
            "A connected account cannot make accounts of its own.",
        ));
    }
    let kind = params.choice("type", &["custom", "express", "standard"])?;
    let metadata = metadata::new(params)?;
    let id = format!("acct_{}", ctx.account().ids.alphanumeric(16));
    let profile = AccountProfile {
        created: now(),
        created_by_platform: true,
        kind: kind.or_else(|| Some("none".to_owned()).filter(|_| params.has_any("controller"))),
        country: params.text("country").map(str::to_ascii_uppercase),
        email: params.text("email").map(str::to_owned),
        metadata,
    };
    let object = profile.to_json(&id);
    ctx.add_connected_account(&id, profile);
    Ok(object)
}

/// `GET /v1/accounts`: the connected accounts, newest first, all on one page.
pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    ctx.params().allow(&["limit"])?;
    let data: Vec<Value> = ctx
        .connected_accounts()
        .into_iter()
        .map(|(_, object)| object)
        .collect();
    Ok(json!({ "object": "list", "url": "/v1/accounts", "has_more": false, "data": data }))
}
