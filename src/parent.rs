//! The connection to the embedding window: the handshake and the port of a companion, or plain messages to a listener
//! that knows no handshake.
//!
//! Owned by the form. Messages go only to exact origins of the allow-list. A parent with a channel is a companion,
//! however long it does not answer. It must never trust a message: source, origin, channel and shape are checked before
//! anything is read. It must never post a result in plain messages where a companion is expected.

mod drop_reason;
mod handshake;
pub mod height;
mod plain_listener;
mod wire;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::channel::Channel;
use card_entry_protocol::message::{FromFrame, Hello, Log, LogEvent, ToFrame};
use card_entry_protocol::origin::Origin;
use card_entry_protocol::settings::ParsedSettings;
use card_entry_protocol::tree::{ToTree, Tree};
use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::{MessagePort, Window};

use crate::listener::Listener;

use drop_reason::DropReason;

/// When `hello` is sent, milliseconds after the start. It is repeated for a companion that mounts late.
const HELLO_DELAYS_MS: [u32; 4] = [0, 250, 1_000, 2_500];

/// A companion that has not answered after this many milliseconds is reported as an error. It may still answer.
const INIT_TIMEOUT_MS: u32 = 6_000;

#[derive(Debug, Clone)]
pub struct ParentFrame {
    /// The window that messages are sent to, and the only one they are accepted from.
    pub window: Window,
    /// The origins the window may have.
    pub origins: Vec<Origin>,
    /// The companion's channel; `None` for a plain listener.
    pub channel: Option<Channel>,
    /// Whether a plain listener gets the height.
    pub notify_height: bool,
}

/// An event of the parent connection.
#[derive(Debug, Clone, PartialEq)]
pub enum ParentEvent {
    /// The handshake is complete. Messages use the port from now on.
    Init(Box<ParsedSettings>),
    /// There is no channel, so the parent is a plain listener.
    PlainListener,
    /// There is a channel, and the companion has not answered yet.
    InitTimeout,
    /// A message on the port.
    Message(ToFrame),
}

struct CompanionPort {
    port: MessagePort,
    _listener: Listener,
}

impl Drop for CompanionPort {
    fn drop(&mut self) {
        self.port.close();
    }
}

struct ParentConnection {
    frame: ParentFrame,
    port: RefCell<Option<CompanionPort>>,
    is_plain_listener: Cell<bool>,
    drops: Cell<u32>,
    on_event: Box<dyn Fn(ParentEvent)>,
}

/// The connection to the parent. Dropping it closes the port and removes the listener.
#[must_use = "dropping it closes the port and stops listening"]
pub struct Parent {
    connection: Rc<ParentConnection>,
    _listener: Listener,
    timers: RefCell<Vec<Timeout>>,
}

impl Parent {
    /// Listens to messages on the window `own`. Starts the handshake when there is a channel.
    pub fn open(
        own: &Window,
        frame: ParentFrame,
        on_event: impl Fn(ParentEvent) + 'static,
    ) -> Self {
        let connection = Rc::new(ParentConnection {
            frame,
            port: RefCell::default(),
            is_plain_listener: Cell::new(false),
            drops: Cell::new(0),
            on_event: Box::new(on_event),
        });
        let weak = Rc::downgrade(&connection);
        let listener = Listener::new(own, "message", move |event| {
            if let Some(connection) = weak.upgrade() {
                connection.on_window_message(&weak, event.unchecked_ref());
            }
        });
        let parent = Self {
            connection,
            _listener: listener,
            timers: RefCell::default(),
        };
        parent.start_handshake();
        parent
    }

    /// Sends `hello`, several times, until the companion answers.
    pub fn start_handshake(&self) {
        let after = |ms: u32, action: fn(&ParentConnection)| {
            let weak = Rc::downgrade(&self.connection);
            Timeout::new(ms, move || {
                if let Some(connection) = weak.upgrade() {
                    action(&connection);
                }
            })
        };
        let mut timers = Vec::new();
        if self.connection.frame.channel.is_some() {
            timers.extend(HELLO_DELAYS_MS.map(|ms| after(ms, ParentConnection::send_hello)));
            timers.push(after(INIT_TIMEOUT_MS, ParentConnection::on_init_timeout));
        } else {
            timers.push(after(0, ParentConnection::fall_back_to_legacy));
        }
        self.timers.replace(timers);
    }

    /// Whether the parent's settings are known. A plain listener has none.
    #[must_use]
    pub fn has_answered(&self) -> bool {
        self.connection.frame.channel.is_none() || self.has_port()
    }

    /// Whether a companion has opened the port.
    #[must_use]
    pub fn has_port(&self) -> bool {
        self.connection.port.borrow().is_some()
    }

    #[must_use]
    pub fn drops(&self) -> u32 {
        self.connection.drops.get()
    }

    /// Sends a message on the port, or as the plain message for it.
    ///
    /// A message that has no plain form is dropped here; so is one sent before the port is open. Where there is a
    /// channel, the only plain message is that the companion does not answer.
    pub fn send(&self, message: &FromFrame) {
        if let Some(port) = self.connection.port.borrow().as_ref() {
            return wire::post(&port.port, message);
        }
        if let Some(plain) = self.connection.plain_message(message) {
            self.connection.post_to_parent(&plain.to_tree());
        }
    }

    /// Counts a well-formed message that came at the wrong time.
    pub fn count_late_message(&self) {
        self.connection.count_drop(DropReason::Unexpected);
    }
}

impl ParentConnection {
    fn post_to_parent(&self, message: &Tree) {
        for origin in &self.frame.origins {
            wire::post_window(&self.frame.window, message, origin);
        }
    }

    fn send_hello(&self) {
        if let (Some(channel), None) = (&self.frame.channel, self.port.borrow().as_ref()) {
            self.post_to_parent(&Hello::new(channel.clone()).to_tree());
        }
    }

    fn fall_back_to_legacy(&self) {
        self.is_plain_listener.set(true);
        (self.on_event)(ParentEvent::PlainListener);
    }

    fn on_init_timeout(&self) {
        if self.port.borrow().is_none() {
            (self.on_event)(ParentEvent::InitTimeout);
        }
    }

    /// Counts a dropped message. Logs only the 1st, 2nd, 4th, 8th and so on, so that a flood does not cause another
    /// one.
    fn count_drop(&self, reason: DropReason) {
        let drops = self.drops.get().saturating_add(1);
        self.drops.set(drops);
        if let Some(port) = self
            .port
            .borrow()
            .as_ref()
            .filter(|_| drops.is_power_of_two())
        {
            wire::post(
                &port.port,
                &FromFrame::Log(Log {
                    event: LogEvent::MessageDropped,
                    detail: reason.as_str().to_owned(),
                }),
            );
        }
    }
}
