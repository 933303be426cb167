//! What happens behind a card at a reader: what the machine hears, what it asks for, where the focus goes.
//!
//! Held by [`super::CardPresent`] and handed to what it draws. Its calls end with the component.

use std::rc::Rc;

use card_entry_protocol::dialect::quilt::QuiltResult;
use card_entry_protocol::dialect::quilt::steps::Sale;
use leptos::html::Section;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::leptos::tell;
use crate::present::{Deed, Heard, Press, Shown, Till, Trouble};
use crate::task::Task;
use crate::terminal::{Reader, Tokens};
use crate::wallet_api::quilt::{Quilt, fresh_key};
use crate::words::Locale;

/// The handles of one component; copied freely, all of the same.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) till: RwSignal<Option<Till>>,
    pub(super) api: StoredValue<Rc<Quilt>, LocalStorage>,
    pub(super) script: StoredValue<String>,
    pub(super) reader: StoredValue<Option<Rc<Reader>>, LocalStorage>,
    /// The one call under way.
    pub(super) task: StoredValue<Option<Task>, LocalStorage>,
    /// The stop of a reading, which runs beside it.
    pub(super) stop: StoredValue<Option<Task>, LocalStorage>,
    pub(super) key: StoredValue<String>,
    pub(super) simulator: Option<Signal<String>>,
    pub(super) root: NodeRef<Section>,
    pub(super) locale: Locale,
    pub(super) on_change: Option<Callback<Shown>>,
}

impl Desk {
    pub(super) fn shown(self) -> Shown {
        let shown = self
            .till
            .try_with(|till| till.as_ref().map(|till| till.shown().clone()));
        shown.flatten().unwrap_or(Shown::Idle)
    }

    /// Begins a sale; the reader stays connected from the one before.
    pub(super) fn take(self, sale: Sale) {
        // Without randomness no repeat could be told from a second sale.
        let Some(key) = fresh_key() else { return };
        self.key.set_value(key);
        let connected = self
            .till
            .try_with_untracked(|till| till.as_ref().is_some_and(Till::is_connected))
            .unwrap_or(false);
        self.till.set(Some(Till::new(sale, connected)));
        self.hear(Heard::Pressed(Press::Take));
    }

    /// Tells the machine what happened, and does what it asks for.
    pub(super) fn hear(self, heard: Heard) {
        let before = untrack(|| self.shown());
        let deed = self
            .till
            .try_update(|till| till.as_mut().and_then(|till| till.hear(heard)));
        // Nothing after the component was unmounted.
        let Some(deed) = deed else { return };
        let shown = untrack(|| self.shown());
        match deed {
            Some(deed) => self.carry_out(deed),
            None if shown.is_over() => self.task.set_value(None),
            None => {}
        }
        if before == shown {
            return;
        }
        // The buttons change under the focus.
        if before.can_retry() || before.is_over() || shown.can_retry() || shown.is_over() {
            self.focus(shown.can_retry() || shown.is_over());
        }
        // Last: the page may take the component away when it hears this.
        tell(self.on_change, shown);
    }

    /// Puts the focus where the next press is.
    fn focus(self, waits: bool) {
        let wanted = if waits {
            "[data-action=retry], [data-action=take]"
        } else {
            "[data-action=cancel]"
        };
        request_animation_frame(move || {
            let root = self.root.try_get_untracked().flatten();
            let found = root.and_then(|root| root.query_selector(wanted).ok().flatten());
            if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                let _ = element.focus();
            }
        });
    }

    fn carry_out(self, deed: Deed) {
        if deed == Deed::StopReading {
            let reader = self.reader.try_get_value().flatten();
            self.stop.set_value(Some(Task::spawn(async move {
                if let Some(reader) = reader {
                    reader.stop_reading().await;
                }
            })));
            return;
        }
        let Some(api) = self.api.try_get_value() else {
            return;
        };
        // The task before has just ended by telling of it: it is let go of once this one is written down.
        let task = Task::spawn(async move {
            let heard = self.end(&api, deed).await;
            self.hear(heard);
        });
        self.task.set_value(Some(task));
    }

    async fn end(self, api: &Rc<Quilt>, deed: Deed) -> Heard {
        match deed {
            Deed::Connect => Heard::Connected(self.connect(api).await),
            Deed::Begin(body) => {
                let key = self.key.try_get_value().unwrap_or_default();
                Heard::Began(api.pay(&body, &key).await)
            }
            Deed::Collect(secret) => {
                let card = self.simulator.and_then(|card| card.try_get_untracked());
                Heard::Read(match self.reader.try_get_value().flatten() {
                    Some(reader) => reader.read(&secret, card).await,
                    None => Err(Trouble::Lost),
                })
            }
            Deed::Process | Deed::StopReading => {
                Heard::Processed(match self.reader.try_get_value().flatten() {
                    Some(reader) => reader.charge().await,
                    None => Err(Trouble::Lost),
                })
            }
            Deed::Capture(body) => Heard::Captured(api.capture(&body).await),
            Deed::Save(body) => Heard::Saved(api.keep(&body).await),
            Deed::Release(body) => Heard::Released(api.cancel(&body).await),
        }
    }

    async fn connect(self, api: &Rc<Quilt>) -> Result<(), Trouble> {
        let reader = match self.reader.try_get_value().flatten() {
            Some(reader) => reader,
            None => {
                let script = self.script.try_get_value().ok_or(Trouble::Lost)?;
                let lost = move || self.hear(Heard::Lost);
                let reader = Reader::prepare(&script, tokens(api), lost).await?;
                let reader = Rc::new(reader);
                self.reader.set_value(Some(Rc::clone(&reader)));
                reader
            }
        };
        reader.connect(self.simulator.is_some()).await
    }
}

fn tokens(api: &Rc<Quilt>) -> Tokens {
    let api = Rc::clone(api);
    Rc::new(move || {
        let api = Rc::clone(&api);
        Box::pin(async move {
            match api.reader_token().await {
                QuiltResult::Done(answer) => Some(answer.secret.as_str().to_owned()),
                _ => None,
            }
        })
    })
}
