//! One card form on the page, as an object to mount and drop: frame, attempts and wallet together.
//!
//! Made by the element and by the Leptos components. It runs what [`crate::attempt`] decides and reports to the page.
//! After it is dropped, it must never report anything, and no listener, timer or iframe of it may be left.

mod commands;
mod frame_events;
mod host_watch;
mod ignored;
mod lifecycle;
mod load_error_banner;
mod report;
mod submit;
mod visibility;
mod wallet_calls;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::message::{EmptyBody, Log, ToFrame};
use card_entry_protocol::settings::is_locale;
use gloo_timers::callback::Timeout;
use web_sys::Element;

use crate::address::FrameAddress;
use crate::attempt::Attempts;
use crate::event::EntryEvent;
use crate::frame::{Frame, MountError};
use crate::guard::DropCounts;
use crate::i18n::Locale;
use crate::settings::HostSettings;
use crate::state::{EntryFlags, EntryState};
use crate::submission::{LEFT, NotSubmitted, SubmitOutcome};
use crate::task::Task;
use crate::wallet::WalletApi;
use host_watch::HostObserver;
pub(crate) use host_watch::PART_ATTRIBUTE;
use load_error_banner::LoadErrorBanner;
use submit::SubmitRequests;

/// A mounted card form. Dropping it removes the form from the page.
///
/// ```no_run
/// use std::rc::Rc;
///
/// use card_entry_companion::address::{BaseUrl, FrameAddress};
/// use card_entry_companion::entry::CardEntry;
/// use card_entry_companion::event::EntryEvent;
/// use card_entry_companion::settings::HostSettings;
/// use card_entry_companion::wallet::WalletApi;
/// use card_entry_protocol::secret::PublishableKey;
///
/// fn mount(host: &web_sys::Element, api: Rc<dyn WalletApi>) -> Option<CardEntry> {
///     let frame = BaseUrl::parse("https://cards.example/stripe_hosted_forms/card_entry")?;
///     let address = FrameAddress::new(frame, PublishableKey::parse("pk_test_1")?);
///     let on_event = |event| {
///         if let EntryEvent::Saved(request, _) = event {
///             let _payment_method = request.id.as_str();
///         }
///     };
///     CardEntry::mount(host, api, address, HostSettings::default(), on_event).ok()
/// }
/// ```
#[must_use = "dropping it takes the form off the page"]
pub struct CardEntry {
    inner: Rc<MountedEntry>,
}

struct MountedEntry {
    host: Element,
    api: Rc<dyn WalletApi>,
    address: FrameAddress,
    settings: RefCell<HostSettings>,
    locale: Cell<Locale>,
    frame: RefCell<Option<Frame>>,
    attempts: RefCell<Attempts>,
    flags: Cell<EntryFlags>,
    state: Cell<Option<EntryState>>,
    tasks: RefCell<Vec<Task>>,
    load_timer: RefCell<Option<Timeout>>,
    banner: RefCell<Option<LoadErrorBanner>>,
    host_observer: RefCell<Option<HostObserver>>,
    removals: Cell<u32>,
    submits: RefCell<SubmitRequests>,
    /// The ignored settings that were logged: the frame logs the same settings a second time.
    ignored: RefCell<Vec<Log>>,
    /// Whether the settings are the reason why no frame is mounted.
    settings_rejected: Cell<bool>,
    closed: Cell<bool>,
    on_event: Box<dyn Fn(EntryEvent)>,
}

impl CardEntry {
    /// Mounts the form into `host` and sets `data-card-entry` and `data-state` on it. `on_event` gets every
    /// [`EntryEvent`].
    ///
    /// # Errors
    /// [`MountError::NoPage`] without a window, a document or a usable origin; [`MountError::Refused`] if the browser
    /// does not insert the iframe.
    pub fn mount(
        host: &Element,
        api: Rc<dyn WalletApi>,
        mut address: FrameAddress,
        settings: HostSettings,
        on_event: impl Fn(EntryEvent) + 'static,
    ) -> Result<Self, MountError> {
        let bad_locale = address.locale.as_deref().is_some_and(|tag| !is_locale(tag));
        if bad_locale {
            address.locale = None;
        }
        let inner = Rc::new(MountedEntry {
            host: host.clone(),
            api,
            locale: Cell::default(),
            address,
            settings: RefCell::new(settings),
            frame: RefCell::new(None),
            attempts: RefCell::default(),
            flags: Cell::default(),
            state: Cell::new(None),
            tasks: RefCell::default(),
            load_timer: RefCell::default(),
            banner: RefCell::default(),
            host_observer: RefCell::default(),
            removals: Cell::new(0),
            submits: RefCell::default(),
            ignored: RefCell::default(),
            settings_rejected: Cell::new(false),
            closed: Cell::new(false),
            on_event: Box::new(on_event),
        });
        if bad_locale {
            inner.ignore("locale", "a BCP 47 tag such as fr-CA, or auto");
        }
        let faults = inner.settings.borrow().faults();
        faults.into_iter().for_each(|fault| inner.log(fault));
        inner.mount_frame()?;
        inner.watch_host();
        Ok(Self { inner })
    }

