//! How the form comes up: the parent, the height, Stripe.js, the fields; and how it gives up and tries again.

use card_entry_protocol::code::Unusable;
use card_entry_protocol::message::LogEvent;
use gloo_events::EventListener;
use leptos::task::spawn_local;
use web_sys::window;

use super::Form;
use crate::clock::sleep;
use crate::look;
use crate::parent::height::HeightWatch;
use crate::parent::{Embedding, Parent};
use crate::stripe::card::Card;
use crate::stripe::client::Client;
use crate::stripe::load::load;
use crate::stripe::options::{DeveloperTools, Group, Start};

/// How long Stripe's fields may take once its script is there, milliseconds.
const FIELDS_PATIENCE: u32 = 15_000;

impl Form {
    /// Opens the parent, watches height and colour scheme, and loads the fields.
    pub(crate) fn start(self, embedding: Option<Embedding>, broken: Option<Unusable>) {
        let (Some(inner), Some(window)) = (self.inner(), window()) else {
            return;
        };
        if let Some(embedding) = embedding {
            let heard = move |heard| self.hear(heard);
            inner
                .parent
                .replace(Some(Parent::open(&window, embedding, heard)));
        }
        if let Some(main) = inner.host.query_selector("main").ok().flatten() {
            let tell = move |height| self.tell_height(height);
            inner.height.replace(Some(HeightWatch::new(main, tell)));
        }
        if let Ok(Some(dark)) = window.match_media("(prefers-color-scheme: dark)") {
            let changed = move |_: &web_sys::Event| self.restyle();
            inner
                .scheme
                .replace(Some(EventListener::new(&dark, "change", changed)));
        }
        match broken {
            Some(code) => self.give_up(code),
            None => self.load(true),
        }
    }

    /// Stops, and says why.
    pub(super) fn give_up(self, code: Unusable) {
        if self.step(|progress| progress.give_up(code)) == Some(true) {
            self.tell_state();
        }
    }

    /// Tries again what failed, without a reload of the page.
    pub fn retry(self) {
        if self.step(super::Progress::retry) == Some(true) {
            if let Some(inner) = self.inner() {
                inner.card.take();
                inner.ready.set(0);
            }
            self.log(LogEvent::ScriptRetried, "asked");
            self.load(false);
        }
    }

    fn load(self, first: bool) {
        let Some(config) = self.config() else {
            return;
        };
        spawn_local(async move {
            let retried = move || self.log(LogEvent::ScriptRetried, "failed");
            let loaded = load(&config.stripe_js, first, retried).await;
            match loaded.and_then(|()| self.mount_fields()) {
                Err(code) => self.give_up(code),
                Ok(()) => {
                    sleep(FIELDS_PATIENCE).await;
                    // Nothing happens when they have become ready meanwhile.
                    if self.is_loading() {
                        self.give_up(Unusable::FieldFailed);
                    }
                }
            }
        });
    }

    fn is_loading(self) -> bool {
        use leptos::prelude::WithUntracked;
        self.is_open()
            && self
                .progress
                .with_untracked(|progress| *progress.phase() == crate::phase::Phase::Loading)
    }

    fn mount_fields(self) -> Result<(), Unusable> {
        let (Some(inner), Some(config)) = (self.inner(), self.config()) else {
            return Ok(());
        };
        let query = &config.query;
        let locale = self.locale().as_str();
        let refused = |_| Unusable::StripeRefused;
        let client = Client::start(
            query.key.as_str(),
            &Start {
                stripe_account: query.account.as_ref().map(|account| account.as_str()),
                locale,
                developer_tools: DeveloperTools::default(),
            },
        )
        .map_err(refused)?;
        let look = look::read(&inner.host);
        let group = Group::new(&query.fields, query.for_future_usage, locale, &look);
        let happened = move |field, what| self.happen(field, what);
        let card = Card::mount(client, &query.fields, &group, &look, &inner.host, happened)
            .map_err(refused)?;
        inner.card.replace(Some(card));
        Ok(())
    }
}
