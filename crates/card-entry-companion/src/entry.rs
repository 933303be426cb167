//! One entry of a card, as a thing to mount and drop: frame, attempts and wallet together.
//!
//! Made by the element and by the Leptos components. It carries out what [`crate::attempt`] decides and tells the page.
//! After it is dropped nothing is told, and no listener, timer or iframe is left.

mod calls;
mod hear;
mod ignored;
mod keep;
mod notice;
mod show;
mod steps;
mod submit;
mod tell;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::message::{EmptyBody, Log, ToFrame};
use card_entry_protocol::settings::is_locale;
use gloo_timers::callback::Timeout;
use web_sys::Element;

use crate::address::FrameAddress;
use crate::attempt::Attempts;
use crate::event::Event;
use crate::frame::{Frame, MountError};
use crate::guard::Drops;
use crate::js::say_unusable;
use crate::page::choose_locale;
use crate::patience::SILENCE;
use crate::settings::HostSettings;
use crate::state::{Facts, State};
use crate::submission::{LEFT, NotSubmitted, Submission};
use crate::task::Task;
use crate::wallet::WalletApi;
use crate::words::{Locale, Word};
use keep::Keeper;
pub(crate) use keep::PART;
use notice::Notice;
use submit::Presses;

/// A mounted entry.
#[must_use = "dropping it takes the form off the page"]
pub struct CardEntry {
    inner: Rc<Inner>,
}

struct Inner {
    host: Element,
    api: Rc<dyn WalletApi>,
    address: FrameAddress,
    settings: RefCell<HostSettings>,
    locale: Cell<Locale>,
    frame: RefCell<Option<Frame>>,
    attempts: RefCell<Attempts>,
    facts: Cell<Facts>,
    state: Cell<Option<State>>,
    tasks: RefCell<Vec<Task>>,
    silence: RefCell<Option<Timeout>>,
    notice: RefCell<Option<Notice>>,
    keeper: RefCell<Option<Keeper>>,
    removals: Cell<u32>,
    presses: RefCell<Presses>,
    /// What was said to be ignored: the frame says of the same settings the same once more.
    ignored: RefCell<Vec<Log>>,
    /// Whether there is no frame because of the settings.
    refused_settings: Cell<bool>,
    closed: Cell<bool>,
    told: Box<dyn Fn(Event)>,
}

impl CardEntry {
    /// Puts the form into `host`, which gets `data-card-entry` and `data-state`. `told` gets every [`Event`].
    ///
    /// # Errors
    /// When there is no page to put it on.
    pub fn mount(
        host: &Element,
        api: Rc<dyn WalletApi>,
        mut address: FrameAddress,
        settings: HostSettings,
        told: impl Fn(Event) + 'static,
    ) -> Result<Self, MountError> {
        let bad_locale = address.locale.as_deref().is_some_and(|tag| !is_locale(tag));
        if bad_locale {
            address.locale = None;
        }
        let inner = Rc::new(Inner {
            host: host.clone(),
            api,
            locale: Cell::default(),
            address,
            settings: RefCell::new(settings),
            frame: RefCell::new(None),
            attempts: RefCell::default(),
            facts: Cell::default(),
            state: Cell::new(None),
            tasks: RefCell::default(),
            silence: RefCell::default(),
            notice: RefCell::default(),
            keeper: RefCell::default(),
            removals: Cell::new(0),
            presses: RefCell::default(),
            ignored: RefCell::default(),
            refused_settings: Cell::new(false),
            closed: Cell::new(false),
            told: Box::new(told),
        });
        if bad_locale {
            inner.ignore("locale", "a BCP 47 tag such as fr-CA, or auto");
        }
        let faults = inner.settings.borrow().faults();
        faults.into_iter().for_each(|fault| inner.log(fault));
        inner.open()?;
        inner.keep();
        Ok(Self { inner })
    }

    /// Says that an attribute or property was ignored, and what would be right.
    pub fn ignore(&self, name: &str, expected: &str) {
        self.inner.ignore(name, expected);
    }

    /// Presses the form's button: for a page with its own. A form that is not ready yet is waited for; `answer` gets what
    /// became of it, once.
    pub fn submit(&self, answer: impl FnOnce(Submission) + 'static) {
        self.inner.submit(Box::new(answer));
    }

    /// Empties the form.
    pub fn reset(&self) {
        self.inner.say(&ToFrame::Reset(EmptyBody {}));
    }

    /// Puts the focus into the first field.
    pub fn focus(&self) {
        self.inner.show(true);
        self.inner.say(&ToFrame::Focus(EmptyBody {}));
    }

    /// Changes the settings, the whole of them. What is wrong in them is said and counts as left out; a consent, or
    /// lists of cards, that cannot be read leave those that stood.
    pub fn update(&self, settings: HostSettings) {
        self.inner.take_settings(settings);
    }

