//! One mounted form: the signal of its state, and its resources in the browser.
//!
//! Made by [`crate::mount`], drawn by the page, used by the save. `Form` is a handle: clones are the same form. After it
//! is closed every call does nothing. It must never change the phase in another way than through [`Progress`].

#[cfg(feature = "braintree")]
mod client_token;
mod consent;
mod notify;
mod parent_event;
mod start;
mod submit;
mod wallet;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::query::FormFields;
#[cfg(not(feature = "braintree"))]
use card_entry_protocol::secret::ClientSecret;
use card_entry_protocol::settings::IgnoredSetting;
use card_entry_protocol::tree::Tree;
use gloo_timers::callback::Timeout;
use leptos::prelude::{ArcRwSignal, ReadUntracked, Write};
use web_sys::HtmlElement;

use crate::appearance;
use crate::clock::now_ms;
use crate::config::Config;
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

/// After this many milliseconds of loading, the form shows that it is still loading.
const LOADING_NOTICE_DELAY_MS: u32 = 3_000;

/// After this many milliseconds of saving, the form shows that it is still saving. The promise is ten seconds.
const SAVING_NOTICE_DELAY_MS: u32 = 8_000;

/// After this many milliseconds of checking, the form shows that the outcome is unknown. Together with the save's own
/// timeout this is the minute within which an outcome is promised.
const CHECKING_NOTICE_DELAY_MS: u32 = 30_000;

/// The resources of a form. Dropping them releases them.
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
    /// Counts the loads, so that the timeout of an old load does not end a new one.
    load_generation: Cell<u32>,
    /// How many of the provider's fields are ready.
    ready_fields: Cell<usize>,
    /// Whether the parent reports that too little of its iframe is visible.
    out_of_view: Cell<bool>,
    /// Whether all provider fields are ready, or why they failed; `None` while they load.
    load_result: Cell<Option<Result<(), FrameErrorCode>>>,
    /// The settings ignored last, so that an update does not log them again.
    ignored_settings: RefCell<Vec<IgnoredSetting>>,
    intents: IntentCache,
    /// The wallet's answer to the running save.
    wallet_answer: RefCell<Rc<Latest<WalletAnswer>>>,
    /// The element that had the focus before a 3DS page covered the form.
    focused_element: RefCell<Option<HtmlElement>>,
}

/// A handle on the form; clones are the same form.
#[derive(Clone)]
pub struct Form(Rc<FormResources>);

impl Form {
    /// Makes a form that is not started. `config` is `None` when the page cannot work.
    pub(crate) fn new(config: Option<Config>, locale: Locale, host: HtmlElement) -> Self {
        // Braintree has card fields only, whatever the address asks for.
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
            ignored_settings: RefCell::default(),
            intents: IntentCache::default(),
            wallet_answer: RefCell::default(),
            focused_element: RefCell::default(),
        }))
    }

    pub(crate) fn state(&self) -> StateSignal {
        self.0.state.clone()
    }

    /// Whether the form is still mounted.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.open.get()
    }

    /// Removes fields, listeners, observers, port and timers.
    pub(crate) fn close(&self) {
        let resources = &self.0;
        resources.open.set(false);
        resources.card_fields.take();
        resources.height.take();
        resources.listeners.take();
        resources.notice_timer.take();
        resources.parent.take();
    }

    pub fn read<T>(&self, read: impl FnOnce(&FormState) -> T) -> T {
        read(&self.0.state.read_untracked())
    }

    /// Changes the state; the view updates itself.
    fn change<T>(&self, change: impl FnOnce(&mut FormState) -> T) -> T {
        change(&mut self.0.state.write())
    }

    /// The page's settings; `None` when it cannot work.
    #[must_use]
    pub fn config(&self) -> Option<&Config> {
        self.0.config.as_ref()
    }

    /// Applies a change of the phase and starts the notice timer of the new phase.
    fn change_phase(&self, transition: impl FnOnce(&mut Progress) -> bool) -> bool {
        let changed = self.change(|state| transition(&mut state.progress));
        if changed && self.is_open() {
            // At once and not with the next draw: the boot script reads it if the code panics before that.
            appearance::mark_busy(
                self.read(|state| matches!(state.progress.phase(), Phase::Busy(_))),
            );
            self.start_notice_timer();
            self.record_consent_shown();
        }
        changed
    }

    /// Starts the timer after which a long phase is shown as late.
    fn start_notice_timer(&self) {
        let delay = self.read(|state| match state.progress.phase() {
            // Counted from the start of the page, because the Wasm itself may have come late.
            Phase::Loading if self.0.load_generation.get() == 0 => {
                Some(LOADING_NOTICE_DELAY_MS.saturating_sub(now_ms()))
            }
            Phase::Loading => Some(LOADING_NOTICE_DELAY_MS),
            Phase::Busy(SaveStage::Checking) => Some(CHECKING_NOTICE_DELAY_MS),
            Phase::Busy(_) => Some(SAVING_NOTICE_DELAY_MS),
            _ => None,
        });
        let form = self.clone();
        let mark_late = move || {
            form.change(|state| state.progress.mark_late());
        };
        self.0
            .notice_timer
            .replace(delay.map(|ms| Timeout::new(ms, mark_late)));
    }

    pub fn enter_stage(&self, guard: &SaveGuard, stage: SaveStage) {
        self.change_phase(|progress| progress.enter_stage(guard, stage));
    }

    /// Whether this save is still running; a reset ends it.
    #[must_use]
    pub fn is_current(&self, guard: &SaveGuard) -> bool {
        self.is_open() && self.read(|state| state.progress.stage_of(guard.attempt()).is_some())
    }

    pub fn end_save(&self, guard: SaveGuard, outcome: SaveOutcome) {
        self.change_phase(|progress| progress.end_save(guard, outcome));
        // Settings that came during the save may make the form unusable now.
        if self.update_readiness() {
            self.notify_state();
        }
    }

    /// Whether the card is saved for later payments.
    #[must_use]
    pub fn is_for_future_usage(&self) -> bool {
        self.config()
            .is_some_and(|config| config.query.for_future_usage)
    }

    /// The provider's client; `None` before it is started.
    #[must_use]
    pub fn client(&self) -> Option<ProviderClient> {
        Some(self.0.card_fields.borrow().as_ref()?.client.clone())
    }

    /// Starts to create the payment method.
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

    /// Starts to confirm an intent with the entered card; `None` where the provider's fields cannot.
    #[cfg(not(feature = "braintree"))]
    #[must_use]
    pub fn confirm_entered_card(&self, secret: &ClientSecret) -> Option<PendingCall<StripeIntent>> {
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
}
