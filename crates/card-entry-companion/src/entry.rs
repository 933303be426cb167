//! One entry of a card, as a thing to mount and drop: frame, attempts and wallet together.
//!
//! Made by the element and by the Leptos components. It carries out what [`crate::attempt`] decides and tells the page.
//! After it is dropped nothing is told, and no listener, timer or iframe is left.

mod calls;
mod notice;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::message::{
    Failure, FailureReport, FromFrame, IntentAnswer, IntentBody, Legacy, NotSaved, Nothing,
    Outcome, Saved, ToFrame,
};
use gloo_timers::callback::Timeout;
use web_sys::Element;

use crate::address::FrameAddress;
use crate::attempt::{Attempts, Line, Step, Told};
use crate::event::Event;
use crate::frame::{Frame, Heard, MountError, random_bytes};
use crate::guard::{DropReason, Drops};
use crate::patience::SILENCE;
use crate::reason::Reason;
use crate::settings::HostSettings;
use crate::state::{Facts, State};
use crate::task::Task;
use crate::wallet::{IdempotencyKey, Intent, WalletApi};
use crate::words::{Locale, Word};
use notice::Notice;

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
    locale: Locale,
    frame: RefCell<Option<Frame>>,
    attempts: RefCell<Attempts>,
    facts: Cell<Facts>,
    state: Cell<Option<State>>,
    tasks: RefCell<Vec<Task>>,
    silence: RefCell<Option<Timeout>>,
    notice: RefCell<Option<Notice>>,
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
        address: FrameAddress,
        settings: HostSettings,
        told: impl Fn(Event) + 'static,
    ) -> Result<Self, MountError> {
        let tag = settings.locale().or_else(|| address.locale.clone());
        let inner = Rc::new(Inner {
            host: host.clone(),
            api,
            locale: choose_locale(tag.as_deref()),
            address,
            settings: RefCell::new(settings),
            frame: RefCell::new(None),
            attempts: RefCell::default(),
            facts: Cell::default(),
            state: Cell::new(None),
            tasks: RefCell::default(),
            silence: RefCell::default(),
            notice: RefCell::default(),
            closed: Cell::new(false),
            told: Box::new(told),
        });
        let _ = host.set_attribute("data-card-entry", "");
        inner.open()?;
        Ok(Self { inner })
    }

    /// Presses the form's button: for a page with its own.
    pub fn submit(&self) {
        self.inner.say(&ToFrame::Submit(Nothing {}));
    }

    /// Empties the form.
    pub fn reset(&self) {
        self.inner.say(&ToFrame::Reset(Nothing {}));
    }

    /// Puts the focus into the first field.
    pub fn focus(&self) {
        self.inner.say(&ToFrame::Focus(Nothing {}));
    }

    /// Changes the settings, the whole of them.
    pub fn update(&self, settings: HostSettings) {
        self.inner.settings.replace(settings.clone());
        if let Some(frame) = self.inner.frame.borrow().as_ref() {
            frame.update(settings);
        }
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
        inner.silence.take();
        inner.notice.take();
        inner.tasks.take();
        inner.frame.take();
        for name in ["data-card-entry", "data-state"] {
            let _ = inner.host.remove_attribute(name);
        }
    }
}

/// The locale of the settings, the page or the browser, in that order.
#[must_use]
pub fn choose_locale(tag: Option<&str>) -> Locale {
    let tag = tag
        .filter(|tag| !tag.eq_ignore_ascii_case("auto"))
        .map(str::to_owned);
    let page = || {
        let root = web_sys::window()?.document()?.document_element()?;
        root.get_attribute("lang").filter(|lang| !lang.is_empty())
    };
    let browser = || web_sys::window()?.navigator().language();
    Locale::read(&tag.or_else(page).or_else(browser).unwrap_or_default())
}

impl Inner {
    fn open(self: &Rc<Self>) -> Result<(), MountError> {
        let hearing = Rc::downgrade(self);
        let frame = Frame::mount(
            &self.host,
            &self.address,
            self.settings.borrow().clone(),
            self.locale.word(Word::FrameTitle),
            move |heard| {
                if let Some(inner) = hearing.upgrade().filter(|inner| !inner.closed.get()) {
                    inner.hear(heard);
                }
            },
        )?;
        self.frame.replace(Some(frame));
        let waiting = Rc::downgrade(self);
        self.silence.replace(Some(Timeout::new(SILENCE, move || {
            if let Some(inner) = waiting.upgrade() {
                inner.give_up("frame_silent", Word::Silent);
            }
        })));
        self.refresh();
        Ok(())
    }

