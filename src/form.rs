//! One mounted form: its signals, and what it holds in the browser.
//!
//! Made by [`crate::mount`], drawn by the page, carried through by the save. A `Form` is a handle: copies are the same
//! form, and after it was closed every call does nothing. It must never move the phase but through [`Progress`].

mod hear;
mod press;
mod start;
mod tell;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use card_entry_protocol::message::{Attempt, FieldName};
use card_entry_protocol::settings::{Accept, Settings};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::config::Config;
use crate::error::Trouble;
use crate::field::Field;
use crate::intent::Intents;
use crate::parent::Parent;
use crate::parent::height::HeightWatch;
use crate::phase::{Ending, Phase, Progress, Stage, Ticket};
use crate::save::Answer;
use crate::slot::Slot;
use crate::stripe::StripeError;
use crate::stripe::answer::PaymentMethod;
use crate::stripe::card::Card;
use crate::stripe::client::Client;
use crate::stripe::options::{BillingDetails, Typed};
use crate::words::Locale;

/// Loading is put into words after this, milliseconds.
const LATE_LOADING: u32 = 3_000;

/// So is a save, milliseconds: the promise is ten seconds.
const LATE_SAVING: u32 = 8_000;

/// What a form holds in the browser; all of it undoes itself when dropped.
struct Inner {
    config: Option<Config>,
    host: HtmlElement,
    open: Cell<bool>,
    parent: RefCell<Option<Parent>>,
    height: RefCell<Option<HeightWatch>>,
    card: RefCell<Option<Card>>,
    scheme: RefCell<Option<EventListener>>,
    late: RefCell<Option<Timeout>>,
    ready: Cell<usize>,
    intents: Intents,
    answers: Slot<Answer>,
    page_locale: Locale,
}

/// A handle on the form.
#[derive(Clone, Copy)]
pub struct Form {
    /// The phase.
    pub progress: RwSignal<Progress>,
    /// The language.
    pub locale: RwSignal<Locale>,
    /// What the host set.
    pub settings: RwSignal<Settings>,
    /// The brand being typed, as Stripe says it.
    pub brand: RwSignal<Option<String>>,
    fields: StoredValue<[Field; 8]>,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

impl Form {
    /// A form that has not started; `config` is none when the page cannot work.
    pub(crate) fn new(config: Option<Config>, locale: Locale, host: HtmlElement) -> Self {
        use FieldName::{Consent, Country, Cvc, Expiry, Name, Number, Payment, PostalCode};
        let fields = [
            Number, Expiry, Cvc, Payment, Name, PostalCode, Country, Consent,
        ];
        Self {
            progress: RwSignal::new(Progress::new()),
            locale: RwSignal::new(locale),
            settings: RwSignal::new(Settings::default()),
            brand: RwSignal::new(None),
            fields: StoredValue::new(fields.map(Field::new)),
            inner: StoredValue::new_local(Rc::new(Inner {
                config,
                host,
                open: Cell::new(true),
                parent: RefCell::default(),
                height: RefCell::default(),
                card: RefCell::default(),
                scheme: RefCell::default(),
                late: RefCell::default(),
                ready: Cell::new(0),
                intents: Intents::default(),
                answers: Slot::default(),
                page_locale: locale,
            })),
        }
    }

    fn inner(self) -> Option<Rc<Inner>> {
        self.inner.try_get_value().filter(|inner| inner.open.get())
    }

    /// Whether it is still on the page.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.inner().is_some()
    }

    /// Takes everything down: fields, listeners, port, timers.
    pub(crate) fn close(self) {
        if let Some(inner) = self.inner() {
            inner.open.set(false);
            inner.card.take();
            inner.height.take();
            inner.scheme.take();
            inner.late.take();
            inner.parent.take();
        }
    }

    /// The page's settings; none when it cannot work.
    #[must_use]
    pub fn config(self) -> Option<Config> {
        self.inner()?.config.clone()
    }

    /// The state of a field.
    #[must_use]
    pub fn field(self, name: FieldName) -> Option<Field> {
        self.fields
            .try_with_value(|fields| fields.iter().find(|field| field.name == name).copied())
            .flatten()
    }

