//! Converts messages to and from JavaScript values.
//!
//! Called by [`super::Parent`] only. It must never post to an origin that is not exact.

use card_entry_protocol::message::{FromFrame, ToFrame, Update, VERSION};
use card_entry_protocol::origin::Origin;
use card_entry_protocol::settings::ParsedSettings;
use card_entry_protocol::tree::{ToTree, Tree};
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{MessageEvent, MessagePort, Window};

use super::drop_reason::DropReason;
use crate::js::{self, MESSAGE_LIMITS, ReadError};

/// Posts a message on the port, with `v` and `type` beside its fields.
pub(super) fn post(port: &MessagePort, message: &FromFrame) {
    let mut tree = message.to_tree();
    if let Tree::Map(entries) = &mut tree {
        entries.push(("v".to_owned(), Tree::Number(f64::from(VERSION))));
        entries.push(("type".to_owned(), Tree::text(message.kind())));
    }
    // A port whose other end is gone loses the message; there is nothing to do.
    let _ = port.post_message(&js::write(&tree));
}

/// Posts to a window of exactly this origin; the browser drops the message for any other.
pub(super) fn post_window(window: &Window, message: &Tree, origin: &Origin) {
    let _ = window.post_message(&js::write(message), origin.as_str());
}

/// Reads the settings of an `init`. Data that is not a small plain object gives unreadable settings.
pub(super) fn read_settings(value: &JsValue) -> ParsedSettings {
    match js::read(value, MESSAGE_LIMITS) {
        Ok(tree) => ParsedSettings::parse(&tree),
        Err(_) => ParsedSettings::unreadable(),
    }
}

/// Reads the data of a message, which must be an object.
fn read_object(data: &JsValue) -> Result<Tree, DropReason> {
    match js::read(data, MESSAGE_LIMITS) {
        Ok(tree) if tree.is_map() => Ok(tree),
        Ok(_) | Err(ReadError::Shape) => Err(DropReason::Shape),
        Err(ReadError::Key) => Err(DropReason::Schema),
    }
}

/// Reads a message of the port; `Ok(None)` for a type that this version does not know.
pub(super) fn read(event: &MessageEvent) -> Result<Option<ToFrame>, DropReason> {
    let data = event.data();
    let tree = match read_object(&data) {
        // An unreadable update cannot be ignored: its sender believes that its settings apply.
        Err(_) if Reflect::get(&data, &"type".into()).is_ok_and(|kind| kind == "update") => {
            let settings = ParsedSettings::unreadable();
            return Ok(Some(ToFrame::Update(Box::new(Update { settings }))));
        }
        read => read?,
    };
    let ours = tree.read::<u32>("v") == Some(u32::from(VERSION));
    let kind = tree
        .get("type")
        .as_text()
        .filter(|_| ours)
        .ok_or(DropReason::Schema)?;
    ToFrame::from_tree(kind, &tree).ok_or(DropReason::Schema)
}
