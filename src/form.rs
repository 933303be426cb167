//! One mounted form: its state's signal, and what it holds in the browser.
//!
//! Made by [`crate::mount`], drawn by the page, carried through by the save. A `Form` is a handle: copies are the same
//! form, and after it was closed every call does nothing. It must never move the phase but through [`Progress`].

mod agree;
mod hear;
mod press;
mod start;
mod tell;
#[cfg(feature = "braintree")]
mod token;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::{Attempt, NotSaved};
use card_entry_protocol::query::FormFields;
use card_entry_protocol::secret::ClientSecret;
use card_entry_protocol::settings::IgnoredSetting;
use card_entry_protocol::tree::Tree;
use gloo_timers::callback::Timeout;
use leptos::prelude::{ArcRwSignal, ReadUntracked, Write};
use web_sys::HtmlElement;

use crate::clock::now;
use crate::config::Config;
use crate::error::{Trouble, theirs};
use crate::intent::Intents;
use crate::listener::Listener;
use crate::look;
use crate::page::Source;
use crate::parent::Parent;
use crate::parent::height::HeightWatch;
use crate::phase::{Ending, Phase, Progress, Stage, Ticket};
use crate::provider::{Card, Client};
use crate::save::Answer;
use crate::slot::Slot;
use crate::state::State;
#[cfg(not(feature = "braintree"))]
use crate::stripe::answer::Intent;
use crate::stripe::answer::PaymentMethod;
use crate::stripe::client::Pending;
use crate::stripe::options::merge_billing_details;
use crate::words::Locale;

/// Loading is put into words after this, milliseconds.
const LATE_LOADING: u32 = 3_000;

/// So is a save, milliseconds: the promise is ten seconds.
const LATE_SAVING: u32 = 8_000;

/// A look-up nobody answers, milliseconds: with the save's own patience the minute within which an ending is promised.
const LATE_CHECKING: u32 = 30_000;

/// What a form is and holds in the browser; all of it undoes itself when dropped.
struct Inner {
    config: Option<Config>,
    page_locale: Locale,
    host: HtmlElement,
    state: Source,
    open: Cell<bool>,
    parent: RefCell<Option<Parent>>,
    height: RefCell<Option<HeightWatch>>,
    card: RefCell<Option<Card>>,
    listeners: RefCell<Vec<Listener>>,
    late: RefCell<Option<Timeout>>,
    /// Counts the loadings, so that the end of an old one's patience does not end a new one.
    loading: Cell<u32>,
    /// How many of Stripe's fields can be used.
    ready: Cell<usize>,
    /// The parent sees too little of its iframe.
    out_of_view: Cell<bool>,
    /// Whether all of them can be, or why they never will be; none while they are on their way.
    loaded: Cell<Option<Result<(), FrameErrorCode>>>,
    /// The settings that were ignored last, so that an update does not say them again.
    faults: RefCell<Vec<IgnoredSetting>>,
    intents: Intents,
    /// The wallet's answers to the save of this moment.
    answers: RefCell<Rc<Slot<Answer>>>,
    /// Where the focus was before a bank's page lay over the form.
    focused: RefCell<Option<HtmlElement>>,
}

/// A handle on the form: clones are the same form.
#[derive(Clone)]
pub struct Form(Rc<Inner>);

impl Form {
    /// A form that has not started; `config` is none when the page cannot work.
    pub(crate) fn new(config: Option<Config>, locale: Locale, host: HtmlElement) -> Self {
        // Braintree's fields are a card's, whatever the address asks for.
        let split = cfg!(feature = "braintree")
            || config
                .as_ref()
                .is_none_or(|config| config.query.fields == FormFields::CardOnly);
        let test = config
            .as_ref()
            .is_some_and(|config| config.query.key.is_test());
        let mut state = State::new(locale, split);
        state.test = test;
        Self(Rc::new(Inner {
            config,
            page_locale: locale,
            state: ArcRwSignal::new(state),
            host,
            open: Cell::new(true),
            parent: RefCell::default(),
            height: RefCell::default(),
            card: RefCell::default(),
            listeners: RefCell::default(),
            late: RefCell::default(),
            loading: Cell::new(0),
            ready: Cell::new(0),
            out_of_view: Cell::new(false),
            loaded: Cell::new(None),
            faults: RefCell::default(),
            intents: Intents::default(),
            answers: RefCell::default(),
            focused: RefCell::default(),
        }))
    }

    /// The state, for the view.
    pub(crate) fn state(&self) -> Source {
        self.0.state.clone()
    }

