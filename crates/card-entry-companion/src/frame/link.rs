//! Which port the frame is on.
//!
//! A frame repeats its hello until an init arrives, so that a late hello of the same document and the first hello of a
//! reloaded one look alike. Each hello is therefore answered with a port of its own, and the port that speaks decides:
//! a document keeps the first port it gets and closes the others, so that a newer port speaking means a newer document.

use super::port::Port;
use wasm_bindgen::JsValue;
use web_sys::{MessageChannel, MessageEvent, MessagePort};

/// Ports offered and not yet spoken on; a document says hello four times at most.
const MOST_OFFERS: usize = 4;

/// The port in use, and those offered since.
#[derive(Default)]
pub(super) struct Link {
    count: u32,
    current: Option<(u32, Port)>,
    offers: Vec<(u32, Port)>,
    closed: bool,
}

impl Link {
    /// Makes a port to transfer; `hear` gets its number with every message.
    pub(super) fn offer(
        &mut self,
        hear: impl Fn(u32, &MessageEvent) + 'static,
    ) -> Option<MessagePort> {
        if self.closed {
            return None;
        }
        let channel = MessageChannel::new().ok()?;
        self.count = self.count.wrapping_add(1);
        let number = self.count;
        let near = Port::listen(channel.port1(), move |event| hear(number, event));
        if self.offers.len() >= MOST_OFFERS {
            self.offers.remove(0);
        }
        self.offers.push((number, near));
        Some(channel.port2())
    }

    /// A port spoke. `Some(again)` when it was not the one in use: `again` says whether there was one.
    pub(super) fn speaks(&mut self, number: u32) -> Option<bool> {
        if self
            .current
            .as_ref()
            .is_some_and(|(current, _)| *current == number)
        {
            return None;
        }
        let at = self.offers.iter().position(|(offer, _)| *offer == number)?;
        let next = self.offers.remove(at);
        let again = self.current.replace(next).is_some();
        // Older offers belong to documents that are gone; newer ones to hellos this document sent too early.
        self.offers.clear();
        Some(again)
    }

    /// Whether the frame has spoken on a port.
    pub(super) fn is_up(&self) -> bool {
        self.current.is_some()
    }

    /// Sends on the port in use; before the first word, on every one offered, of which the frame has one.
    pub(super) fn send(&self, value: &JsValue) {
        match &self.current {
            Some((_, port)) => port.send(value),
            None => self.offers.iter().for_each(|(_, port)| port.send(value)),
        }
    }

    pub(super) fn close(&mut self) {
        self.closed = true;
        self.current = None;
        self.offers.clear();
    }
}
