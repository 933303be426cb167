//! `metadata[…]` of any object: merged into the current metadata, emptied by `metadata=`, and limited as at Stripe.
//! Called by every file of the API that writes metadata. It must be called before the object is changed, so that a
//! refused call changes nothing.
//!
//! Source: <https://docs.stripe.com/metadata>, "up to 50 keys, with key names up to 40 characters long and values up to
//! 500 characters long". The message about values is Stripe's; those about keys are similar to it.

use crate::error::ApiError;
use crate::form::{Params, merge};
use serde_json::{Map, Value};

const MAX_KEYS: usize = 50;
const MAX_KEY_CHARS: usize = 40;
const MAX_VALUE_CHARS: usize = 500;

pub type Metadata = Map<String, Value>;

/// The metadata of a new object.
///
/// # Errors
/// 400 for metadata beyond Stripe's limits.
pub fn new(params: &Params) -> Result<Metadata, ApiError> {
    merged(&Metadata::new(), params, "metadata")
}

/// `current` with the changes that the call gives under `name`. A key with an empty value is removed; an empty `name`
/// removes every key.
///
/// # Errors
/// 400 for metadata beyond Stripe's limits.
pub fn merged(current: &Metadata, params: &Params, name: &str) -> Result<Metadata, ApiError> {
    let given = params.map(name);
    for (key, value) in &given {
        check_length(MAX_KEY_CHARS, key, name, "keys", "key")?;
        check_length(
            MAX_VALUE_CHARS,
            value.as_str().unwrap_or_default(),
            name,
            "values",
            "value",
        )?;
    }
    let mut metadata = match params.raw(name) {
        Some("") => Metadata::new(),
        _ => current.clone(),
    };
    merge(&mut metadata, given);
    match metadata.len() > MAX_KEYS {
        true => Err(ApiError::invalid_value(
            name,
            &format!(
                "Metadata can have up to {MAX_KEYS} keys, but this object would have {}.",
                metadata.len()
            ),
        )),
        false => Ok(metadata),
    }
}

fn check_length(max: usize, text: &str, name: &str, all: &str, one: &str) -> Result<(), ApiError> {
    let chars = text.chars().count();
    match chars > max {
        true => Err(ApiError::invalid_value(
            name,
            &format!(
                "Metadata {all} can have up to {max} characters, but you passed in a {one} that is {chars} characters. \
                 Invalid {one}: {text}"
            ),
        )),
        false => Ok(()),
    }
}
