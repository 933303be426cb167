//! The companion's answer to `hello`: the `init` message, and the port that comes with it.
//!
//! Called by [`super::Parent`] for every message to the window. It must never open a port before source, origin,
//! version and channel of the message are checked.

use std::rc::{Rc, Weak};

use card_entry_protocol::channel::Channel;
use card_entry_protocol::message::VERSION;
use card_entry_protocol::settings::ParsedSettings;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, MessagePort};

use super::drop_reason::DropReason;
use super::{CompanionPort, ParentConnection, ParentEvent, wire};
use crate::listener::Listener;

/// Closes the ports of a message, beginning with `first`.
fn close_from(first: u32, event: &MessageEvent) {
    let ports = event.ports();
    for at in first..ports.length() {
        ports.get(at).unchecked_into::<MessagePort>().close();
    }
}

impl ParentConnection {
    /// Handles a message to the window. Messages of Stripe's own frames and of browser extensions arrive here too and
    /// are ignored.
    pub(super) fn on_window_message(self: &Rc<Self>, weak: &Weak<Self>, event: &MessageEvent) {
        let ours = event.source().is_some_and(|source| {
            source == *JsValue::from(&self.frame.window).unchecked_ref::<js_sys::Object>()
        });
        if !ours {
            return;
        }
        match self.check_init(event) {
            // A port that comes with a message of somebody else must not stay open.
            Ok(None) => close_from(0, event),
            Ok(Some((settings, port))) => {
                self.open_port(weak, port);
                (self.on_event)(ParentEvent::Init(Box::new(settings)));
            }
            Err(reason) => {
                close_from(0, event);
                self.count_drop(reason);
            }
        }
    }

    /// Checks an `init` message, the cheapest checks first. An `init` with unreadable settings is accepted: dropping it
    /// would leave a form without the required settings, and nobody would know.
    fn check_init(
        &self,
        event: &MessageEvent,
    ) -> Result<Option<(ParsedSettings, MessagePort)>, DropReason> {
        if !event.is_trusted() {
            return Err(DropReason::Untrusted);
        }
        let data = event.data();
        // Posted data is a structured clone: reading a key runs no code.
        let get = |key: &str| Reflect::get(&data, &key.into()).unwrap_or_default();
        if !data.is_object() || get("cardEntry") != "init" {
            return Ok(None);
        }
        let origin = event.origin();
        if !self
            .frame
            .origins
            .iter()
            .any(|listed| listed.as_str() == origin)
        {
            return Err(DropReason::Origin);
        }
        if self.port.borrow().is_some() {
            return Err(DropReason::Unexpected);
        }
        let channel = get("channel").as_string();
        let ours = self.frame.channel.as_ref().map(Channel::as_str);
        if get("version") != f64::from(VERSION) || channel.is_none() || channel.as_deref() != ours {
            return Err(DropReason::Channel);
        }
        let port = event.ports().get(0);
        if port.is_undefined() {
            return Err(DropReason::Schema);
        }
        close_from(1, event);
        let settings = wire::read_settings(&get("settings"));
        Ok(Some((settings, port.unchecked_into())))
    }

    fn open_port(&self, weak: &Weak<Self>, port: MessagePort) {
        let weak = weak.clone();
        let listener = Listener::new(&port, "message", move |event| {
            if let Some(connection) = weak.upgrade() {
                close_from(0, event.unchecked_ref());
                match wire::read(event.unchecked_ref()) {
                    Ok(Some(message)) => (connection.on_event)(ParentEvent::Message(message)),
                    Ok(None) => {}
                    Err(reason) => connection.count_drop(reason),
                }
            }
        });
        port.start();
        // For the boot script, which uses the port when this code has panicked.
        let _ = Reflect::set(&js_sys::global(), &"cardEntryPort".into(), &port);
        *self.port.borrow_mut() = Some(CompanionPort {
            port,
            _listener: listener,
        });
    }
}
