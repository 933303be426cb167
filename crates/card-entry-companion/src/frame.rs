//! The iframe on the page: mounted, spoken with, sized, and gone without a trace when dropped.
//!
//! Called by [`crate::entry`] only. It must never set anything on the page but the iframe's own size, never send to
//! another origin than the frame's, and never hand on a message that [`crate::guard`] did not pass.

mod link;
mod port;
mod room;
mod wire;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::channel::Channel;
use card_entry_protocol::message::{FromFrame, Hello, Legacy, ToFrame};
use card_entry_protocol::origin::Origin;
use card_entry_protocol::tree::{FromTree, Tree};
use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlIFrameElement, MessageEvent};

use crate::address::FrameAddress;
use crate::guard::{DropReason, Drops, Seen, value};
use crate::settings::HostSettings;
use link::Link;
use room::Room;

/// What the frame may use of the browser: card fields need no more.
/// See <https://docs.stripe.com/payments/3d-secure/authentication-flow#custom-iframe>.
const ALLOW: &str = "payment *; publickey-credentials-get *";

/// What is heard of the frame.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// A message on the port.
    Said(FromFrame),
    /// A plain message of a frame that has no port.
    Plain(Legacy),
    /// The frame speaks on its port for the first time; `true` when an earlier document of it did before.
    Linked(bool),
    /// The frame's window is on another origin now.
    Left,
}

/// Why a frame cannot be mounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MountError {
    /// no window, no document, or a page whose origin is opaque
    NoPage,
    /// the browser refused to make or insert the iframe
    Refused,
}

impl MountError {
    /// The stable code in events.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoPage => "no_page",
            Self::Refused => "mount_refused",
        }
    }
}

struct Inner {
    iframe: HtmlIFrameElement,
    origin: Origin,
    channel: Channel,
    settings: RefCell<HostSettings>,
    link: RefCell<Link>,
    room: Room,
    drops: RefCell<Drops>,
    left: Cell<bool>,
    heard: Box<dyn Fn(Heard)>,
}

/// A mounted frame.
#[must_use = "dropping it takes the frame off the page"]
pub struct Frame {
    inner: Rc<Inner>,
    _window: EventListener,
}

impl Frame {
    /// Puts the frame into an element. `heard` gets everything it says that passes the guard.
    ///
    /// # Errors
    /// When there is no page to put it on.
    pub fn mount(
        into: &Element,
        address: &FrameAddress,
        settings: HostSettings,
        title: &str,
        heard: impl Fn(Heard) + 'static,
    ) -> Result<Self, MountError> {
        let window = web_sys::window().ok_or(MountError::NoPage)?;
        let document = window.document().ok_or(MountError::NoPage)?;
        let page = window.location().origin().ok();
        let page = page
            .and_then(|text| Origin::parse(&text))
            .ok_or(MountError::NoPage)?;
        let channel = fresh_channel(&window).ok_or(MountError::NoPage)?;

        let iframe = document
            .create_element("iframe")
            .map_err(|_| MountError::Refused)?;
        let iframe: HtmlIFrameElement = iframe.dyn_into().map_err(|_| MountError::Refused)?;
        iframe.set_title(title);
        iframe.set_referrer_policy("strict-origin");
        iframe
            .set_attribute("allow", ALLOW)
            .map_err(|_| MountError::Refused)?;
        let room = Room::new(&iframe);
        iframe.set_src(&address.url(&page, &channel));

        let inner = Rc::new(Inner {
            iframe,
            origin: address.frame.origin().clone(),
            channel,
            settings: RefCell::new(settings),
            link: RefCell::new(Link::default()),
            room,
            drops: RefCell::new(Drops::default()),
            left: Cell::new(false),
            heard: Box::new(heard),
        });
        let hearing = Rc::downgrade(&inner);
        let listener = EventListener::new(&window, "message", move |event| {
            if let (Some(inner), Some(event)) = (hearing.upgrade(), event.dyn_ref::<MessageEvent>())
            {
                inner.hear_window(event);
            }
        });
        into.append_child(&inner.iframe)
            .map_err(|_| MountError::Refused)?;
        Ok(Self {
            inner,
            _window: listener,
        })
    }

    /// Says something to the frame; nothing while it has no port.
    pub fn say(&self, message: &ToFrame) {
        self.inner.link.borrow().send(&wire::message(message));
    }

    /// Changes the settings, now and for every document to come.
    pub fn update(&self, settings: HostSettings) {
        self.inner.link.borrow().send(&wire::update(&settings));
        self.inner.settings.replace(settings);
    }

    /// The frame wants this height, CSS pixels.
    pub fn set_height(&self, height: u32) {
        self.inner.room.set_height(height);
    }

    /// Gives a challenge its room, or takes it back.
    pub fn set_challenge(&self, open: bool) {
        self.inner.room.set_challenge(open);
    }

    /// Counts a message that came at a moment it cannot come.
    pub fn drop_as(&self, reason: DropReason) {
        self.inner.drops.borrow_mut().count(reason);
    }

    /// What was dropped so far.
    #[must_use]
    pub fn drops(&self) -> Drops {
        *self.inner.drops.borrow()
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.inner.link.borrow_mut().close();
        self.inner.room.close();
        self.inner.iframe.remove();
    }
}

impl Inner {
    /// A window message: a hello, or a plain message of a frame without a port.
    fn hear_window(self: &Rc<Self>, event: &MessageEvent) {
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
        if hello.channel != self.channel || !hello.speaks_ours() {
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
        let init = wire::init(&self.channel, &self.settings.borrow());
        window
            .post_message_with_transfer(&init, self.origin.as_str(), &js_sys::Array::of1(&far))
            .map_err(|_| DropReason::State)
    }

    /// A frame older than the handshake, or whose init was lost, speaks as the how-to describes.
    fn read_plain(&self, data: &Tree) -> Result<Heard, DropReason> {
        if self.link.borrow().is_up() {
            return Err(DropReason::State);
        }
        Legacy::from_tree(data)
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

/// 128 bits from the browser's own source of randomness.
fn fresh_channel(window: &web_sys::Window) -> Option<Channel> {
    random_bytes(window).map(Channel::from_random)
}

/// 16 random bytes; `None` where the browser has no source of them, and then nothing is mounted.
pub(crate) fn random_bytes(window: &web_sys::Window) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    let crypto = window.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
