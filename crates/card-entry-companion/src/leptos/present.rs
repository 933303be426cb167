//! `CardPresent`: takes a card at a reader, keeps it, and says at each step what to do there.
//!
//! Feature `quilt`. It draws what [`crate::present::Till`] decides and carries out what it asks for.

use std::rc::Rc;

use card_entry_protocol::dialect::quilt::Outcome;
use card_entry_protocol::dialect::quilt::steps::Sale;
use leptos::html::Section;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::present::{Deed, Heard, Press, Shown, Till, Trouble, Work};
use crate::task::Task;
use crate::terminal::{Reader, Tokens};
use crate::wallet_api::quilt::{Quilt, fresh_key};

/// The handles of one component; copied freely, all of the same.
#[derive(Clone, Copy)]
struct Desk {
    till: RwSignal<Option<Till>>,
    api: StoredValue<Rc<Quilt>, LocalStorage>,
    script: StoredValue<String>,
    reader: StoredValue<Option<Rc<Reader>>, LocalStorage>,
    /// The one call under way.
    task: StoredValue<Option<Task>, LocalStorage>,
    /// The stop of a reading, which runs beside it.
    stop: StoredValue<Option<Task>, LocalStorage>,
    key: StoredValue<String>,
    simulator: Option<Signal<String>>,
    root: NodeRef<Section>,
    on_change: Option<Callback<Shown>>,
}

impl Desk {
    fn shown(self) -> Shown {
        self.till.with(|till| {
            till.as_ref()
                .map_or(Shown::Idle, |till| till.shown().clone())
        })
    }

    /// Begins a sale; the reader stays connected from the one before.
    fn take(self, sale: Sale) {
        // Without randomness no repeat could be told from a second sale.
        let Some(key) = fresh_key() else { return };
        self.key.set_value(key);
        let connected = self
            .till
            .with_untracked(|till| till.as_ref().is_some_and(Till::is_connected));
        self.till.set(Some(Till::new(sale, connected)));
        self.hear(Heard::Pressed(Press::Take));
    }

    fn hear(self, heard: Heard) {
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
        if let Some(call) = self.on_change {
            call.run(shown);
        }
    }

    /// Puts the focus where the next press is.
    fn focus(self, waits: bool) {
        let wanted = if waits {
            "[data-action=retry], [data-action=take]"
        } else {
            "[data-action=cancel]"
        };
        request_animation_frame(move || {
            let root = self.root.get_untracked();
            let found = root.and_then(|root| root.query_selector(wanted).ok().flatten());
            if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                let _ = element.focus();
            }
        });
    }

    fn carry_out(self, deed: Deed) {
        if deed == Deed::StopReading {
            let reader = self.reader.get_value();
            self.stop.set_value(Some(Task::spawn(async move {
                if let Some(reader) = reader {
                    reader.stop_reading().await;
                }
            })));
            return;
        }
        let api = self.api.get_value();
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
                let key = self.key.get_value();
                Heard::Began(api.pay(&body, &key).await)
            }
            Deed::Collect(secret) => {
                let card = self.simulator.map(|card| card.get_untracked());
                Heard::Read(match self.reader.get_value() {
                    Some(reader) => reader.read(&secret, card).await,
                    None => Err(Trouble::Lost),
                })
            }
            Deed::Process | Deed::StopReading => Heard::Processed(match self.reader.get_value() {
                Some(reader) => reader.charge().await,
                None => Err(Trouble::Lost),
            }),
            Deed::Capture(body) => Heard::Captured(api.capture(&body).await),
            Deed::Save(body) => Heard::Saved(api.keep(&body).await),
            Deed::Release(body) => Heard::Released(api.cancel(&body).await),
        }
    }

    async fn connect(self, api: &Rc<Quilt>) -> Result<(), Trouble> {
        let reader = match self.reader.get_value() {
            Some(reader) => reader,
            None => {
                let script = self.script.get_value();
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
                Outcome::Done(answer) => Some(answer.secret.as_str().to_owned()),
                _ => None,
            }
        })
    })
}

