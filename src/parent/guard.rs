//! A look at a message before anything reads it: plain, small and shallow, or dropped.
//!
//! Called by [`super::Parent`] on every message. It must never call a getter of a foreign object twice, recurse without
//! a limit, or keep what it saw.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Why a message was dropped; the words of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drop {
    /// Made by a script and not by the browser.
    Untrusted,
    /// From an origin that is not listed.
    Origin,
    /// Another frame's channel, or another version.
    Channel,
    /// Not a plain, small object.
    Shape,
    /// Not of the form its type has.
    Schema,
    /// Right, but not now.
    State,
}

impl Drop {
    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Untrusted => "untrusted",
            Self::Origin => "origin",
            Self::Channel => "channel",
            Self::Shape => "shape",
            Self::Schema => "schema",
            Self::State => "state",
        }
    }
}

/// The deepest message is `settings.appearance.variables.accent`: five, and two to spare.
const DEEPEST: u32 = 7;

/// The largest honest message holds some forty values.
const MOST: u32 = 400;

/// The longest honest text is a consent of 600 characters.
const LONGEST: u32 = 4_000;

/// Own keys no honest message has, and which turn a copy into an attack.
const FORBIDDEN: [&str; 3] = ["__proto__", "constructor", "prototype"];

/// Whether this is an object a literal makes: what a structured clone of one is, too.
fn is_plain(value: &JsValue) -> bool {
    let prototype = JsValue::from(Object::get_prototype_of(value));
    prototype.is_null() || prototype == JsValue::from(Object::get_prototype_of(&Object::new()))
}

fn walk(value: &JsValue, depth: u32, left: &mut u32) -> Result<(), Drop> {
    *left = left.checked_sub(1).ok_or(Drop::Shape)?;
    if let Some(text) = value.dyn_ref::<js_sys::JsString>() {
        return if text.length() <= LONGEST {
            Ok(())
        } else {
            Err(Drop::Shape)
        };
    }
    if value.is_null()
        || value.is_undefined()
        || value.as_bool().is_some()
        || value.as_f64().is_some()
    {
        return Ok(());
    }
    if !value.is_object() || depth == 0 {
        return Err(Drop::Shape);
    }
    if Array::is_array(value) {
        let array: &Array = value.unchecked_ref();
        if array.length() > *left {
            return Err(Drop::Shape);
        }
        return array
            .iter()
            .try_for_each(|item| walk(&item, depth - 1, left));
    }
    if !is_plain(value) {
        return Err(Drop::Shape);
    }
    let keys = Reflect::own_keys(value).map_err(|_| Drop::Shape)?;
    if keys.length() > *left {
        return Err(Drop::Shape);
    }
    keys.iter().try_for_each(|key| {
        let name = key.as_string().ok_or(Drop::Shape)?;
        if FORBIDDEN.contains(&name.as_str()) {
            return Err(Drop::Schema);
        }
        let inner = Reflect::get(value, &key).map_err(|_| Drop::Shape)?;
        walk(&inner, depth - 1, left)
    })
}

/// Passes plain, small, shallow objects.
///
/// # Errors
/// Why the message is to be dropped.
pub fn check(data: &JsValue) -> Result<(), Drop> {
    if !data.is_object() || Array::is_array(data) {
        return Err(Drop::Shape);
    }
    let mut left = MOST;
    walk(data, DEEPEST, &mut left)
}
