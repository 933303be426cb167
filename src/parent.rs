//! The embedding window: the handshake, then the port; or plain messages to a listener that knows no handshake.
//!
//! Held by the form. Messages go to exact origins of the allow-list only. A parent with a channel is a companion, and
//! stays one however long it is silent. It must never trust what it hears: source, origin, channel and shape are
//! checked before anything is read; nor say a result in plain words where a companion is meant to hear it.

mod drop;
pub mod height;
mod plain;
mod wire;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use card_entry_protocol::channel::Channel;
use card_entry_protocol::message::{FromFrame, Hello, Log, LogEvent, ToFrame, VERSION};
use card_entry_protocol::origin::Origin;
use card_entry_protocol::settings::ParsedSettings;
use card_entry_protocol::tree::{ToTree, Tree};
use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, MessagePort, Window};

use crate::listener::Listener;

use drop::Drop as Dropped;

/// When hello is said, milliseconds after the start; a companion that mounted late hears one of the later ones.
const HELLOS: [u32; 4] = [0, 250, 1_000, 2_500];

/// A companion that has not answered by then, milliseconds, is said not to have; it may still answer.
const ANSWER_TIMEOUT_MS: u32 = 6_000;

#[derive(Debug, Clone)]
pub struct Embedding {
    /// The window that is spoken to, and the only one that is listened to.
    pub window: Window,
    /// The origins it may have.
    pub origins: Vec<Origin>,
    /// The companion's channel; none for a plain listener.
    pub channel: Option<Channel>,
    /// Whether a plain listener is told the height.
    pub notify_height: bool,
}

/// What is heard from the parent.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// The handshake is done; from here on the port is used.
    Init(Box<ParsedSettings>),
    /// There is no channel: the parent is a plain listener.
    Plain,
    /// There is a channel, and nobody has answered on it yet.
    Unanswered,
    /// A message on the port.
    Message(ToFrame),
}

struct Port {
    port: MessagePort,
    _listener: Listener,
}

impl Drop for Port {
    fn drop(&mut self) {
        self.port.close();
    }
}

struct Inner {
    to: Embedding,
    port: RefCell<Option<Port>>,
    legacy: Cell<bool>,
    drops: Cell<u32>,
    heard: Box<dyn Fn(Heard)>,
}

/// The parent, spoken to and listened to until dropped.
#[must_use = "dropping it closes the port and stops listening"]
pub struct Parent {
    inner: Rc<Inner>,
    _listener: Listener,
    timers: RefCell<Vec<Timeout>>,
}

impl Parent {
    /// Starts listening on `own` and, where there is a channel, the handshake.
    pub fn open(own: &Window, to: Embedding, heard: impl Fn(Heard) + 'static) -> Self {
        let inner = Rc::new(Inner {
            to,
            port: RefCell::default(),
            legacy: Cell::new(false),
            drops: Cell::new(0),
            heard: Box::new(heard),
        });
        let weak = Rc::downgrade(&inner);
        let listener = Listener::new(own, "message", move |event| {
            if let Some(inner) = weak.upgrade() {
                inner.hear_window(&weak, event.unchecked_ref());
            }
        });
        let parent = Self {
            inner,
            _listener: listener,
            timers: RefCell::default(),
        };
        parent.greet();
        parent
    }

    /// Says hello, and says it again when nobody answers.
    pub fn greet(&self) {
        let after = |ms: u32, act: fn(&Inner)| {
            let weak = Rc::downgrade(&self.inner);
            Timeout::new(ms, move || {
                if let Some(inner) = weak.upgrade() {
                    act(&inner);
                }
            })
        };
        let mut timers = Vec::new();
        if self.inner.to.channel.is_some() {
            timers.extend(HELLOS.map(|ms| after(ms, Inner::say_hello)));
            timers.push(after(ANSWER_TIMEOUT_MS, Inner::miss_answer));
        } else {
            timers.push(after(0, Inner::go_plain));
        }
        self.timers.replace(timers);
    }

    /// Whether it is known what the parent wants: it has sent its settings, or is a plain listener, which sends none.
    #[must_use]
    pub fn has_answered(&self) -> bool {
        self.inner.to.channel.is_none() || self.has_port()
    }

    /// Whether there is a companion on the port.
    #[must_use]
    pub fn has_port(&self) -> bool {
        self.inner.port.borrow().is_some()
    }

    /// How many messages were dropped.
    #[must_use]
    pub fn drops(&self) -> u32 {
        self.inner.drops.get()
    }