/// Takes a card at a reader: charges it, keeps it for later where that is possible, and says what to do meanwhile.
#[component]
pub fn CardPresent(
    /// The site's own way to Quilt, for one customer.
    api: Rc<Quilt>,
    /// What is sold; none: nothing can be sold yet, and the button is off.
    sale: Signal<Option<Sale>>,
    /// What is asked for, as the button says it: `$12.99`.
    #[prop(into)]
    price: Signal<String>,
    /// Where Stripe Terminal's script is; Stripe's own address unless told.
    #[prop(optional, into)]
    script: Option<String>,
    /// For development: readers are simulated, and read this card, by Stripe's name for it (`visa`, `charge_declined`).
    #[prop(optional, into)]
    simulator: Option<Signal<String>>,
    /// What is on screen, after every change: under way, failed, over.
    #[prop(optional, into)]
    on_change: Option<Callback<Shown>>,
) -> impl IntoView {
    let script = script.unwrap_or_else(|| "https://js.stripe.com/terminal/v1/".to_owned());
    let desk = Desk {
        till: RwSignal::new(None),
        api: StoredValue::new_local(api),
        script: StoredValue::new(script),
        reader: StoredValue::new_local(None),
        task: StoredValue::new_local(None),
        stop: StoredValue::new_local(None),
        key: StoredValue::new(String::new()),
        simulator,
        root: NodeRef::new(),
        on_change,
    };
    on_cleanup(move || {
        desk.task.try_update_value(Option::take);
        desk.stop.try_update_value(Option::take);
        desk.reader.try_update_value(Option::take);
    });
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            desk.hear(Heard::Pressed(Press::Cancel));
        }
    };
    let status = move || desk.shown().status();
    let alert = move || desk.shown().alert();
    view! {
        <section
            class="ce-wallet ce-present"
            data-card-present
            data-state=move || desk.shown().as_str()
            aria-label="Card reader"
            node_ref=desk.root
            on:keydown=escape
        >
            {steps(desk)}
            <p class="ce-present-status" role="status" data-present-status>{status}</p>
            <p class="ce-present-alert" role="alert" data-present-alert>{alert}</p>
            <div class="ce-actions">{buttons(desk, sale, price)}</div>
        </section>
    }
}

/// The way of a sale, for the eye; the status says the same in words.
fn steps(desk: Desk) -> impl IntoView {
    const WAY: [(&str, &[Work]); 4] = [
        ("Reader", &[Work::Connecting, Work::Beginning]),
        ("Card", &[Work::Waiting, Work::Processing]),
        ("Payment", &[Work::Capturing]),
        ("Save", &[Work::Saving]),
    ];
    let at = move || match desk.shown() {
        Shown::Busy(work) | Shown::Stopping(work) | Shown::Failed(work, _) => {
            WAY.iter().position(|(_, works)| works.contains(&work))
        }
        Shown::Saved(_) => Some(WAY.len()),
        Shown::Paid(_) => Some(3),
        Shown::Idle | Shown::Canceled => None,
    };
    let at = Memo::new(move |_| at());
    let step = move |number: usize, name: &'static str| {
        let state = move || match at.get() {
            Some(now) if now > number => "done",
            Some(now) if now == number => "now",
            _ => "ahead",
        };
        view! { <li data-step=state>{name}</li> }
    };
    let steps: Vec<_> = WAY
        .iter()
        .enumerate()
        .map(|(n, (name, _))| step(n, name))
        .collect();
    view! { <ol class="ce-present-steps" aria-hidden="true">{steps}</ol> }
}

fn buttons(desk: Desk, sale: Signal<Option<Sale>>, price: Signal<String>) -> impl IntoView {
    let over = Memo::new(move |_| desk.shown().is_over());
    let retry = Memo::new(move |_| desk.shown().can_retry());
    let cancel = Memo::new(move |_| desk.shown().can_cancel());
    let press = move |press| desk.hear(Heard::Pressed(press));
    view! {
        {move || {
            over.get()
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="ce-button ce-main"
                            data-action="take"
                            disabled=move || sale.with(Option::is_none)
                            on:click=move |_| {
                                if let Some(sale) = sale.get_untracked() {
                                    desk.take(sale);
                                }
                            }
                        >
                            {move || format!("Take card · {}", price.get())}
                        </button>
                    }
                })
        }}
        {move || {
            retry
                .get()
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="ce-button ce-main"
                            data-action="retry"
                            on:click=move |_| press(Press::Retry)
                        >
                            "Try again"
                        </button>
                    }
                })
        }}
        {move || {
            cancel
                .get()
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="ce-button"
                            data-action="cancel"
                            on:click=move |_| press(Press::Cancel)
                        >
                            "Cancel"
                        </button>
                    }
                })
        }}
    }
}
