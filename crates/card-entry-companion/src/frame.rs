//! The iframe on the page: mounted, spoken with, sized, and gone without a trace when dropped.
//!
//! Called by [`crate::entry`] only. It must never set anything on the page but the iframe's own size, never send to
//! another origin than the frame's, and never hand on a message that [`crate::guard`] did not pass.

mod hear;
mod link;
mod look;
mod page_watch;
mod port;
mod random;
mod room;
mod show;
mod view_watch;
mod wire;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::channel::Channel;
use card_entry_protocol::message::{FromFrame, LegacyMessage, ToFrame};
use card_entry_protocol::origin::Origin;
use card_entry_protocol::query::read_locale;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlIFrameElement, MessageEvent};

use crate::address::FrameAddress;
use crate::entry::PART;
use crate::guard::{DropReason, Drops};
use crate::page::HostPage;
use crate::settings::HostSettings;
use crate::words::Locale;
use link::Link;
use page_watch::PageWatch;
use random::fresh_channel;
pub(crate) use random::random_bytes;
use room::Room;
use show::Show;
use view_watch::ViewWatch;

/// What the frame may use of the browser: card fields need no more.
/// See <https://docs.stripe.com/payments/3d-secure/authentication-flow#custom-iframe>.
const ALLOW: &str = "payment *; publickey-credentials-get *";

/// What is heard of the frame.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// A message on the port.
    Said(FromFrame),
    /// A plain message of a frame that has no port.
    Plain(LegacyMessage),
    /// The frame speaks on its port for the first time; `true` when an earlier document of it did before.
    Linked(bool),
    /// The frame's window is on another origin now.
    Left,
    /// The form is in another language now.
    Locale(Locale),
    /// The browser did not do for the iframe what was asked of it: `scroll` or `focus`.
    Refused(&'static str),
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
    place: Element,
    iframe: HtmlIFrameElement,
    origin: Origin,
    channel: Channel,
    /// The locale of the address; the settings have one that goes before it.
    asked_locale: Option<String>,
    page: RefCell<HostPage>,
    settings: RefCell<HostSettings>,
    link: RefCell<Link>,
    room: Room,
    view: RefCell<Option<ViewWatch>>,
    show: Show,
    loaded: Cell<bool>,
    drops: RefCell<Drops>,
    left: Cell<bool>,
    heard: Box<dyn Fn(Heard)>,
}

/// A mounted frame.
#[must_use = "dropping it takes the frame off the page"]
pub struct Frame {
    inner: Rc<Inner>,
    _page: Option<PageWatch>,
    _listeners: [EventListener; 2],
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
        heard: impl Fn(Heard) + 'static,
    ) -> Result<Self, MountError> {
        let window = web_sys::window().ok_or(MountError::NoPage)?;
        let document = window.document().ok_or(MountError::NoPage)?;
        let parent = window.location().origin().ok();
        let parent = parent
            .and_then(|text| Origin::parse(&text))
            .ok_or(MountError::NoPage)?;
        let channel = fresh_channel(&window).ok_or(MountError::NoPage)?;

        let iframe = document
            .create_element("iframe")
            .map_err(|_| MountError::Refused)?;
        let iframe: HtmlIFrameElement = iframe.dyn_into().map_err(|_| MountError::Refused)?;
        iframe.set_referrer_policy("strict-origin");
        for (name, value) in [("allow", ALLOW), (PART, "")] {
            iframe
                .set_attribute(name, value)
                .map_err(|_| MountError::Refused)?;
        }
        let room = Room::new(&iframe);

        let inner = Rc::new(Inner {
            place: into.clone(),
            iframe,
            origin: address.frame.origin().clone(),
            channel,
            asked_locale: read_locale(address.locale.as_deref()),
            page: RefCell::new(HostPage::at(into)),
            settings: RefCell::new(settings),
            link: RefCell::new(Link::default()),
            room,
            view: RefCell::default(),
            show: Show::default(),
            loaded: Cell::new(false),
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
        let loading = Rc::downgrade(&inner);
        let loads = EventListener::new(&inner.iframe, "load", move |_| {
            if let Some(inner) = loading.upgrade() {
                inner.loaded.set(true);
            }
        });
        inner.dress();
        let address = FrameAddress {
            locale: inner.locale_tag(),
            ..address.clone()
        };
        let url = address.url(&parent, inner.theme(), &inner.channel);
        inner.iframe.set_src(&url);
        into.append_child(&inner.iframe)
            .map_err(|_| MountError::Refused)?;
        inner.watch_view(&window);
        let following = Rc::downgrade(&inner);
        let page = PageWatch::new(&window, &document, into, move || {
            if let Some(inner) = following.upgrade() {
                inner.follow_page();
            }
        });
        Ok(Self {
            inner,
            _page: page,
            _listeners: [listener, loads],
        })
    }

    /// The language of the form, as far as the companion speaks it.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.inner.locale()
    }

    /// Whether the iframe has loaded some page, which may be the browser's own about one it refused.
    #[must_use]
    pub fn has_loaded(&self) -> bool {
        self.inner.loaded.get()
    }

    /// Brings the iframe into view, and with `focus` gives it the focus. What the browser does not do is told as
    /// [`Heard::Refused`].
    pub fn show(&self, focus: bool) {
        self.inner.bring_into_view(focus);
    }

    /// Whether this is the iframe.
    #[must_use]
    pub fn is(&self, part: &Element) -> bool {
        self.inner.iframe.is_same_node(Some(part))
    }

    /// Whether the iframe is still in its place.
    #[must_use]
    pub fn is_in(&self, host: &Element) -> bool {
        host.contains(Some(&self.inner.iframe))
    }

    /// Says something to the frame; nothing while it has no port.
    pub fn say(&self, message: &ToFrame) {
        self.inner.link.borrow().send(&wire::message(message));
    }

    /// Changes the settings, now and for every document to come.
    pub fn update(&self, settings: HostSettings) {
        self.inner.settings.replace(settings);
        self.inner.send_settings();
    }

    /// The frame wants this height, CSS pixels. `false` while it is hidden, when no height of its is true.
    pub fn set_height(&self, height: u32) -> bool {
        self.inner.room.set_height(height)
    }

    /// Shows it, or takes it out of the layout: it goes on loading meanwhile.
    pub fn set_displayed(&self, displayed: bool) {
        self.inner.room.set_displayed(displayed);
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
        self.inner.show.close();
        self.inner.view.take();
        self.inner.iframe.remove();
    }
}
