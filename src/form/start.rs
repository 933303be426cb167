//! How the form comes up: the parent, the height, Stripe.js, the fields; and how it gives up and tries again.

use std::rc::Rc;

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::LogEvent;
use wasm_bindgen_futures::spawn_local;
use web_sys::window;

use super::Form;
use crate::clock::sleep;
use crate::config::Config;
use crate::input;
use crate::listener::Listener;
use crate::look;
use crate::parent::height::HeightWatch;
use crate::parent::{Embedding, Parent};
use crate::phase::Progress;
use crate::provider::{Card, Client, load};
use crate::sight;
use crate::stripe::options::{Group, Start};
use crate::words;

/// How long Stripe's fields may take once its script is there, milliseconds.
const FIELDS_PATIENCE: u32 = 15_000;

impl Form {
    /// Opens the parent, watches height and colour scheme, and loads the fields.
    pub(crate) fn start(&self, embedding: Option<Embedding>, broken: Option<FrameErrorCode>) {
        let Some(window) = window() else {
            return;
        };
        let inner = &self.0;
        if let Some(embedding) = embedding {
            let form = self.clone();
            let parent = Parent::open(&window, embedding, move |heard| form.hear(heard));
            inner.parent.replace(Some(parent));
        }
        if let Some(main) = inner.host.query_selector("main").ok().flatten() {
            let form = self.clone();
            let watch = HeightWatch::new(main, move |height| form.tell_height(height));
            inner.height.replace(Some(watch));
        }
        sight::watch(&inner.host);
        let mut listeners = input::listen(self, &inner.host);
        for colors in ["(prefers-color-scheme: dark)", "(forced-colors: active)"] {
            if let Ok(Some(colors)) = window.match_media(colors) {
                let form = self.clone();
                listeners.push(Listener::new(&colors, "change", move |_| form.restyle()));
            }
        }
        inner.listeners.replace(listeners);
        self.start_clock();
        self.learn();
        match broken {
            Some(code) => self.give_up(code),
            None => self.load(true),
        }
    }

    /// Brings the words of the language, and says everything again in them.
    pub(super) fn learn(&self) {
        let form = self.clone();
        let locale = self.read(|state| state.locale);
        look::speak(locale);
        spawn_local(async move {
            if words::load::load(locale).await && form.is_open() {
                look::speak(locale);
                form.change(|_| ());
            }
        });
    }

    /// The fields did not come, and why.
    pub(super) fn fail_load(&self, code: FrameErrorCode) {
        self.0.loaded.set(Some(Err(code)));
        if self.settle() {
            self.tell_state();
        }
    }

    pub(super) fn give_up(&self, code: FrameErrorCode) {
        if self.step(|progress| progress.give_up(code)) {
            self.tell_state();
        }
    }

    /// Tries again what failed, without a reload of the page: asks a parent that has not answered, loads fields that did
    /// not come.
    pub fn retry(&self) {
        if !self.step(Progress::retry) {
            return;
        }
        if let Some(parent) = self.0.parent.borrow().as_ref()
            && !parent.has_answered()
        {
            parent.greet();
        }
        if let Some(Err(_)) = self.0.loaded.get() {
            self.0.loaded.set(None);
            self.0.card.take();
            self.0.ready.set(0);
            self.log(LogEvent::ScriptRetried, "asked");
            self.load(false);
        }
    }

    fn load(&self, first: bool) {
        let form = self.clone();
        let turn = self.0.loading.get().wrapping_add(1);
        self.0.loading.set(turn);
        spawn_local(async move {
            let Some(config) = form.config() else {
                return;
            };
            let retried = || form.log(LogEvent::ScriptRetried, "failed");
            let loaded = load(&config.stripe_js, first, retried).await;
            #[cfg(feature = "braintree")]
            let loaded = match loaded {
                Ok(()) => form.ask_client_token().await,
                failed => failed,
            };
            let mounted = loaded.and_then(|()| form.mount_fields(config));
            if mounted.is_ok() {
                sleep(FIELDS_PATIENCE).await;
            }
            // Nothing happens when they have become ready meanwhile, or are being loaded anew.
            let waits = form.0.loaded.get().is_none();
            if form.is_open() && waits && form.0.loading.get() == turn {
                form.fail_load(mounted.err().unwrap_or(FrameErrorCode::FieldFailed));
            }
        });
    }

    fn mount_fields(&self, config: &Config) -> Result<(), FrameErrorCode> {
        if !self.is_open() {
            return Ok(());
        }
        let query = &config.query;
        let locale = self.read(|state| state.locale.as_str());
        let refused = |_| FrameErrorCode::StripeRefused;
        let start = Start {
            account: query.account.as_ref().map(|account| account.as_str()),
            locale,
        };
        #[cfg(not(feature = "braintree"))]
        let client = Client::start(query.key.as_str(), &start).map_err(refused)?;
        #[cfg(feature = "braintree")]
        let client = self.with_client_token(query.key.as_str(), |authorization| {
            Client::start(authorization, &start).map_err(refused)
        })?;
        let look = look::read(&self.0.host);
        let known = self.read(|state| state.settings.billing_details.clone());
        let group = Group {
            fields: &query.fields,
            for_future_usage: query.for_future_usage,
            locale,
            look: &look,
            known: &known,
        };
        let form = self.clone();
        let happened = Rc::new(move |field, what| form.happen(field, what));
        let card = Card::mount(client, &group, &self.0.host, happened).map_err(refused)?;
        self.0.card.replace(Some(card));
        Ok(())
    }
}
