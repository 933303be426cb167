//! The iframe on the page: mounted, connected, sized, and removed completely when dropped.
//!
//! Called by [`crate::entry`] only. It must never change anything on the page except the size of the iframe, never send
//! to an origin other than that of the frame, and never pass on a message that [`crate::guard`] rejected.

mod connection;
mod layout;
mod page_sync;
mod page_watch;
mod port;
mod random;
mod receive;
mod reveal;
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
use crate::entry::PART_ATTRIBUTE;
use crate::guard::{DropCounts, DropReason};
use crate::i18n::Locale;
use crate::page::HostPage;
use crate::settings::HostSettings;
use connection::Connection;
use layout::IframeLayout;
use page_watch::PageWatch;
use random::new_channel;
pub(crate) use random::random_bytes;
use reveal::RevealTimers;
use view_watch::ViewWatch;

/// The permissions policy of the iframe: what card fields need.
/// See <https://docs.stripe.com/payments/3d-secure/authentication-flow#custom-iframe>.
const ALLOW: &str = "payment *; publickey-credentials-get *";

/// An event of the frame.
#[derive(Debug, Clone, PartialEq)]
pub enum FrameEvent {
    /// A message on the port.
    Message(FromFrame),
    /// A message of a frame without a port (`isStripeCallback` and its kind).
    LegacyMessage(LegacyMessage),
    /// The frame used its port for the first time. `true`: an earlier document of the frame was connected before.
    Connected(bool),
    /// The window of the frame is on another origin now.
    LeftOrigin,
    /// The language of the form changed.
    Locale(Locale),
    /// The browser did not do what was asked for the iframe: `scroll` or `focus`.
    ViewRefused(&'static str),
}

/// Why the frame cannot be mounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MountError {
    /// There is no window or document, the origin of the page is opaque, or there is no secure randomness.
    NoPage,
    /// The browser refused to create or insert the iframe.
    Refused,
}

impl MountError {
    /// The stable code in events: `no_page` or `mount_refused`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoPage => "no_page",
            Self::Refused => "mount_refused",
        }
    }
}

struct MountedFrame {
    host: Element,
    iframe: HtmlIFrameElement,
    origin: Origin,
    channel: Channel,
    /// The locale of the address. A locale of the settings has priority over it.
    address_locale: Option<String>,
    page: RefCell<HostPage>,
    settings: RefCell<HostSettings>,
    connection: RefCell<Connection>,
    layout: IframeLayout,
    view: RefCell<Option<ViewWatch>>,
    reveal_timers: RevealTimers,
    loaded: Cell<bool>,
    drops: RefCell<DropCounts>,
    left: Cell<bool>,
    on_event: Box<dyn Fn(FrameEvent)>,
}

/// A mounted frame. Dropping it removes the iframe, its listeners and its port.
#[must_use = "dropping it takes the frame off the page"]
pub struct Frame {
    inner: Rc<MountedFrame>,
    _page: Option<PageWatch>,
    _listeners: [EventListener; 2],
}

