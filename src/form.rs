//! One mounted form: its state's signal, and what it holds in the browser.
//!
//! Made by [`crate::mount`], drawn by the page, carried through by the save. A `Form` is a handle: copies are the same
//! form, and after it was closed every call does nothing. It must never move the phase but through [`Progress`].

#[cfg(feature = "braintree")]
mod client_token;
mod consent;
mod notify;
mod parent_event;
mod start;
mod submit;

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

use crate::appearance;
use crate::clock::now_ms;
use crate::config::Config;
use crate::error::{SaveError, parent_text};
use crate::intent::IntentCache;
use crate::latest::Latest;
use crate::listener::Listener;
use crate::locale::Locale;
use crate::page::StateSignal;
use crate::parent::Parent;
use crate::parent::height::HeightWatch;
use crate::phase::{Phase, Progress, SaveGuard, SaveOutcome, SaveStage};
use crate::provider::{CardFields, ProviderClient};
use crate::save::WalletAnswer;
use crate::state::FormState;
use crate::stripe::answer::PaymentMethod;
#[cfg(not(feature = "braintree"))]
use crate::stripe::answer::StripeIntent;
use crate::stripe::client::PendingCall;
use crate::stripe::options::merge_billing_details;

/// Loading is put into words after this, milliseconds.
const LOADING_NOTICE_DELAY_MS: u32 = 3_000;

/// So is a save, milliseconds: the promise is ten seconds.
const SAVING_NOTICE_DELAY_MS: u32 = 8_000;

/// A look-up nobody answers, milliseconds: with the save's own patience the minute within which an outcome is promised.
const CHECKING_NOTICE_DELAY_MS: u32 = 30_000;

/// What a form is and holds in the browser; all of it undoes itself when dropped.
struct FormResources {
    config: Option<Config>,
    page_locale: Locale,
    host: HtmlElement,
    state: StateSignal,
    open: Cell<bool>,
    parent: RefCell<Option<Parent>>,
    height: RefCell<Option<HeightWatch>>,
    card_fields: RefCell<Option<CardFields>>,
    listeners: RefCell<Vec<Listener>>,
    notice_timer: RefCell<Option<Timeout>>,
    /// Counts the loadings, so that the end of an old one's patience does not end a new one.
    load_generation: Cell<u32>,
    /// How many of Stripe's fields can be used.
    ready_fields: Cell<usize>,
    /// The parent sees too little of its iframe.
    out_of_view: Cell<bool>,
    /// Whether all of them can be, or why they never will be; none while they are on their way.
    load_result: Cell<Option<Result<(), FrameErrorCode>>>,
    /// The settings that were ignored last, so that an update does not say them again.
    faults: RefCell<Vec<IgnoredSetting>>,
    intents: IntentCache,
    /// The wallet's answers to the save of this moment.
    wallet_answer: RefCell<Rc<Latest<WalletAnswer>>>,
    /// Where the focus was before a bank's page lay over the form.
    focused: RefCell<Option<HtmlElement>>,
}

/// A handle on the form: clones are the same form.
#[derive(Clone)]
pub struct Form(Rc<FormResources>);

impl Form {
    /// A form that has not started; `config` is none when the page cannot work.
    pub(crate) fn new(config: Option<Config>, locale: Locale, host: HtmlElement) -> Self {
        // Braintree's fields are a card's, whatever the address asks for.
        let split = cfg!(feature = "braintree")
            || config
                .as_ref()
                .is_none_or(|config| config.query.fields == FormFields::CardOnly);
        let test_mode = config
            .as_ref()
            .is_some_and(|config| config.query.key.is_test());
        let mut state = FormState::new(locale, split);
        state.test_mode = test_mode;
        Self(Rc::new(FormResources {
            config,
            page_locale: locale,
            state: ArcRwSignal::new(state),
            host,
            open: Cell::new(true),
            parent: RefCell::default(),
            height: RefCell::default(),
            card_fields: RefCell::default(),
            listeners: RefCell::default(),
            notice_timer: RefCell::default(),
            load_generation: Cell::new(0),
            ready_fields: Cell::new(0),
            out_of_view: Cell::new(false),
            load_result: Cell::new(None),
            faults: RefCell::default(),
            intents: IntentCache::default(),
            wallet_answer: RefCell::default(),
            focused: RefCell::default(),
        }))
    }

    /// The state, for the view.
    pub(crate) fn state(&self) -> StateSignal {
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
        inner.card_fields.take();
        inner.height.take();
        inner.listeners.take();
        inner.notice_timer.take();
        inner.parent.take();
    }

    pub fn read<T>(&self, read: impl FnOnce(&FormState) -> T) -> T {
        read(&self.0.state.read_untracked())
    }

    /// Changes the state; the view follows by itself.
    fn change<T>(&self, change: impl FnOnce(&mut FormState) -> T) -> T {
        change(&mut self.0.state.write())
    }

    /// The page's settings; none when it cannot work.
    #[must_use]
    pub fn config(&self) -> Option<&Config> {
        self.0.config.as_ref()
    }

