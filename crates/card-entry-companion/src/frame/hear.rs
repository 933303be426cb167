//! What comes from the iframe's window and on its port, passed by the guard or counted.
//!
//! Part of [`super::Inner`]. It must never hand on a message of another window, origin or channel.

use std::rc::Rc;

use card_entry_protocol::message::{Hello, LegacyMessage};
use card_entry_protocol::tree::{FromTree, Tree};
use wasm_bindgen::JsValue;
use web_sys::MessageEvent;

use super::{Heard, Inner, wire};
use crate::guard::{DropReason, Seen, value};

impl Inner {
    /// A window message: a hello, or a plain message of a frame without a port.
    pub(super) fn hear_window(self: &Rc<Self>, event: &MessageEvent) {
        let ours = self.iframe.content_window();
        let source = event.source();
        let from_our_frame = match (ours, source) {
            (Some(ours), Some(source)) => JsValue::from(ours) == JsValue::from(source),
            _ => false,
        };
        let origin = event.origin();
        let seen = Seen {
            trusted: event.is_trusted(),
            from_our_frame,
            origin: &origin,
        };
        if let Err(reason) = seen.judge(self.origin.as_str()) {
            self.drops.borrow_mut().count(reason);
            if reason == DropReason::Origin && !self.left.replace(true) {
                (self.heard)(Heard::Left);
            }
            return;
        }
        let Some(data) = self.read(&event.data()) else {
            return;
        };
        let heard = if *data.get("cardEntry") == Tree::Null {
            self.read_plain(&data).map(Some)
        } else {
            self.greet(&data).map(|()| None)
        };
        match heard {
            Ok(Some(heard)) => (self.heard)(heard),
            Ok(None) => {}
            Err(reason) => self.drops.borrow_mut().count(reason),
        }
    }

    /// Answers a hello with an init and one port.
    fn greet(self: &Rc<Self>, data: &Tree) -> Result<(), DropReason> {
        let hello = Hello::from_tree(data).ok_or(DropReason::Schema)?;
        if hello.channel != self.channel || !hello.supports_our_version() {
            return Err(DropReason::State);
        }
        let window = self.iframe.content_window().ok_or(DropReason::State)?;
        let hearing = Rc::downgrade(self);
        let far = self.link.borrow_mut().offer(move |port, event| {
            if let Some(inner) = hearing.upgrade() {
                inner.hear_port(port, event);
            }
        });
        let far = far.ok_or(DropReason::State)?;
        let init = wire::init(&self.channel, &self.resolved());
        window
            .post_message_with_transfer(&init, self.origin.as_str(), &js_sys::Array::of1(&far))
            .map_err(|_| DropReason::State)
    }

    /// A frame older than the handshake, or whose init was lost, speaks as the how-to describes.
    fn read_plain(&self, data: &Tree) -> Result<Heard, DropReason> {
        if self.link.borrow().is_up() {
            return Err(DropReason::State);
        }
        LegacyMessage::from_tree(data)
            .map(Heard::Plain)
            .ok_or(DropReason::Schema)
    }

    /// A message on a port.
    fn hear_port(&self, port: u32, event: &MessageEvent) {
        let Some(data) = self.read(&event.data()) else {
            return;
        };
        let Some(message) = wire::read(&data) else {
            self.drops.borrow_mut().count(DropReason::Schema);
            return;
        };
        let before = self.link.borrow_mut().speaks(port);
        if let Some(again) = before {
            self.left.set(false);
            (self.heard)(Heard::Linked(again));
            self.say_view();
        }
        if let Some(message) = message {
            (self.heard)(Heard::Said(message));
        }
    }

    /// A message's data, once it passed the guard; else it is counted.
    fn read(&self, data: &JsValue) -> Option<Tree> {
        let read = value::read(data, value::MESSAGE);
        if let Err(bad) = &read {
            let mut drops = self.drops.borrow_mut();
            if bad.card_number {
                drops.alarm();
            } else {
                drops.count(bad.reason);
            }
        }
        read.ok()
    }
}
