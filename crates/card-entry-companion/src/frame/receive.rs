//! Receives the messages of the iframe's window and port, and drops those that the guard rejects.
//!
//! Part of [`super::MountedFrame`]. It must never pass on a message of another window, origin or channel.

use std::rc::Rc;

use card_entry_protocol::message::{Hello, LegacyMessage};
use card_entry_protocol::tree::{FromTree, Tree};
use wasm_bindgen::JsValue;
use web_sys::MessageEvent;

use super::{FrameEvent, MountedFrame, wire};
use crate::guard::{DropReason, MessageSender, value};

impl MountedFrame {
    /// Handles a window message: a hello, or a legacy message of a frame without a port.
    pub(super) fn on_window_message(self: &Rc<Self>, event: &MessageEvent) {
        let ours = self.iframe.content_window();
        let source = event.source();
        let from_our_frame = match (ours, source) {
            (Some(ours), Some(source)) => JsValue::from(ours) == JsValue::from(source),
            _ => false,
        };
        let origin = event.origin();
        let sender = MessageSender {
            trusted: event.is_trusted(),
            from_our_frame,
            origin: &origin,
        };
        if let Err(reason) = sender.check(self.origin.as_str()) {
            self.drops.borrow_mut().count(reason);
            if reason == DropReason::Origin && !self.left.replace(true) {
                (self.on_event)(FrameEvent::LeftOrigin);
            }
            return;
        }
        let Some(data) = self.read(&event.data()) else {
            return;
        };
        let received = if *data.get("cardEntry") == Tree::Null {
            self.read_legacy(&data).map(Some)
        } else {
            self.answer_hello(&data).map(|()| None)
        };
        match received {
            Ok(Some(event)) => (self.on_event)(event),
            Ok(None) => {}
            Err(reason) => self.drops.borrow_mut().count(reason),
        }
    }

    /// Answers a hello with `init` and a new port.
    fn answer_hello(self: &Rc<Self>, data: &Tree) -> Result<(), DropReason> {
        let hello = Hello::from_tree(data).ok_or(DropReason::Schema)?;
        if hello.channel != self.channel || !hello.supports_our_version() {
            return Err(DropReason::State);
        }
        let window = self.iframe.content_window().ok_or(DropReason::State)?;
        let weak = Rc::downgrade(self);
        let far = self.connection.borrow_mut().offer(move |port, event| {
            if let Some(inner) = weak.upgrade() {
                inner.on_port_message(port, event);
            }
        });
        let far = far.ok_or(DropReason::State)?;
        let init = wire::init(&self.channel, &self.resolved());
        window
            .post_message_with_transfer(&init, self.origin.as_str(), &js_sys::Array::of1(&far))
            .map_err(|_| DropReason::State)
    }

    /// Reads the message of a frame that is older than the handshake, or that did not receive its `init`.
    fn read_legacy(&self, data: &Tree) -> Result<FrameEvent, DropReason> {
        if self.connection.borrow().is_connected() {
            return Err(DropReason::State);
        }
        LegacyMessage::from_tree(data)
            .map(FrameEvent::LegacyMessage)
            .ok_or(DropReason::Schema)
    }

    /// Handles a message on a port.
    fn on_port_message(&self, port: u32, event: &MessageEvent) {
        let Some(data) = self.read(&event.data()) else {
            return;
        };
        let Some(message) = wire::read(&data) else {
            self.drops.borrow_mut().count(DropReason::Schema);
            return;
        };
        let before = self.connection.borrow_mut().on_message_from(port);
        if let Some(again) = before {
            self.left.set(false);
            (self.on_event)(FrameEvent::Connected(again));
            self.send_visibility();
        }
        if let Some(message) = message {
            (self.on_event)(FrameEvent::Message(message));
        }
    }

    /// The data of a message if it passes the guard; else the message is counted as dropped.
    fn read(&self, data: &JsValue) -> Option<Tree> {
        let read = value::read(data, value::MESSAGE_LIMITS);
        if let Err(bad) = &read {
            let mut drops = self.drops.borrow_mut();
            if bad.card_number {
                drops.count_card_number();
            } else {
                drops.count(bad.reason);
            }
        }
        read.ok()
    }
}