    /// Says something: on the port, or as the plain message that stands for it.
    ///
    /// What a plain listener is not told is dropped here, and so is what comes before anyone listens. Where there is a
    /// channel nothing is said in plain words but that nobody answers on it.
    pub fn send(&self, message: &FromFrame) {
        if let Some(port) = self.inner.port.borrow().as_ref() {
            return wire::post(&port.port, message);
        }
        if let Some(plain) = self.inner.plain(message) {
            self.inner.tell_window(&plain.to_tree());
        }
    }

    /// Counts a message that was of the right form and came at the wrong time.
    pub fn drop_late(&self) {
        self.inner.count(Dropped::State);
    }
}

/// Closes the ports of a message from this one on.
fn close_from(first: u32, event: &MessageEvent) {
    let ports = event.ports();
    for at in first..ports.length() {
        ports.get(at).unchecked_into::<MessagePort>().close();
    }
}

impl Inner {
    fn tell_window(&self, message: &Tree) {
        for origin in &self.to.origins {
            wire::post_window(&self.to.window, message, origin);
        }
    }

    fn say_hello(&self) {
        if let (Some(channel), None) = (&self.to.channel, self.port.borrow().as_ref()) {
            self.tell_window(&Hello::new(channel.clone()).to_tree());
        }
    }

    fn go_plain(&self) {
        self.legacy.set(true);
        (self.heard)(Heard::Plain);
    }

    fn miss_answer(&self) {
        if self.port.borrow().is_none() {
            (self.heard)(Heard::Unanswered);
        }
    }

    /// One counter; told at the first, second, fourth, eighth… so that a flood is not answered by another.
    fn count(&self, reason: Dropped) {
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

    /// A message to the window: Stripe's own frames and browser extensions speak here too, and are passed over.
    fn hear_window(self: &Rc<Self>, weak: &Weak<Self>, event: &MessageEvent) {
        let ours = event.source().is_some_and(|source| {
            source == *JsValue::from(&self.to.window).unchecked_ref::<js_sys::Object>()
        });
        if !ours {
            return;
        }
        match self.accept(event) {
            // Whoever it is for, no port that comes with it is kept open here.
            Ok(None) => close_from(0, event),
            Ok(Some((settings, port))) => {
                self.listen(weak, port);
                (self.heard)(Heard::Init(Box::new(settings)));
            }
            Err(reason) => {
                close_from(0, event);
                self.count(reason);
            }
        }
    }

    /// Checks an init, from the cheapest check to the dearest. Settings that cannot be read are no reason to drop it:
    /// the form would stand there without what was asked of it, and nobody would know.
    fn accept(
        &self,
        event: &MessageEvent,
    ) -> Result<Option<(ParsedSettings, MessagePort)>, Dropped> {
        if !event.is_trusted() {
            return Err(Dropped::Untrusted);
        }
        let data = event.data();
        // What was posted is a copy: no key of it runs code.
        let get = |key: &str| Reflect::get(&data, &key.into()).unwrap_or_default();
        if !data.is_object() || get("cardEntry") != "init" {
            return Ok(None);
        }
        let origin = event.origin();
        if !self
            .to
            .origins
            .iter()
            .any(|listed| listed.as_str() == origin)
        {
            return Err(Dropped::Origin);
        }
        if self.port.borrow().is_some() {
            return Err(Dropped::State);
        }
        let channel = get("channel").as_string();
        let ours = self.to.channel.as_ref().map(Channel::as_str);
        if get("version") != f64::from(VERSION) || channel.is_none() || channel.as_deref() != ours {
            return Err(Dropped::Channel);
        }
        let port = event.ports().get(0);
        if port.is_undefined() {
            return Err(Dropped::Schema);
        }
        close_from(1, event);
        let settings = wire::settings(&get("settings"));
        Ok(Some((settings, port.unchecked_into())))
    }

    fn listen(&self, weak: &Weak<Self>, port: MessagePort) {
        let weak = weak.clone();
        let listener = Listener::new(&port, "message", move |event| {
            if let Some(inner) = weak.upgrade() {
                close_from(0, event.unchecked_ref());
                match wire::read(event.unchecked_ref()) {
                    Ok(Some(message)) => (inner.heard)(Heard::Message(message)),
                    Ok(None) => {}
                    Err(reason) => inner.count(reason),
                }
            }
        });
        port.start();
        // For the boot script, which speaks for the form when this code cannot any more.
        let _ = Reflect::set(&js_sys::global(), &"cardEntryPort".into(), &port);
        *self.port.borrow_mut() = Some(Port {
            port,
            _listener: listener,
        });
    }
}