    /// Whether it is still on the page.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.open.get()
    }

    /// Takes everything down: fields, listeners, observers, port, timers.
    pub(crate) fn close(&self) {
        let inner = &self.0;
        inner.open.set(false);
        inner.card.take();
        inner.height.take();
        inner.listeners.take();
        inner.late.take();
        inner.parent.take();
    }

    pub fn read<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.0.state.read_untracked())
    }

    /// Changes the state; the view follows by itself.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.state.write())
    }

    /// The page's settings; none when it cannot work.
    #[must_use]
    pub fn config(&self) -> Option<&Config> {
        self.0.config.as_ref()
    }

    /// Makes a move of the phase, and starts the clock of the new one.
    fn step(&self, go: impl FnOnce(&mut Progress) -> bool) -> bool {
        let moved = self.change(|state| go(&mut state.progress));
        if moved && self.is_open() {
            // At once, for the boot script: the view is drawn later, and a panic may come before that.
            look::mark_busy(self.read(|state| matches!(state.progress.phase(), Phase::Busy(_))));
            self.start_clock();
            self.note_consent();
        }
        moved
    }

    /// Puts the phase into words, should it last.
    fn start_clock(&self) {
        let patience = self.read(|state| match state.progress.phase() {
            // Counted from the page's own start: this code may have come late itself.
            Phase::Loading if self.0.loading.get() == 0 => Some(LATE_LOADING.saturating_sub(now())),
            Phase::Loading => Some(LATE_LOADING),
            Phase::Busy(Stage::Checking) => Some(LATE_CHECKING),
            Phase::Busy(_) => Some(LATE_SAVING),
            _ => None,
        });
        let form = self.clone();
        let late = move || {
            form.change(|state| state.progress.mark_late());
        };
        self.0
            .late
            .replace(patience.map(|ms| Timeout::new(ms, late)));
    }

    pub fn enter(&self, ticket: &Ticket, stage: Stage) {
        self.step(|progress| progress.enter(ticket, stage));
    }

    /// Whether this save still goes on: a form that was emptied has let go of it.
    #[must_use]
    pub fn holds(&self, ticket: &Ticket) -> bool {
        self.is_open() && self.read(|state| state.progress.stage_of(ticket.attempt()).is_some())
    }

    /// The wallet's last word is still to come; what it says until then is shown.
    pub(super) fn wait(&self, not: &NotSaved) {
        self.0.intents.hold(not.attempt, &not.message);
        self.step(|progress| progress.look_up(not.attempt));
        self.say(not.attempt, &not.message);
    }

    fn say(&self, attempt: Attempt, message: &str) {
        if let Some(words) = theirs(message) {
            self.change(|state| state.progress.say(attempt, words));
        }
    }

    pub fn end(&self, ticket: Ticket, ending: Ending) {
        self.step(|progress| progress.end(ticket, ending));
        // Settings that came meanwhile.
        if self.settle() {
            self.tell_state();
        }
    }

    /// Whether the card is kept for later.
    #[must_use]
    pub fn is_for_future_usage(&self) -> bool {
        self.config()
            .is_some_and(|config| config.query.for_future_usage)
    }

    /// Stripe, once it is started.
    #[must_use]
    pub fn client(&self) -> Option<Client> {
        Some(self.0.card.borrow().as_ref()?.client.clone())
    }

    /// Starts making the payment method.
    #[must_use]
    pub fn create_payment_method(&self) -> Option<Pending<PaymentMethod>> {
        let billing = self.billing_details();
        Some(
            self.0
                .card
                .borrow()
                .as_ref()?
                .create_payment_method(&billing),
        )
    }

    /// Starts confirming an intent with what is typed; none where that cannot be done.
    #[cfg(not(feature = "braintree"))]
    #[must_use]
    pub fn confirm_typed(&self, secret: &ClientSecret) -> Option<Pending<Intent>> {
        let billing = self.billing_details();
        self.0.card.borrow().as_ref()?.confirm(secret, &billing)
    }

    fn billing_details(&self) -> Tree {
        self.read(|state| merge_billing_details(&state.settings.billing_details, &state.typed()))
    }

    /// Asks the parent for an intent, unless it was asked or one is left over.
    pub fn ask_intent(&self, attempt: Attempt) {
        // A nonce needs no intent; what Braintree's fields begin with was asked for at the start.
        let needed = cfg!(not(feature = "braintree"));
        if needed && self.has_port() && self.0.intents.ask(attempt) {
            self.tell_intent_request(attempt);
        }
    }

    /// Waits for the intent; none when nobody can make one.
    ///
    /// # Errors
    /// Why there is none although the parent makes them.
    pub async fn take_intent(&self) -> Result<Option<ClientSecret>, Trouble> {
        if cfg!(feature = "braintree") || !self.has_port() {
            return Ok(None);
        }
        let account = self
            .config()
            .and_then(|config| config.query.account.as_ref());
        let attempt = self.read(|state| state.progress.last_attempt());
        if let Some(words) = self.0.intents.held(attempt) {
            self.say(attempt, &words);
        }
        self.0.intents.take(account).await
    }

    /// Keeps an intent for the next attempt.
    pub fn keep_intent(&self, secret: ClientSecret) {
        self.0.intents.keep(secret);
    }

    /// Waits for the wallet's answer.
    pub async fn take_answer(&self) -> Answer {
        let answers = self.0.answers.borrow().clone();
        answers.take().await
    }
}