    /// Logs that an attribute or property was ignored, with the expected value.
    pub fn ignore(&self, name: &str, expected: &str) {
        self.inner.ignore(name, expected);
    }

    /// Presses the button of the form, for a page with a button of its own. Waits up to
    /// [`READY_TIMEOUT_MS`](crate::submission::READY_TIMEOUT_MS) until the form is ready. `answer` gets the outcome
    /// exactly once.
    pub fn submit(&self, answer: impl FnOnce(SubmitOutcome) + 'static) {
        self.inner.submit(Box::new(answer));
    }

    /// Clears every field of the form.
    pub fn reset(&self) {
        self.inner.send(&ToFrame::Reset(EmptyBody {}));
    }

    /// Scrolls the form into view and moves the focus into its first field.
    pub fn focus(&self) {
        self.inner.reveal(true);
        self.inner.send(&ToFrame::Focus(EmptyBody {}));
    }

    /// Replaces all settings. A wrong setting is logged and left out. If a consent or a list of accepted cards cannot
    /// be read, the previous one stays.
    pub fn update(&self, settings: HostSettings) {
        self.inner.set_settings(settings);
    }

    /// Call it after [`WalletApi::set_token`] with a new token: the save that waited for the sign-in continues.
    pub fn signed_in(&self) {
        let commands = self.inner.attempts.borrow_mut().on_signed_in();
        self.inner.run_commands(commands);
    }

    /// Loads the frame again after it failed to load or left its origin. Does nothing while a card is being saved.
    pub fn retry(&self) {
        self.inner.retry_frame();
    }

    /// The current state, as in `data-state`.
    #[must_use]
    pub fn state(&self) -> EntryState {
        self.inner.state.get().unwrap_or_default()
    }

    /// The number of dropped messages so far, by reason.
    #[must_use]
    pub fn drop_counts(&self) -> DropCounts {
        self.inner
            .frame
            .borrow()
            .as_ref()
            .map(Frame::drop_counts)
            .unwrap_or_default()
    }
}

impl Drop for CardEntry {
    fn drop(&mut self) {
        let inner = &self.inner;
        inner.closed.set(true);
        inner.host_observer.take();
        inner.load_timer.take();
        inner.banner.take();
        inner.tasks.take();
        inner.frame.take();
        for name in ["data-card-entry", "data-state"] {
            let _ = inner.host.remove_attribute(name);
        }
        inner.finish_submits(SubmitOutcome::NotSubmitted(NotSubmitted::without_field(
            LEFT,
        )));
    }
}

impl MountedEntry {
    fn update_flags(&self, change: impl FnOnce(&mut EntryFlags)) {
        let mut flags = self.flags.get();
        change(&mut flags);
        self.flags.set(flags);
        self.update_state();
    }

    fn update_state(&self) {
        if self.closed.get() {
            return;
        }
        let (save_status, wants_sign_in) = {
            let attempts = self.attempts.borrow();
            (attempts.save_status(), attempts.wants_sign_in())
        };
        let state = self.flags.get().state(save_status, wants_sign_in);
        if self.state.replace(Some(state)) != Some(state) {
            let _ = self.host.set_attribute("data-state", state.as_str());
            self.emit(EntryEvent::State(state));
        }
    }

    fn emit(&self, event: EntryEvent) {
        if !self.closed.get() {
            (self.on_event)(event);
        }
    }

    fn send(&self, message: &ToFrame) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.send(message);
        }
    }
}
