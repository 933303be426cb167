//! Plain trees as JavaScript values.
//!
//! Called wherever something leaves the companion; what comes in is read by [`crate::guard::value`]. It never throws.

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

/// Says to the page's engineer that something of the page was ignored: a name, and what would be right.
pub(crate) fn warn_ignored(detail: &str) {
    warn(&["<card-entry> ignores ", detail].concat());
}

/// Says to the page's engineer that the form cannot be used, by its stable code.
pub(crate) fn say_unusable(code: &str) {
    error(&["<card-entry> cannot be used: ", code].concat());
}

/// Whether the browser knows a colour that has passed the protocol's gate.
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

/// Sets a field of a fresh object.
pub(crate) fn put(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // A fresh object takes any field.
    let _ = Reflect::set(object, &JsValue::from_str(name), &value.into());
}

/// A field that is a text. The element and the reader's payments alone ask for one.
#[cfg(any(feature = "element", feature = "quilt"))]
pub(crate) fn text(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &JsValue::from_str(name))
        .ok()?
        .as_string()
}

/// A field; undefined where there is none.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}