    fn reopen(self: &Rc<Self>) {
        if self.attempts.borrow().stage().is_some() {
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
        let notice = Notice::show(&self.host, self.locale, word, move || {
            if let Some(inner) = retrying.upgrade() {
                inner.reopen();
            }
        });
        self.notice.replace(notice);
        self.unusable(code, self.locale.word(word).to_owned());
    }

    fn unusable(&self, code: &'static str, sentence: String) {
        self.change(|facts| {
            facts.unusable = true;
            facts.challenge = false;
        });
        self.tell(Event::Unusable(code, sentence));
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

    fn hear(self: &Rc<Self>, heard: Heard) {
        match heard {
            Heard::Left => {
                self.frame.take();
                self.silence.take();
                self.give_up("frame_left", Word::Left);
            }
            Heard::Linked(again) => {
                self.spoke();
                if again {
                    self.attempts.borrow_mut().reloaded();
                    self.set_challenge(false);
                    self.change(|facts| facts.ready = false);
                }
            }
            Heard::Said(message) => self.hear_said(message),
            Heard::Plain(message) => {
                self.spoke();
                self.hear_plain(message);
            }
        }
    }

    /// The frame is alive after all.
    fn spoke(&self) {
        self.silence.take();
        if self.notice.take().is_some() {
            self.change(|facts| facts.unusable = false);
        }
    }

    fn hear_said(self: &Rc<Self>, message: FromFrame) {
        match message {
            FromFrame::Ready(_) => self.ready(),
            FromFrame::Height(body) => self.set_height(body.height),
            FromFrame::Challenge(body) => self.set_challenge(body.open),
            FromFrame::Change(change) => {
                if !change.empty {
                    self.change(|facts| facts.saved = false);
                }
                self.tell(Event::Change(change));
            }
            FromFrame::IntentRequest(body) => self.attempt(|all| all.intent_asked(body.attempt)),
            FromFrame::Outcome(outcome) => self.save(outcome),
            FromFrame::Failure(report) => self.attempt(|all| all.failed(report)),
            FromFrame::Unusable(report) => self.unusable(report.code.as_str(), report.message),
            FromFrame::Log(log) => self.tell(Event::Log(log)),
            FromFrame::Focus(_) | FromFrame::Blur(_) | FromFrame::Escape(_) => {}
        }
    }

    fn hear_plain(self: &Rc<Self>, message: Legacy) {
        match message {
            Legacy::Ready => self.ready(),
            Legacy::Height(height) => self.set_height(height),
            Legacy::Saved { id, card, setup } => {
                let attempt = self.attempts.borrow().plain_attempt(&id);
                self.save(Outcome {
                    attempt,
                    id,
                    card,
                    setup,
                });
            }
            Legacy::Failed(error) => self.tell(Event::Error(error, true)),
        }
    }

    fn ready(&self) {
        self.change(|facts| {
            facts.ready = true;
            facts.unusable = false;
        });
        self.tell(Event::Ready);
    }

    fn set_height(&self, height: u32) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.set_height(height);
        }
        self.tell(Event::Height(height));
    }

    fn set_challenge(&self, open: bool) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.set_challenge(open);
        }
        if self.facts.get().challenge != open {
            self.change(|facts| facts.challenge = open);
            self.tell(Event::Challenge(open));
        }
    }

    fn save(self: &Rc<Self>, outcome: Outcome) {
        if let Some(key) = fresh_key() {
            self.attempt(|all| all.outcome(outcome, key));
        }
    }

    fn attempt(self: &Rc<Self>, act: impl FnOnce(&mut Attempts) -> Result<Vec<Step>, DropReason>) {
        let steps = act(&mut self.attempts.borrow_mut());
        match steps {
            Ok(steps) => self.run(steps),
            Err(reason) => {
                if let Some(frame) = self.frame.borrow().as_ref() {
                    frame.drop_as(reason);
                }
            }
        }
    }

    fn run(self: &Rc<Self>, steps: Vec<Step>) {
        for step in steps {
            if self.closed.get() {
                return;
            }
            match step {
                Step::Begin(attempt) => self.spawn(calls::begin(Rc::downgrade(self), attempt)),
                Step::Save(request) => self.spawn(calls::save(Rc::downgrade(self), request)),
                Step::Check(request) => self.spawn(calls::check(Rc::downgrade(self), request)),
                Step::Say(line) => self.say(&self.word(line)),
                Step::Tell(told) => self.tell_told(told),
            }
        }
        self.refresh();
    }

    fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        let task = Task::spawn(future);
        let mut tasks = self.tasks.borrow_mut();
        tasks.retain(|task| !task.is_done());
        tasks.push(task);
    }

    fn tell_told(&self, told: Told) {
        match told {
            Told::SignIn => {
                self.refresh();
                self.tell(Event::SignIn);
            }
            Told::Saved(request, kept) => {
                self.change(|facts| facts.saved = true);
                self.tell(Event::Saved(Box::new(request), kept));
            }
            Told::NotSaved(reason) => {
                let retryable = reason.retryable();
                self.tell(Event::Error(self.failure(&reason), retryable));
            }
            Told::Failed(FailureReport {
                error, retryable, ..
            }) => self.tell(Event::Error(error, retryable)),
        }
    }

    fn failure(&self, reason: &Reason) -> Failure {
        Failure {
            kind: "wallet_error".to_owned(),
            code: reason.as_str().to_owned(),
            message: reason.sentence(self.locale),
            decline_code: None,
            param: None,
        }
    }

    fn word(&self, line: Line) -> ToFrame {
        match line {
            Line::Saved(attempt) => ToFrame::Saved(Saved { attempt }),
            Line::NotSaved(attempt, reason) => ToFrame::NotSaved(NotSaved {
                attempt,
                code: frame_code(&reason).to_owned(),
                message: reason.sentence(self.locale),
                retryable: reason.retryable(),
            }),
            Line::Intent(attempt, answer) => ToFrame::Intent(IntentBody {
                attempt,
                answer: match answer {
                    Ok(Intent::Secret(secret, account)) => IntentAnswer::Secret(secret, account),
                    Ok(Intent::NotNeeded) => IntentAnswer::None,
                    Err(reason) => IntentAnswer::Error(self.failure(&reason)),
                },
            }),
        }
    }
}

/// In the frame's terms everything that goes on by itself is `checking`: its last word is still to come.
fn frame_code(reason: &Reason) -> &'static str {
    if reason.retryable() {
        reason.as_str()
    } else {
        Reason::Checking.as_str()
    }
}

fn fresh_key() -> Option<IdempotencyKey> {
    let bytes = random_bytes(&web_sys::window()?)?;
    let channel = card_entry_protocol::channel::Channel::from_random(bytes);
    Some(IdempotencyKey(channel.into()))
}
