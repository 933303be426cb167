//! Plain trees as JavaScript values.
//!
//! Called wherever something leaves the companion; what comes in is read by [`crate::guard::value`]. It never throws.

use card_entry_protocol::tree::Tree;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Makes the value.
pub(crate) fn write(tree: &Tree) -> JsValue {
    match tree {
        Tree::Null => JsValue::NULL,
        Tree::Flag(flag) => (*flag).into(),
        Tree::Number(number) => (*number).into(),
        Tree::Text(text) => text.as_str().into(),
        Tree::List(items) => items.iter().map(write).collect::<Array>().into(),
        Tree::Map(entries) => {
            let value = object();
            entries
                .iter()
                .for_each(|(name, tree)| put(&value, name, write(tree)));
            value
        }
    }
}

/// A fresh object.
pub(crate) fn object() -> JsValue {
    Object::new().into()
}

/// Sets a field of a fresh object.
pub(crate) fn put(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // A fresh object takes any field.
    let _ = Reflect::set(object, &JsValue::from_str(name), &value.into());
}

/// A field that is a text.
pub(crate) fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &JsValue::from_str(name))
        .ok()?
        .as_string()
}

/// A field; undefined where there is none.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

/// A fresh object with the same fields; of nothing, an empty one.
pub(crate) fn copy(of: &JsValue) -> JsValue {
    Object::assign(&Object::new(), of.unchecked_ref()).into()
}
