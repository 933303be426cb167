//! Reads a JavaScript value as a plain tree: only small plain objects pass.
//!
//! Called by [`crate::frame`] for message data and by [`crate::wallet_api`] for answers. It must never follow more than
//! its [`Limits`], so that no message, however deep, wide or cyclic, costs the page more than a moment.

use card_entry_protocol::number::contains_card_number;
use card_entry_protocol::tree::Tree;
use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::DropReason;

/// How much of a value may be there.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Objects within objects.
    pub depth: u8,
    /// Own keys of one object, and items of one array.
    pub keys: u32,
    /// Values in all.
    pub values: u32,
    /// Characters of text in all.
    pub text: u32,
    /// Whether what looks like a card number condemns the whole. An answer of the site's own wallet holds e-mail
    /// addresses and names, and any of them may have thirteen digits that happen to pass the check.
    pub refuse_card_numbers: bool,
}

/// A message of the protocol: the largest has three levels, six keys a level and two sentences.
pub const MESSAGE: Limits = Limits {
    depth: 4,
    keys: 24,
    values: 96,
    text: 4096,
    refuse_card_numbers: true,
};

/// A page's settings: a consent sentence of 600 characters and a dozen words. Never more than the frame reads. One text
/// with a card number is a fault of its own, which the settings' parser names; it is taken out before they are sent.
pub const SETTINGS: Limits = Limits {
    depth: 4,
    keys: 48,
    values: 256,
    text: 4000,
    refuse_card_numbers: false,
};

/// An answer of a wallet API, see [`read_answer`]: the body itself is capped in bytes before it is parsed.
pub const ANSWER: Limits = Limits {
    depth: 8,
    keys: 200,
    values: 8192,
    text: 65_536,
    refuse_card_numbers: false,
};

/// Keys that reach an object's prototype when a careless reader copies them.
const FORBIDDEN: [&str; 3] = ["__proto__", "constructor", "prototype"];

/// A bad value: why, and whether it held what looks like a card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bad {
    /// Why it is dropped.
    pub reason: DropReason,
    /// An alarm: the frame never sends a card number.
    pub card_number: bool,
}

const SHAPE: Bad = Bad {
    reason: DropReason::Shape,
    card_number: false,
};
const SCHEMA: Bad = Bad {
    reason: DropReason::Schema,
    card_number: false,
};
const CARD_NUMBER: Bad = Bad {
    reason: DropReason::Schema,
    card_number: true,
};

/// Reads a plain object within the limits.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn read(value: &JsValue, limits: Limits) -> Result<Tree, Bad> {
    if !is_plain(value) {
        return Err(SHAPE);
    }
    Walk::within(limits).object(value, limits.depth)
}

/// Reads the body of an answer: some wallet APIs write a list without an object around it.
///
/// # Errors
/// As [`read()`].
pub fn read_answer(value: &JsValue) -> Result<Tree, Bad> {
    if Array::is_array(value) {
        Walk::within(ANSWER).value(value, ANSWER.depth)
    } else {
        read(value, ANSWER)
    }
}

/// Whether this is an object literal's kind of object: no array, date, map, blob, buffer or proxy of a class.
fn is_plain(value: &JsValue) -> bool {
    if !value.is_object() || Array::is_array(value) {
        return false;
    }
    let prototype = Object::get_prototype_of(value);
    prototype.is_null() || Object::get_prototype_of(prototype.as_ref()).is_null()
}

struct Walk {
    left: u32,
    text: u32,
    keys: u32,
    refuse_card_numbers: bool,
}

impl Walk {
    fn within(limits: Limits) -> Self {
        Self {
            left: limits.values,
            text: limits.text,
            keys: limits.keys,
            refuse_card_numbers: limits.refuse_card_numbers,
        }
    }

    fn object(&mut self, value: &JsValue, depth: u8) -> Result<Tree, Bad> {
        let keys = Reflect::own_keys(value).map_err(|_| SHAPE)?;
        if keys.length() > self.keys {
            return Err(SHAPE);
        }
        let mut entries = Vec::new();
        for key in keys.iter() {
            let name = key
                .as_string()
                .filter(|name| name.len() <= 64)
                .ok_or(SHAPE)?;
            if FORBIDDEN.contains(&name.as_str()) {
                return Err(SCHEMA);
            }
            let inner = Reflect::get(value, &key).map_err(|_| SHAPE)?;
            entries.push((name, self.value(&inner, depth)?));
        }
        Ok(Tree::Map(entries))
    }

    fn value(&mut self, value: &JsValue, depth: u8) -> Result<Tree, Bad> {
        self.left = self.left.checked_sub(1).ok_or(SHAPE)?;
        if let Some(text) = value.dyn_ref::<JsString>() {
            self.text = self.text.checked_sub(text.length()).ok_or(SHAPE)?;
            let text = String::from(text);
            if self.refuse_card_numbers {
                no_card_number(&text)?;
            }
            return Ok(Tree::Text(text));
        }
        if let Some(number) = value.as_f64() {
            if self.refuse_card_numbers {
                number_is_harmless(number)?;
            }
            return Ok(Tree::Number(number));
        }
        if value.is_null() || value.is_undefined() {
            return Ok(Tree::Null);
        }
        if let Some(flag) = value.as_bool() {
            return Ok(Tree::Flag(flag));
        }
        let depth = depth.checked_sub(1).ok_or(SHAPE)?;
        if let Some(array) = value.dyn_ref::<Array>() {
            if array.length() > self.keys {
                return Err(SHAPE);
            }
            let items = array.iter().map(|item| self.value(&item, depth));
            return items.collect::<Result<_, _>>().map(Tree::List);
        }
        if is_plain(value) {
            self.object(value, depth)
        } else {
            Err(SHAPE)
        }
    }
}

fn no_card_number(text: &str) -> Result<(), Bad> {
    if contains_card_number(text) {
        Err(CARD_NUMBER)
    } else {
        Ok(())
    }
}

/// The largest whole number of which every smaller one is exact, 2^53: a card number of 16 digits is below it.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn number_is_harmless(number: f64) -> Result<(), Bad> {
    if !(1e12..EXACT).contains(&number) {
        return Ok(());
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within 2^53, above 0
    no_card_number(&(number as u64).to_string())
}
