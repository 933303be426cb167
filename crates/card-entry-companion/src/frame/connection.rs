//! Selects the port on which the frame is connected.
//!
//! A frame repeats its hello until it receives `init`. A late hello of the same document and the first hello of a
//! reloaded document look alike. So each hello gets a port of its own, and the port that is used decides: a document
//! keeps the first port it gets and closes the others, so a message on a newer port means a newer document.
//!
//! It must never send on two ports once the frame has used one.

use super::port::Port;
use wasm_bindgen::JsValue;
use web_sys::{MessageChannel, MessageEvent, MessagePort};

/// Ports that were offered and not used yet; a document says hello four times at most.
const MAX_OFFERED_PORTS: usize = 4;

/// The port in use, and the ports offered since.
#[derive(Default)]
pub(super) struct Connection {
    count: u32,
    current: Option<(u32, Port)>,
    offers: Vec<(u32, Port)>,
    closed: bool,
}

impl Connection {
    /// Creates a port to transfer to the frame. `on_message` gets the number of the port with every message.
    pub(super) fn offer(
        &mut self,
        on_message: impl Fn(u32, &MessageEvent) + 'static,
    ) -> Option<MessagePort> {
        if self.closed {
            return None;
        }
        let channel = MessageChannel::new().ok()?;
        self.count = self.count.wrapping_add(1);
        let number = self.count;
        let near = Port::listen(channel.port1(), move |event| on_message(number, event));
        if self.offers.len() >= MAX_OFFERED_PORTS {
            self.offers.remove(0);
        }
        self.offers.push((number, near));
        Some(channel.port2())
    }

    /// Call it for every message. `Some(reconnected)` if the port was not the one in use; `reconnected`: there was one
    /// before.
    pub(super) fn on_message_from(&mut self, number: u32) -> Option<bool> {
        if self
            .current
            .as_ref()
            .is_some_and(|(current, _)| *current == number)
        {
            return None;
        }
        let at = self.offers.iter().position(|(offer, _)| *offer == number)?;
        let next = self.offers.remove(at);
        let reconnected = self.current.replace(next).is_some();
        // Older ports belong to documents that are gone; newer ones to hellos that this document sent too early.
        self.offers.clear();
        Some(reconnected)
    }

    /// Whether the frame has used a port.
    pub(super) fn is_connected(&self) -> bool {
        self.current.is_some()
    }

    /// Sends on the port in use. Before the first message of the frame: on every offered port, of which the frame has
    /// one.
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
