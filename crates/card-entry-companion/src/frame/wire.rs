//! Messages to the frame as JavaScript values, and messages of the frame as types of the protocol.
//!
//! Called by [`super`]. Settings are sent as the page set them; the frame checks them again.

use card_entry_protocol::channel::Channel;
use card_entry_protocol::message::{FromFrame, ToFrame, VERSION};
use card_entry_protocol::tree::{ToTree, Tree};
use wasm_bindgen::JsValue;

use crate::js::{object, put, write};

pub(super) fn message(message: &ToFrame) -> JsValue {
    let body = match message {
        ToFrame::Intent(body) => body.to_tree(),
        ToFrame::Saved(body) => body.to_tree(),
        ToFrame::InView(body) => body.to_tree(),
        ToFrame::NotSaved(body) => body.to_tree(),
        // Settings travel as `update` below writes them.
        ToFrame::Update(_) | ToFrame::Submit(_) | ToFrame::Reset(_) | ToFrame::Focus(_) => {
            Tree::Map(vec![])
        }
    };
    sign(write(&body), message.kind())
}

/// An `update` message with all settings.
pub(super) fn update(settings: &JsValue) -> JsValue {
    let value = object();
    put(&value, "settings", settings);
    sign(value, "update")
}

fn sign(value: JsValue, kind: &str) -> JsValue {
    put(&value, "v", VERSION);
    put(&value, "type", kind);
    value
}

/// The `init` message for this channel.
pub(super) fn init(channel: &Channel, settings: &JsValue) -> JsValue {
    let value = object();
    put(&value, "cardEntry", "init");
    put(&value, "version", VERSION);
    put(&value, "channel", channel.as_str());
    put(&value, "settings", settings);
    value
}

/// Reads a message on the port. `None`: not a message of the protocol. `Some(None)`: a type that is not known yet.
pub(super) fn read(tree: &Tree) -> Option<Option<FromFrame>> {
    let is_ours = tree.read::<u32>("v")? == u32::from(VERSION);
    FromFrame::from_tree(tree.get("type").as_text().filter(|_| is_ours)?, tree)
}
