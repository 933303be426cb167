//! `/v1/terminal`: tokens for the Terminal script, and locations. What the reader itself does comes
//! through [`crate::terminal`].

use super::Desk;
use crate::error::ApiError;
use crate::metadata;
use crate::object::terminal::Location;
use serde_json::{Value, json};

/// `POST /v1/terminal/connection_tokens`. Each is good for one connection.
pub fn create_token(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["location"])?;
    let location = match params.text("location") {
        Some(id) => Some(known(desk, id)?.id.clone()),
        None => None,
    };
    let account = desk.account();
    let letters = account.mint.letters(32);
    let secret = format!("pst_test_{letters}{}", account.mint.letters(12));
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

pub fn create_location(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["address[*]", "display_name", "metadata[*]"])?;
    let display_name = params.need("display_name")?.to_owned();
    params.need("address[country]")?;
    let metadata = metadata::new(params)?;
    let id = desk.account().mint.id("tml");
    let location = Location {
        id: id.clone(),
        display_name,
        address: params.map("address"),
        metadata,
    };
    let shown = location.to_json();
    desk.account().terminal.locations.put(&id, location);
    Ok(shown)
}

pub fn retrieve_location(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    known(desk, id).map(|location| location.to_json())
}

pub fn list_locations(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["limit", "starting_after", "ending_before"])?;
    let locations = &desk.account().terminal.locations;
    locations.page(
        params,
        "/v1/terminal/locations",
        |_| true,
        Location::to_json,
    )
}

fn known<'d>(desk: &'d mut Desk<'_>, id: &str) -> Result<&'d mut Location, ApiError> {
    desk.account()
        .terminal
        .locations
        .get_mut(id)
        .ok_or_else(|| ApiError::missing("location", id, "location"))
}
