//! Messages as JavaScript values.
//!
//! Called by [`super`]; the types are the protocol's, this only moves them across.

use card_entry_protocol::channel::Channel;
use card_entry_protocol::message::{FromFrame, Init, ToFrame, VERSION};
use card_entry_protocol::settings::Settings;
use js_sys::Reflect;
use serde::Serialize;
use serde_wasm_bindgen::{Deserializer, Serializer};
use wasm_bindgen::JsValue;

/// `{v, type, …body}`.
pub(super) fn write(message: &ToFrame) -> Option<JsValue> {
    let value = message.write(&Serializer::json_compatible()).ok()?;
    Reflect::set(&value, &"v".into(), &JsValue::from(VERSION)).ok()?;
    Reflect::set(&value, &"type".into(), &message.kind().into()).ok()?;
    Some(value)
}

/// The init for this channel.
pub(super) fn init(channel: &Channel, settings: &Settings) -> Option<JsValue> {
    let init = Init::new(channel.clone(), settings.clone());
    init.serialize(&Serializer::json_compatible()).ok()
}

/// Reads a message that passed the guard. `None`: not of the protocol; `Some(None)`: of a type not known yet.
pub(super) fn read(value: &JsValue) -> Option<Option<FromFrame>> {
    let version = Reflect::get(value, &"v".into()).ok()?.as_f64()?;
    let kind = Reflect::get(value, &"type".into()).ok()?.as_string()?;
    if version != f64::from(VERSION) {
        return None;
    }
    FromFrame::read(&kind, Deserializer::from(value.clone())).ok()
}