    /// The person signed in, and the wallet has the new token: what waited goes on.
    pub fn signed_in(&self) {
        let steps = self.inner.attempts.borrow_mut().signed_in();
        self.inner.run(steps);
    }

    /// Loads the frame again, after it did not come or left. Not while a card is being saved.
    pub fn retry(&self) {
        self.inner.reopen();
    }

    /// What it is doing.
    #[must_use]
    pub fn state(&self) -> State {
        self.inner.state.get().unwrap_or_default()
    }

    /// Messages dropped so far, by reason.
    #[must_use]
    pub fn drops(&self) -> Drops {
        self.inner
            .frame
            .borrow()
            .as_ref()
            .map(Frame::drops)
            .unwrap_or_default()
    }
}

impl Drop for CardEntry {
    fn drop(&mut self) {
        let inner = &self.inner;
        inner.closed.set(true);
        inner.keeper.take();
        inner.silence.take();
        inner.notice.take();
        inner.tasks.take();
        inner.frame.take();
        for name in ["data-card-entry", "data-state"] {
            let _ = inner.host.remove_attribute(name);
        }
        inner.answer_presses(Submission::Not(NotSubmitted::because(LEFT)));
    }
}

impl Inner {
    fn open(self: &Rc<Self>) -> Result<(), MountError> {
        self.sweep();
        self.mark_host();
        let refused = self.settings.borrow().error();
        self.refused_settings.set(refused.is_some());
        if let Some(code) = refused {
            // No frame, an older one least of all, may show a form without what was asked of it.
            let set = self.settings.borrow().locale();
            let asked = set.or_else(|| self.address.locale.clone());
            self.speak(choose_locale(asked.as_deref()));
            self.give_up(code.as_str(), Word::BadSetup);
            return Ok(());
        }
        let hearing = Rc::downgrade(self);
        let frame = Frame::mount(
            &self.host,
            &self.address,
            self.settings.borrow().clone(),
            move |heard| {
                if let Some(inner) = hearing.upgrade().filter(|inner| !inner.closed.get()) {
                    inner.hear(heard);
                }
            },
        )?;
        self.speak(frame.locale());
        self.frame.replace(Some(frame));
        let waiting = Rc::downgrade(self);
        self.silence.replace(Some(Timeout::new(SILENCE, move || {
            if let Some(inner) = waiting.upgrade() {
                inner.give_up_silent();
            }
        })));
        self.refresh();
        Ok(())
    }

    fn reopen(self: &Rc<Self>) {
        if self.attempts.borrow().stage().is_some() {
            return;
        }
        self.removals.set(0);
        self.open_again();
    }

    fn open_again(self: &Rc<Self>) {
        self.set_challenge(false);
        if self.closed.get() {
            return;
        }
        self.notice.take();
        self.frame.take();
        self.facts.set(Facts::default());
        self.attempts.borrow_mut().reloaded();
        if self.open().is_err() {
            self.give_up("mount_refused", Word::Silent);
        }
    }

    /// The frame cannot be used and does not say so itself: we do, with a button that loads it again.
    fn give_up(self: &Rc<Self>, code: &'static str, word: Word) {
        let retrying = Rc::downgrade(self);
        let notice = Notice::show(&self.host, self.locale.get(), word, move || {
            if let Some(inner) = retrying.upgrade() {
                inner.reopen();
            }
        });
        self.notice.replace(notice);
        // What it shows, should it come up, says that it is loading: one of the two is true.
        self.show_frame(false);
        self.unusable(code, self.locale.get().word(word).to_owned());
    }

    fn show_frame(&self, shown: bool) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.set_displayed(shown);
        }
    }

    fn unusable(&self, code: &'static str, sentence: String) {
        say_unusable(code);
        self.change(|facts| {
            facts.unusable = true;
            facts.challenge = false;
        });
        self.tell(Event::Unusable(code, sentence));
        self.drop_presses();
    }

    fn change(&self, change: impl FnOnce(&mut Facts)) {
        let mut facts = self.facts.get();
        change(&mut facts);
        self.facts.set(facts);
        self.refresh();
    }

    fn refresh(&self) {
        if self.closed.get() {
            return;
        }
        let (stage, sign_in) = {
            let attempts = self.attempts.borrow();
            (attempts.stage(), attempts.wants_sign_in())
        };
        let state = self.facts.get().state(stage, sign_in);
        if self.state.replace(Some(state)) != Some(state) {
            let _ = self.host.set_attribute("data-state", state.as_str());
            self.tell(Event::State(state));
        }
    }

    fn tell(&self, event: Event) {
        if !self.closed.get() {
            (self.told)(event);
        }
    }

    fn say(&self, message: &ToFrame) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.say(message);
        }
    }
}
