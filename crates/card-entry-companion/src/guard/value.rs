//! Reads a JavaScript value as a plain tree. Only small plain objects pass.
//!
//! Called by [`crate::frame`] for messages and by [`crate::wallet_api`] for responses. It must never read more than its
//! [`ValueLimits`] allow, so that no message, however deep, wide or cyclic, takes more than a moment.

use card_entry_protocol::number::contains_card_number;
use card_entry_protocol::tree::Tree;
use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::DropReason;

/// The largest value that is read.
#[derive(Debug, Clone, Copy)]
pub struct ValueLimits {
    /// Levels of nested objects and arrays.
    pub max_depth: u8,
    /// Keys of one object, and items of one array.
    pub max_keys: u32,
    /// Values in total, at all levels.
    pub max_values: u32,
    /// Length of all texts together, in UTF-16 code units.
    pub max_text_units: u32,
    /// Whether a text that looks like a card number rejects the whole value. `false` for responses of a wallet API:
    /// their e-mail addresses and names can contain thirteen digits that pass the check by chance.
    pub refuse_card_numbers: bool,
}

/// The limits of a message of the frame: the largest has three levels, six keys per level and two sentences.
pub const MESSAGE_LIMITS: ValueLimits = ValueLimits {
    max_depth: 4,
    max_keys: 24,
    max_values: 96,
    max_text_units: 4096,
    refuse_card_numbers: true,
};

/// The limits of a page's settings: a consent text of 600 characters and a dozen texts. Never more than the frame
/// reads. A text with a card number is reported by the settings parser, and removed before the settings are sent.
pub const SETTINGS_LIMITS: ValueLimits = ValueLimits {
    max_depth: 4,
    max_keys: 48,
    max_values: 256,
    max_text_units: 4000,
    refuse_card_numbers: false,
};

/// The limits of a response of a wallet API, see [`read_response`]. The size of the body is limited before it is
/// parsed.
pub const RESPONSE_LIMITS: ValueLimits = ValueLimits {
    max_depth: 8,
    max_keys: 200,
    max_values: 8192,
    max_text_units: 65_536,
    refuse_card_numbers: false,
};

/// Keys that change the prototype of an object into which careless code copies them.
const FORBIDDEN_KEYS: [&str; 3] = ["__proto__", "constructor", "prototype"];

/// Why a value was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RejectedValue {
    /// The reason for the drop count.
    pub reason: DropReason,
    /// Whether it contained what looks like a card number. The frame never sends one, so it is an alarm.
    pub card_number: bool,
}

const BAD_SHAPE: RejectedValue = RejectedValue {
    reason: DropReason::Shape,
    card_number: false,
};
const BAD_SCHEMA: RejectedValue = RejectedValue {
    reason: DropReason::Schema,
    card_number: false,
};
const HOLDS_CARD_NUMBER: RejectedValue = RejectedValue {
    reason: DropReason::Schema,
    card_number: true,
};

/// Reads a plain object within the limits.
///
/// # Errors
/// The first rule that the value breaks.
pub fn read(value: &JsValue, limits: ValueLimits) -> Result<Tree, RejectedValue> {
    if !is_plain(value) {
        return Err(BAD_SHAPE);
    }
    ValueReader::within(limits).object(value, limits.max_depth)
}

/// Reads the body of a response. Unlike [`read()`] it accepts a list: some wallet APIs return one without an object.
///
/// # Errors
/// The first rule that the value breaks.
pub fn read_response(value: &JsValue) -> Result<Tree, RejectedValue> {
    if Array::is_array(value) {
        ValueReader::within(RESPONSE_LIMITS).value(value, RESPONSE_LIMITS.max_depth)
    } else {
        read(value, RESPONSE_LIMITS)
    }
}

/// Whether this is a plain object, as an object literal creates it: no array, date, map, blob, buffer or class
/// instance.
fn is_plain(value: &JsValue) -> bool {
    if !value.is_object() || Array::is_array(value) {
        return false;
    }
    let prototype = Object::get_prototype_of(value);
    prototype.is_null() || Object::get_prototype_of(prototype.as_ref()).is_null()
}

struct ValueReader {
    values_left: u32,
    text_units_left: u32,
    max_keys: u32,
    refuse_card_numbers: bool,
}

impl ValueReader {
    fn within(limits: ValueLimits) -> Self {
        Self {
            values_left: limits.max_values,
            text_units_left: limits.max_text_units,
            max_keys: limits.max_keys,
            refuse_card_numbers: limits.refuse_card_numbers,
        }
    }

    fn object(&mut self, value: &JsValue, depth: u8) -> Result<Tree, RejectedValue> {
        let keys = Reflect::own_keys(value).map_err(|_| BAD_SHAPE)?;
        if keys.length() > self.max_keys {
            return Err(BAD_SHAPE);
        }
        let mut entries = Vec::new();
        for key in keys.iter() {
            let name = key
                .as_string()
                .filter(|name| name.len() <= 64)
                .ok_or(BAD_SHAPE)?;
            if FORBIDDEN_KEYS.contains(&name.as_str()) {
                return Err(BAD_SCHEMA);
            }
            let inner = Reflect::get(value, &key).map_err(|_| BAD_SHAPE)?;
            entries.push((name, self.value(&inner, depth)?));
        }
        Ok(Tree::Map(entries))
    }

    fn value(&mut self, value: &JsValue, depth: u8) -> Result<Tree, RejectedValue> {
        self.values_left = self.values_left.checked_sub(1).ok_or(BAD_SHAPE)?;
        if let Some(text) = value.dyn_ref::<JsString>() {
            self.text_units_left = self
                .text_units_left
                .checked_sub(text.length())
                .ok_or(BAD_SHAPE)?;
            let text = String::from(text);
            if self.refuse_card_numbers {
                reject_card_number(&text)?;
            }
            return Ok(Tree::Text(text));
        }
        if let Some(number) = value.as_f64() {
            if self.refuse_card_numbers {
                reject_card_number_in_number(number)?;
            }
            return Ok(Tree::Number(number));
        }
        if value.is_null() || value.is_undefined() {
            return Ok(Tree::Null);
        }
        if let Some(flag) = value.as_bool() {
            return Ok(Tree::Flag(flag));
        }
        let depth = depth.checked_sub(1).ok_or(BAD_SHAPE)?;
        if let Some(array) = value.dyn_ref::<Array>() {
            if array.length() > self.max_keys {
                return Err(BAD_SHAPE);
            }
            let items = array.iter().map(|item| self.value(&item, depth));
            return items.collect::<Result<_, _>>().map(Tree::List);
        }
        if is_plain(value) {
            self.object(value, depth)
        } else {
            Err(BAD_SHAPE)
        }
    }
}

fn reject_card_number(text: &str) -> Result<(), RejectedValue> {
    if contains_card_number(text) {
        Err(HOLDS_CARD_NUMBER)
    } else {
        Ok(())
    }
}

/// 2^53: every smaller integer is exact in a `f64`. A card number of 16 digits is smaller.
const MAX_EXACT_INTEGER: f64 = 9_007_199_254_740_992.0;

fn reject_card_number_in_number(number: f64) -> Result<(), RejectedValue> {
    if !(1e12..MAX_EXACT_INTEGER).contains(&number) {
        return Ok(());
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within 2^53, above 0
    reject_card_number(&(number as u64).to_string())
}
