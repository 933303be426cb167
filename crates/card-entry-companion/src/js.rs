//! Writes plain trees as JavaScript values, and reads single fields.
//!
//! Called wherever data leaves the companion; incoming data is read by [`crate::guard::value`]. It must never throw.

use card_entry_protocol::tree::Tree;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console)]
    fn warn(text: &str);

    #[wasm_bindgen(js_namespace = console)]
    fn error(text: &str);

    #[wasm_bindgen(js_namespace = CSS)]
    fn supports(property: &str, value: &str) -> bool;
}

/// Warns the developer of the page in the console that an attribute or setting is ignored: its name and the expected
/// value.
pub(crate) fn log_ignored(detail: &str) {
    warn(&["<card-entry> ignores ", detail].concat());
}

/// Reports to the developer of the page in the console that the form cannot be used, with the stable code.
pub(crate) fn log_unusable(code: &str) {
    error(&["<card-entry> cannot be used: ", code].concat());
}

/// Whether the browser knows this color. The text has passed the check of the protocol.
pub(crate) fn is_color(text: &str) -> bool {
    supports("color", text)
}

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

pub(crate) fn object() -> JsValue {
    Object::new().into()
}

/// Sets a field of a new object.
pub(crate) fn put(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // Setting a field of a new object cannot fail.
    let _ = Reflect::set(object, &JsValue::from_str(name), &value.into());
}

/// A field that is a text. Only the element and the reader payments use it.
#[cfg(any(feature = "element", feature = "quilt"))]
pub(crate) fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &JsValue::from_str(name))
        .ok()?
        .as_string()
}

/// A field of an object, or undefined.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}