    /// Makes a move of the phase, and starts the clock of the new one.
    fn change_phase(&self, go: impl FnOnce(&mut Progress) -> bool) -> bool {
        let moved = self.change(|state| go(&mut state.progress));
        if moved && self.is_open() {
            // At once, for the boot script: the view is drawn later, and a panic may come before that.
            appearance::mark_busy(
                self.read(|state| matches!(state.progress.phase(), Phase::Busy(_))),
            );
            self.start_notice_timer();
            self.record_consent_shown();
        }
        moved
    }

    /// Puts the phase into words, should it last.
    fn start_notice_timer(&self) {
        let patience = self.read(|state| match state.progress.phase() {
            // Counted from the page's own start: this code may have come late itself.
            Phase::Loading if self.0.load_generation.get() == 0 => {
                Some(LOADING_NOTICE_DELAY_MS.saturating_sub(now_ms()))
            }
            Phase::Loading => Some(LOADING_NOTICE_DELAY_MS),
            Phase::Busy(SaveStage::Checking) => Some(CHECKING_NOTICE_DELAY_MS),
            Phase::Busy(_) => Some(SAVING_NOTICE_DELAY_MS),
            _ => None,
        });
        let form = self.clone();
        let late = move || {
            form.change(|state| state.progress.mark_late());
        };
        self.0
            .notice_timer
            .replace(patience.map(|ms| Timeout::new(ms, late)));
    }

    pub fn enter_stage(&self, guard: &SaveGuard, stage: SaveStage) {
        self.change_phase(|progress| progress.enter_stage(guard, stage));
    }

    /// Whether this save still goes on: a form that was emptied has let go of it.
    #[must_use]
    pub fn is_current(&self, guard: &SaveGuard) -> bool {
        self.is_open() && self.read(|state| state.progress.stage_of(guard.attempt()).is_some())
    }

    /// The wallet's last word is still to come; what it says until then is shown.
    pub(super) fn on_wallet_pending(&self, not: &NotSaved) {
        self.0.intents.set_pending(not.attempt, &not.message);
        self.change_phase(|progress| progress.start_checking(not.attempt));
        self.show_wallet_text(not.attempt, &not.message);
    }

    fn show_wallet_text(&self, attempt: Attempt, message: &str) {
        if let Some(words) = parent_text(message) {
            self.change(|state| state.progress.set_wallet_text(attempt, words));
        }
    }

    pub fn end_save(&self, guard: SaveGuard, outcome: SaveOutcome) {
        self.change_phase(|progress| progress.end_save(guard, outcome));
        // Settings that came meanwhile.
        if self.update_readiness() {
            self.notify_state();
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
    pub fn client(&self) -> Option<ProviderClient> {
        Some(self.0.card_fields.borrow().as_ref()?.client.clone())
    }

    /// Starts making the payment method.
    #[must_use]
    pub fn create_payment_method(&self) -> Option<PendingCall<PaymentMethod>> {
        let billing = self.billing_details();
        Some(
            self.0
                .card_fields
                .borrow()
                .as_ref()?
                .create_payment_method(&billing),
        )
    }

    /// Starts confirming an intent with what is typed; none where that cannot be done.
    #[cfg(not(feature = "braintree"))]
    #[must_use]
    pub fn confirm_typed(&self, secret: &ClientSecret) -> Option<PendingCall<StripeIntent>> {
        let billing = self.billing_details();
        self.0
            .card_fields
            .borrow()
            .as_ref()?
            .confirm(secret, &billing)
    }

    fn billing_details(&self) -> Tree {
        self.read(|state| {
            merge_billing_details(&state.settings.billing_details, &state.entered_details())
        })
    }

    /// Asks the parent for an intent, unless it was asked or one is left over.
    pub fn request_intent(&self, attempt: Attempt) {
        // A nonce needs no intent; what Braintree's fields begin with was asked for at the start.
        let needed = cfg!(not(feature = "braintree"));
        if needed && self.has_port() && self.0.intents.start_request(attempt) {
            self.send_intent_request(attempt);
        }
    }

    /// Waits for the intent; none when nobody can make one.
    ///
    /// # Errors
    /// Why there is none although the parent makes them.
    pub async fn wait_for_intent(&self) -> Result<Option<ClientSecret>, SaveError> {
        if cfg!(feature = "braintree") || !self.has_port() {
            return Ok(None);
        }
        let account = self
            .config()
            .and_then(|config| config.query.account.as_ref());
        let attempt = self.read(|state| state.progress.last_attempt());
        if let Some(words) = self.0.intents.pending_text(attempt) {
            self.show_wallet_text(attempt, &words);
        }
        self.0.intents.wait(account).await
    }

    /// Keeps an intent for the next attempt.
    pub fn store_intent(&self, secret: ClientSecret) {
        self.0.intents.store(secret);
    }

    /// Waits for the wallet's answer.
    pub async fn wait_for_wallet_answer(&self) -> WalletAnswer {
        let answers = self.0.wallet_answer.borrow().clone();
        answers.take().await
    }
}