    /// The fields that are shown, in the order of the page.
    #[must_use]
    pub fn shown(self) -> Vec<Field> {
        let Some(config) = self.config() else {
            return Vec::new();
        };
        let settings = self.settings.get_untracked();
        let own = [
            (FieldName::Name, settings.fields.name.is_shown()),
            (FieldName::Country, settings.fields.country.is_shown()),
            (
                FieldName::PostalCode,
                settings.fields.postal_code.is_shown(),
            ),
            (
                FieldName::Consent,
                settings.consent.is_some_and(|c| c.required),
            ),
        ];
        let own = own
            .iter()
            .filter_map(|(name, shown)| shown.then_some(*name));
        Card::fields(&config.query.fields)
            .iter()
            .copied()
            .chain(own)
            .filter_map(|name| self.field(name))
            .collect()
    }

    /// Makes a move of the phase; starts the clock of the new one.
    fn step<T>(self, go: impl FnOnce(&mut Progress) -> T) -> Option<T> {
        let inner = self.inner()?;
        let before = self
            .progress
            .with_untracked(|progress| progress.phase().clone());
        let result = self.progress.try_update(go)?;
        self.progress.with_untracked(|progress| {
            if *progress.phase() == before {
                return;
            }
            let ms = match progress.phase() {
                Phase::Loading => LATE_LOADING,
                Phase::Busy(_) => LATE_SAVING,
                _ => {
                    inner.late.take();
                    return;
                }
            };
            inner.late.replace(Some(Timeout::new(ms, move || {
                if self.is_open() {
                    self.progress.update(|progress| {
                        progress.mark_late();
                    });
                }
            })));
        });
        Some(result)
    }

    /// The save goes on.
    pub fn enter(self, ticket: &Ticket, stage: Stage) {
        self.step(|progress| progress.enter(ticket, stage));
    }

    /// The save ends.
    pub fn end(self, ticket: Ticket, ending: Ending) {
        self.step(|progress| progress.end(ticket, ending));
    }

    /// The language now.
    #[must_use]
    pub fn locale(self) -> Locale {
        self.locale.try_get_untracked().unwrap_or(Locale::En)
    }

    /// What the site takes.
    #[must_use]
    pub fn accept(self) -> Accept {
        self.settings
            .try_with_untracked(|settings| settings.accept.clone())
            .unwrap_or_default()
    }

    /// Whether the card is kept for later.
    #[must_use]
    pub fn is_for_future_usage(self) -> bool {
        self.config()
            .is_some_and(|config| config.query.for_future_usage)
    }

    /// Stripe, once it is started.
    #[must_use]
    pub fn client(self) -> Option<Client> {
        Some(self.inner()?.card.borrow().as_ref()?.client.clone())
    }

    /// Starts making the payment method.
    pub fn create_payment_method(
        self,
    ) -> Option<impl Future<Output = Result<PaymentMethod, StripeError>> + use<>> {
        let value = |name| {
            let field = self.shown().into_iter().find(|field| field.name == name);
            field
                .map(|field| field.value.get_untracked())
                .unwrap_or_default()
        };
        let typed = Typed {
            name: value(FieldName::Name),
            postal_code: value(FieldName::PostalCode),
            country: value(FieldName::Country),
        };
        let billing = self
            .settings
            .with_untracked(|settings| BillingDetails::merge(&settings.billing_details, &typed));
        Some(
            self.inner()?
                .card
                .borrow()
                .as_ref()?
                .create_payment_method(&billing),
        )
    }

    /// Asks the parent for an intent, unless it was asked or one is left over.
    pub fn ask_intent(self, attempt: Attempt) {
        if let Some(inner) = self.inner()
            && self.has_port()
            && inner.intents.ask(attempt)
        {
            self.tell_intent_request(attempt);
        }
    }

    /// Waits for the intent; none when nobody can make one.
    ///
    /// # Errors
    /// Why there is none although the parent makes them.
    pub async fn take_intent(
        self,
    ) -> Result<Option<card_entry_protocol::secret::ClientSecret>, Trouble> {
        match self.inner() {
            Some(inner) if self.has_port() => {
                let account = inner.config.as_ref().and_then(|c| c.query.account.as_ref());
                inner.intents.take(account).await
            }
            _ => Ok(None),
        }
    }

    /// Keeps an intent for the next attempt.
    pub fn keep_intent(self, secret: card_entry_protocol::secret::ClientSecret) {
        if let Some(inner) = self.inner() {
            inner.intents.keep(secret);
        }
    }

    /// Waits for the wallet's answer.
    pub async fn take_answer(self) -> Answer {
        match self.inner() {
            Some(inner) => inner.answers.take().await,
            None => core::future::pending().await,
        }
    }
}
