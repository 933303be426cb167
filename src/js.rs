//! Converts between trees and JavaScript values; checks that a message is plain, small and shallow before it is used.
//!
//! Called by the parent's wire and by the Stripe client. It must never recurse or run without a limit, nor read the
//! same key of an object twice.

use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use card_entry_protocol::tree::Tree;

/// How much of a value is read.
#[derive(Debug, Clone, Copy)]
pub struct ReadLimits {
    /// The maximum nesting of objects and lists.
    depth: u32,
    /// The maximum number of values in all.
    count: u32,
    /// The maximum length of a text, UTF-16 code units.
    text: u32,
    /// Whether a value that is not plain data is an error; otherwise it is read as null.
    strict: bool,
}

/// For messages. The deepest valid one is `settings.appearance.variables.accent` with five levels; the largest has
/// about forty values; the longest text is a consent of 600 characters.
pub const MESSAGE_LIMITS: ReadLimits = ReadLimits {
    depth: 7,
    count: 400,
    // Braintree's client token has a few thousand characters.
    text: if cfg!(feature = "braintree") {
        10_000
    } else {
        4_000
    },
    strict: true,
};

/// For Stripe's answers, which contain whole objects and sometimes instances of classes.
pub const ANSWER_LIMITS: ReadLimits = ReadLimits {
    depth: 12,
    count: 4_000,
    text: 20_000,
    strict: false,
};

/// Own keys that no valid message has; copying them could change a prototype.
const FORBIDDEN_KEYS: [&str; 3] = ["__proto__", "constructor", "prototype"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadError {
    /// Too large, too deep, or not plain data.
    Shape,
    /// A key that no valid message has.
    Key,
}

/// Whether this is an object as a literal or a structured clone makes it.
fn is_plain(value: &JsValue) -> bool {
    let prototype = JsValue::from(Object::get_prototype_of(value));
    prototype.is_null() || prototype == JsValue::from(Object::get_prototype_of(&Object::new()))
}

/// Reads a value.
///
/// # Errors
/// The value is too large, not plain data, or has a forbidden key.
pub fn read(from: &JsValue, mut limits: ReadLimits) -> Result<Tree, ReadError> {
    let depth = limits.depth;
    read_value(from, depth, &mut limits)
}

fn read_value(from: &JsValue, depth: u32, limits: &mut ReadLimits) -> Result<Tree, ReadError> {
    limits.count = limits.count.checked_sub(1).ok_or(ReadError::Shape)?;
    if let Some(text) = from.dyn_ref::<JsString>() {
        // The length is checked before a large text is copied.
        return if text.length() <= limits.text {
            Ok(Tree::Text(text.into()))
        } else {
            Err(ReadError::Shape)
        };
    }
    if from.is_null() || from.is_undefined() {
        return Ok(Tree::Null);
    }
    if let Some(flag) = from.as_bool() {
        return Ok(Tree::Flag(flag));
    }
    if let Some(number) = from.as_f64() {
        return Ok(Tree::Number(number));
    }
    if !from.is_object() {
        return if limits.strict {
            Err(ReadError::Shape)
        } else {
            Ok(Tree::Null)
        };
    }
    let inner = depth.checked_sub(1).ok_or(ReadError::Shape)?;
    if Array::is_array(from) {
        let array: &Array = from.unchecked_ref();
        if array.length() > limits.count {
            return Err(ReadError::Shape);
        }
        let mut items = Vec::new();
        for at in 0..array.length() {
            items.push(read_value(&array.get(at), inner, limits)?);
        }
        return Ok(Tree::List(items));
    }
    if limits.strict && !is_plain(from) {
        return Err(ReadError::Shape);
    }
    let keys = Reflect::own_keys(from).map_err(|_| ReadError::Shape)?;
    if keys.length() > limits.count {
        return Err(ReadError::Shape);
    }
    let mut entries = Vec::new();
    for at in 0..keys.length() {
        let key = keys.get(at);
        let Some(name) = key.as_string() else {
            continue;
        };
        if limits.strict && FORBIDDEN_KEYS.contains(&name.as_str()) {
            return Err(ReadError::Key);
        }
        let value = Reflect::get(from, &key).map_err(|_| ReadError::Shape)?;
        entries.push((name, read_value(&value, inner, limits)?));
    }
    Ok(Tree::Map(entries))
}

#[must_use]
pub fn write(value: &Tree) -> JsValue {
    match value {
        Tree::Null => JsValue::NULL,
        Tree::Flag(flag) => JsValue::from_bool(*flag),
        Tree::Number(number) => JsValue::from_f64(*number),
        Tree::Text(text) => JsValue::from_str(text),
        Tree::List(items) => {
            let array = Array::new();
            for item in items {
                array.push(&write(item));
            }
            array.into()
        }
        Tree::Map(entries) => {
            let object = Object::new();
            for (key, value) in entries {
                // Setting a key of a new object cannot fail.
                let _ = Reflect::set(&object, &JsValue::from_str(key), &write(value));
            }
            object.into()
        }
    }
}