impl Frame {
    /// Inserts the iframe into `host`. `on_event` gets everything from the frame that passes the guard.
    ///
    /// # Errors
    /// [`MountError::NoPage`] without a window, a document or a usable origin; [`MountError::Refused`] if the browser
    /// does not insert the iframe.
    pub fn mount(
        host: &Element,
        address: &FrameAddress,
        settings: HostSettings,
        on_event: impl Fn(FrameEvent) + 'static,
    ) -> Result<Self, MountError> {
        let window = web_sys::window().ok_or(MountError::NoPage)?;
        let document = window.document().ok_or(MountError::NoPage)?;
        let parent = window.location().origin().ok();
        let parent = parent
            .and_then(|text| Origin::parse(&text))
            .ok_or(MountError::NoPage)?;
        let channel = new_channel(&window).ok_or(MountError::NoPage)?;

        let iframe = document
            .create_element("iframe")
            .map_err(|_| MountError::Refused)?;
        let iframe: HtmlIFrameElement = iframe.dyn_into().map_err(|_| MountError::Refused)?;
        iframe.set_referrer_policy("strict-origin");
        for (name, value) in [("allow", ALLOW), (PART_ATTRIBUTE, "")] {
            iframe
                .set_attribute(name, value)
                .map_err(|_| MountError::Refused)?;
        }
        let layout = IframeLayout::new(&iframe);

        let inner = Rc::new(MountedFrame {
            host: host.clone(),
            iframe,
            origin: address.frame.origin().clone(),
            channel,
            address_locale: read_locale(address.locale.as_deref()),
            page: RefCell::new(HostPage::at(host)),
            settings: RefCell::new(settings),
            connection: RefCell::new(Connection::default()),
            layout,
            view: RefCell::default(),
            reveal_timers: RevealTimers::default(),
            loaded: Cell::new(false),
            drops: RefCell::new(DropCounts::default()),
            left: Cell::new(false),
            on_event: Box::new(on_event),
        });
        let weak = Rc::downgrade(&inner);
        let listener = EventListener::new(&window, "message", move |event| {
            if let (Some(inner), Some(event)) = (weak.upgrade(), event.dyn_ref::<MessageEvent>()) {
                inner.on_window_message(event);
            }
        });
        let loading = Rc::downgrade(&inner);
        let loads = EventListener::new(&inner.iframe, "load", move |_| {
            if let Some(inner) = loading.upgrade() {
                inner.loaded.set(true);
            }
        });
        inner.apply_title_and_scheme();
        let address = FrameAddress {
            locale: inner.locale_tag(),
            ..address.clone()
        };
        let url = address.url(&parent, inner.theme(), &inner.channel);
        inner.iframe.set_src(&url);
        host.append_child(&inner.iframe)
            .map_err(|_| MountError::Refused)?;
        inner.watch_view(&window);
        let following = Rc::downgrade(&inner);
        let page = PageWatch::new(&window, &document, host, move || {
            if let Some(inner) = following.upgrade() {
                inner.on_page_change();
            }
        });
        Ok(Self {
            inner,
            _page: page,
            _listeners: [listener, loads],
        })
    }

    /// The language of the form, as far as the companion has texts in it.
    #[must_use]
    pub fn locale(&self) -> Locale {
        self.inner.locale()
    }

    /// Whether the iframe has loaded any page. This can be the browser's own error page.
    #[must_use]
    pub fn has_loaded(&self) -> bool {
        self.inner.loaded.get()
    }

    /// Scrolls the iframe into view, and with `focus` focuses it. What the browser refuses comes as
    /// [`FrameEvent::ViewRefused`].
    pub fn reveal(&self, focus: bool) {
        self.inner.bring_into_view(focus);
    }

    /// Whether this element is the iframe.
    #[must_use]
    pub fn is(&self, part: &Element) -> bool {
        self.inner.iframe.is_same_node(Some(part))
    }

    /// Whether the iframe is still in the host.
    #[must_use]
    pub fn is_in(&self, host: &Element) -> bool {
        host.contains(Some(&self.inner.iframe))
    }

    /// Sends a message to the frame. Does nothing before the frame has a port.
    pub fn send(&self, message: &ToFrame) {
        self.inner.connection.borrow().send(&wire::message(message));
    }

    /// Replaces the settings for this document and all later ones of the frame.
    pub fn update(&self, settings: HostSettings) {
        self.inner.settings.replace(settings);
        self.inner.send_settings();
    }

    /// Sets the height that the frame requests, in CSS pixels. `false` while the iframe is hidden: its heights are
    /// wrong then.
    pub fn set_height(&self, height: u32) -> bool {
        self.inner.layout.set_height(height)
    }

    /// Shows or hides the iframe. A hidden one continues loading.
    pub fn set_displayed(&self, displayed: bool) {
        self.inner.layout.set_displayed(displayed);
    }

    /// Enlarges the iframe for a challenge, or restores its size.
    pub fn set_challenge(&self, open: bool) {
        self.inner.layout.set_challenge(open);
    }

    /// Counts a message that was dropped for this reason.
    pub fn count_drop(&self, reason: DropReason) {
        self.inner.drops.borrow_mut().count(reason);
    }

    /// The number of dropped messages so far.
    #[must_use]
    pub fn drop_counts(&self) -> DropCounts {
        *self.inner.drops.borrow()
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.inner.connection.borrow_mut().close();
        self.inner.layout.close();
        self.inner.reveal_timers.close();
        self.inner.view.take();
        self.inner.iframe.remove();
    }
}
