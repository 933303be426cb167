//! `metadata[…]` of any object: laid over what is there, emptied by `metadata=`, held to Stripe's limits.
//! Called by every file of the API that writes metadata, before it changes anything: what is refused leaves all as it was.
//!
//! Source: <https://docs.stripe.com/metadata>, "up to 50 keys, with key names up to 40 characters long and values up to
//! 500 characters long". The sentence about values is Stripe's; those about keys are written after it.

use crate::error::ApiError;
use crate::form::{Params, merge};
use serde_json::{Map, Value};

/// Most keys of one object.
const MAX_KEYS: usize = 50;
/// Most characters of a key.
const MAX_KEY_CHARS: usize = 40;
/// Most characters of a value.
const MAX_VALUE_CHARS: usize = 500;

/// Metadata: the merchant's own notes on an object.
pub type Metadata = Map<String, Value>;

/// The metadata of a new object.
///
/// # Errors
/// 400 for what is beyond Stripe's limits.
pub fn new(params: &Params) -> Result<Metadata, ApiError> {
    written(&Metadata::new(), params, "metadata")
}

/// What becomes of `current` by what the call gives under `name`: a key with an empty value is removed, and an empty
/// `name` itself removes every key.
///
/// # Errors
/// 400 for what is beyond Stripe's limits.
pub fn written(current: &Metadata, params: &Params, name: &str) -> Result<Metadata, ApiError> {
    let given = params.map(name);
    for (key, value) in &given {
        within(MAX_KEY_CHARS, key, name, "keys", "key")?;
        within(
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

fn within(most: usize, text: &str, name: &str, all: &str, one: &str) -> Result<(), ApiError> {
    let chars = text.chars().count();
    match chars > most {
        true => Err(ApiError::invalid_value(
            name,
            &format!(
                "Metadata {all} can have up to {most} characters, but you passed in a {one} that is {chars} characters. \
                 Invalid {one}: {text}"
            ),
        )),
        false => Ok(()),
    }
}
