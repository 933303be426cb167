//! Messages to and from JavaScript values.
//!
//! Called by [`super::Parent`] only. It must never post to an origin that is not exact.

use card_entry_protocol::message::{FromFrame, ToFrame, VERSION};
use card_entry_protocol::origin::Origin;
use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::JsValue;
use web_sys::{MessageEvent, MessagePort, Window};

use super::guard::{self, Drop};

/// Posts on the port, with `v` and `type` beside the body.
pub(super) fn post(port: &MessagePort, message: &FromFrame) {
    let Ok(body) = message.write(&serde_wasm_bindgen::Serializer::json_compatible()) else {
        return;
    };
    let set = |key: &str, value: JsValue| Reflect::set(&body, &key.into(), &value).is_ok();
    if set("v", VERSION.into()) && set("type", message.kind().into()) {
        // A port whose other end is gone takes messages and loses them: nothing to do.
        let _ = port.post_message(&body);
    }
}

/// Posts to a window of exactly this origin; the browser drops it for any other.
pub(super) fn post_window(window: &Window, message: &impl Serialize, origin: &Origin) {
    if let Ok(body) = message.serialize(&serde_wasm_bindgen::Serializer::json_compatible()) {
        let _ = window.post_message(&body, origin.as_str());
    }
}

/// Reads a message of the port; `Ok(None)` for a type this version does not know.
pub(super) fn read(event: &MessageEvent) -> Result<Option<ToFrame>, Drop> {
    let data = event.data();
    guard::check(&data)?;
    let get = |key: &str| Reflect::get(&data, &key.into()).unwrap_or_default();
    if get("v") != f64::from(VERSION) {
        return Err(Drop::Schema);
    }
    let kind = get("type").as_string().ok_or(Drop::Schema)?;
    ToFrame::read(&kind, serde_wasm_bindgen::Deserializer::from(data)).map_err(|_| Drop::Schema)
}
