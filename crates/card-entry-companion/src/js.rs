//! Fields of JavaScript objects, read and written by name.
//!
//! Called by [`crate::frame`], the adapters and the element. Written by hand where serde would do, because its generic
//! readers are two thirds of a module that every visitor downloads; the browser tests hold these readings against the
//! protocol's own. It reads values that [`crate::guard`] passed, and never throws.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A field; `undefined` when there is none.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A field that is a text.
pub(crate) fn text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string()
}

/// A field that is true or false.
pub(crate) fn flag(object: &JsValue, name: &str) -> Option<bool> {
    get(object, name).as_bool()
}

/// A field that is a whole number from 0 to 2^32 - 1.
pub(crate) fn whole(object: &JsValue, name: &str) -> Option<u32> {
    let number = get(object, name).as_f64()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // the comparison below undoes both
    let whole = number as u32;
    #[allow(clippy::float_cmp)] // a whole number or not
    (f64::from(whole) == number).then_some(whole)
}

/// A field that is an object or an array.
pub(crate) fn inner(object: &JsValue, name: &str) -> Option<JsValue> {
    Some(get(object, name)).filter(JsValue::is_object)
}

/// A field that is an array.
pub(crate) fn items(object: &JsValue, name: &str) -> Option<Array> {
    get(object, name).dyn_into().ok()
}

/// A field that may be left out or null: `None` only when it is there and cannot be read.
pub(crate) fn maybe<T>(
    object: &JsValue,
    name: &str,
    read: impl FnOnce(&JsValue) -> Option<T>,
) -> Option<Option<T>> {
    let value = get(object, name);
    if value.is_undefined() || value.is_null() {
        Some(None)
    } else {
        read(&value).map(Some)
    }
}

/// Sets a field.
pub(crate) fn put(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // Setting a fresh object's own field cannot fail.
    let _ = Reflect::set(object, &JsValue::from_str(name), &value.into());
}

/// A fresh object.
pub(crate) fn object() -> JsValue {
    Object::new().into()
}
