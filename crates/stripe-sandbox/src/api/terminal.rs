//! `/v1/terminal`: connection tokens and locations. The calls of the reader itself are in [`crate::terminal`].

use super::RequestContext;
use crate::error::ApiError;
use crate::metadata;
use crate::object::terminal::TerminalLocation;
use serde_json::{Value, json};

/// `POST /v1/terminal/connection_tokens`. A token is valid for one connection.
pub fn create_token(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&["location"])?;
    let location = match params.text("location") {
        Some(id) => Some(find(ctx, id)?.id.clone()),
        None => None,
    };
    let account = ctx.account();
    let letters = account.ids.alphanumeric(32);
    let secret = format!("pst_test_{letters}{}", account.ids.alphanumeric(12));
    account
        .terminal
        .tokens
        .insert(secret.clone(), location.clone());
    let mut token = json!({ "object": "terminal.connection_token", "secret": secret });
    if let (Some(location), Some(members)) = (location, token.as_object_mut()) {
        members.insert("location".to_owned(), location.into());
    }
    Ok(token)
}

pub fn create_location(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&["address[*]", "display_name", "metadata[*]"])?;
    let display_name = params.required("display_name")?.to_owned();
    params.required("address[country]")?;
    let metadata = metadata::new(params)?;
    let id = ctx.account().ids.id("tml");
    let location = TerminalLocation {
        id: id.clone(),
        display_name,
        address: params.map("address"),
        metadata,
    };
    let object = location.to_json();
    ctx.account().terminal.locations.put(&id, location);
    Ok(object)
}

pub fn retrieve_location(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    find(ctx, id).map(|location| location.to_json())
}

pub fn list_locations(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&["limit", "starting_after", "ending_before"])?;
    let locations = &ctx.account().terminal.locations;
    locations.page(
        params,
        "/v1/terminal/locations",
        |_| true,
        TerminalLocation::to_json,
    )
}

fn find<'d>(
    ctx: &'d mut RequestContext<'_>,
    id: &str,
) -> Result<&'d mut TerminalLocation, ApiError> {
    ctx.account()
        .terminal
        .locations
        .get_mut(id)
        .ok_or_else(|| ApiError::resource_missing("location", id, "location"))
}
