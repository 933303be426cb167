//! Starts the form: the parent connection, the height, the provider's script and fields; and retries what failed.

use std::rc::Rc;

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::LogEvent;
use wasm_bindgen_futures::spawn_local;
use web_sys::window;

use super::Form;
use crate::appearance;
use crate::clock::sleep;
use crate::config::Config;
use crate::form_visibility;
use crate::input;
use crate::listener::Listener;
use crate::locale;
use crate::parent::height::HeightWatch;
use crate::parent::{Parent, ParentFrame};
use crate::phase::Progress;
use crate::provider::{CardFields, ProviderClient, load};
use crate::script::LoadKind;
use crate::stripe::options::{ClientOptions, ElementsOptions};

/// How long the provider's fields may take to become ready after they are mounted, milliseconds.
const FIELDS_TIMEOUT_MS: u32 = 15_000;

impl Form {
    /// Connects to the parent, watches the height and the colour scheme, and loads the fields.
    pub(crate) fn start(&self, parent_frame: Option<ParentFrame>, failure: Option<FrameErrorCode>) {
        let Some(window) = window() else {
            return;
        };
        let resources = &self.0;
        if let Some(parent_frame) = parent_frame {
            let form = self.clone();
            let parent = Parent::open(&window, parent_frame, move |event| {
                form.on_parent_event(event)
            });
            resources.parent.replace(Some(parent));
        }
        if let Some(main) = resources.host.query_selector("main").ok().flatten() {
            let form = self.clone();
            let watch = HeightWatch::new(main, move |height| form.notify_height_changed(height));
            resources.height.replace(Some(watch));
        }
        form_visibility::watch(&resources.host);
        let mut listeners = input::attach_listeners(self, &resources.host);
        for colors in ["(prefers-color-scheme: dark)", "(forced-colors: active)"] {
            if let Ok(Some(colors)) = window.match_media(colors) {
                let form = self.clone();
                listeners.push(Listener::new(&colors, "change", move |_| form.restyle()));
            }
        }
        resources.listeners.replace(listeners);
        self.start_notice_timer();
        self.load_locale();
        match failure {
            Some(code) => self.mark_unusable(code),
            None => self.load(LoadKind::Initial),
        }
    }

    /// Loads the texts of the locale and redraws the page with them.
    pub(super) fn load_locale(&self) {
        let form = self.clone();
        let locale = self.read(|state| state.locale);
        appearance::set_document_lang(locale);
        spawn_local(async move {
            if locale::load::load(locale).await && form.is_open() {
                appearance::set_document_lang(locale);
                form.change(|_| ());
            }
        });
    }

    /// Records that the fields failed to load, and why.
    pub(super) fn fail_loading(&self, code: FrameErrorCode) {
        self.0.load_result.set(Some(Err(code)));
        if self.update_readiness() {
            self.notify_state();
        }
    }

    pub(super) fn mark_unusable(&self, code: FrameErrorCode) {
        if self.change_phase(|progress| progress.mark_unusable(code)) {
            self.notify_state();
        }
    }

    /// Retries what failed, without a reload of the page: the handshake with a parent that has not answered, the fields
    /// that did not load.
    pub fn retry(&self) {
        if !self.change_phase(Progress::retry) {
            return;
        }
        if let Some(parent) = self.0.parent.borrow().as_ref()
            && !parent.has_answered()
        {
            parent.start_handshake();
        }
        if let Some(Err(_)) = self.0.load_result.get() {
            self.0.load_result.set(None);
            self.0.card_fields.take();
            self.0.ready_fields.set(0);
            self.log(LogEvent::ScriptRetried, "asked");
            self.load(LoadKind::Retry);
        }
    }

    fn load(&self, kind: LoadKind) {
        let form = self.clone();
        let generation = self.0.load_generation.get().wrapping_add(1);
        self.0.load_generation.set(generation);
        spawn_local(async move {
            let Some(config) = form.config() else {
                return;
            };
            let on_retry = || form.log(LogEvent::ScriptRetried, "failed");
            let loaded = load(&config.stripe_js, kind, on_retry).await;
            #[cfg(feature = "braintree")]
            let loaded = match loaded {
                Ok(()) => form.request_client_token().await,
                failed => failed,
            };
            let mounted = loaded.and_then(|()| form.mount_fields(config));
            if mounted.is_ok() {
                sleep(FIELDS_TIMEOUT_MS).await;
            }
            // Ignored when the fields have become ready or are loading again.
            let still_loading = form.0.load_result.get().is_none();
            if form.is_open() && still_loading && form.0.load_generation.get() == generation {
                form.fail_loading(mounted.err().unwrap_or(FrameErrorCode::FieldFailed));
            }
        });
    }

    fn mount_fields(&self, config: &Config) -> Result<(), FrameErrorCode> {
        if !self.is_open() {
            return Ok(());
        }
        let query = &config.query;
        let locale = self.read(|state| state.locale.as_str());
        let stripe_refused = |_| FrameErrorCode::StripeRefused;
        let options = ClientOptions {
            account: query.account.as_ref().map(|account| account.as_str()),
            locale,
        };
        #[cfg(not(feature = "braintree"))]
        let client = ProviderClient::start(query.key.as_str(), &options).map_err(stripe_refused)?;
        #[cfg(feature = "braintree")]
        let client = self.with_client_token(query.key.as_str(), |authorization| {
            ProviderClient::start(authorization, &options).map_err(stripe_refused)
        })?;
        let field_style = appearance::read_field_style(&self.0.host);
        let known = self.read(|state| state.settings.billing_details.clone());
        let options = ElementsOptions {
            fields: &query.fields,
            for_future_usage: query.for_future_usage,
            locale,
            field_style: &field_style,
            known: &known,
        };
        let form = self.clone();
        let on_event = Rc::new(move |field, event| form.on_element_event(field, event));
        let card_fields =
            CardFields::mount(client, &options, &self.0.host, on_event).map_err(stripe_refused)?;
        self.0.card_fields.replace(Some(card_fields));
        Ok(())
    }
}
