//! Connects a payment at a card reader with the page: applies each event, runs its command, moves the focus.
//!
//! Created by [`super::CardPresent`] and passed to what it draws. Its calls must never run after it was unmounted.

use std::rc::Rc;

use card_entry_protocol::dialect::quilt::QuiltResult;
use card_entry_protocol::dialect::quilt::steps::Sale;
use leptos::html::Section;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::i18n::Locale;
use crate::leptos::notify;
use crate::task::Task;
use crate::terminal::{ConnectionTokenSource, TerminalReader};
use crate::terminal_payment::{
    TerminalButton, TerminalCommand, TerminalError, TerminalEvent, TerminalPayment,
    TerminalPaymentState,
};
use crate::wallet_api::quilt::{Quilt, new_idempotency_key};

/// The signals and stored values of one component.
#[derive(Clone, Copy)]
pub(super) struct CardPresentController {
    pub(super) payment: RwSignal<Option<TerminalPayment>>,
    pub(super) api: StoredValue<Rc<Quilt>, LocalStorage>,
    pub(super) script: StoredValue<String>,
    pub(super) reader: StoredValue<Option<Rc<TerminalReader>>, LocalStorage>,
    /// The call in progress; there is one at a time.
    pub(super) task: StoredValue<Option<Task>, LocalStorage>,
    /// The call that stops the reading; it runs beside the reading.
    pub(super) stop: StoredValue<Option<Task>, LocalStorage>,
    pub(super) key: StoredValue<String>,
    pub(super) simulator: Option<Signal<String>>,
    pub(super) root: NodeRef<Section>,
    pub(super) locale: Locale,
    pub(super) on_change: Option<Callback<TerminalPaymentState>>,
}

impl CardPresentController {
    pub(super) fn state(self) -> TerminalPaymentState {
        let shown = self
            .payment
            .try_with(|payment| payment.as_ref().map(|payment| payment.state().clone()));
        shown.flatten().unwrap_or(TerminalPaymentState::Idle)
    }

    /// Starts a sale. The reader stays connected after the sale before.
    pub(super) fn take(self, sale: Sale) {
        // Without a random key, a repeated call could not be told apart from a second sale.
        let Some(key) = new_idempotency_key() else {
            return;
        };
        self.key.set_value(key);
        let connected = self
            .payment
            .try_with_untracked(|payment| {
                payment.as_ref().is_some_and(TerminalPayment::is_connected)
            })
            .unwrap_or(false);
        self.payment
            .set(Some(TerminalPayment::new(sale, connected)));
        self.handle(TerminalEvent::Pressed(TerminalButton::Take));
    }

    /// Applies an event and runs its command.
    pub(super) fn handle(self, event: TerminalEvent) {
        let before = untrack(|| self.state());
        let command = self
            .payment
            .try_update(|payment| payment.as_mut().and_then(|payment| payment.handle(event)));
        // The component was unmounted.
        let Some(command) = command else { return };
        let shown = untrack(|| self.state());
        match command {
            Some(command) => self.carry_out(command),
            None if shown.is_over() => self.task.set_value(None),
            None => {}
        }
        if before == shown {
            return;
        }
        // The button that had the focus may be removed.
        if before.can_retry() || before.is_over() || shown.can_retry() || shown.is_over() {
            self.focus(shown.can_retry() || shown.is_over());
        }
        // Last, because the page may remove the component in this callback.
        notify(self.on_change, shown);
    }

    /// Moves the focus to the next button.
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

    fn carry_out(self, command: TerminalCommand) {
        if command == TerminalCommand::StopReading {
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
        // The previous task ends with this call, so it is dropped only after the new one is stored.
        let task = Task::spawn(async move {
            let event = self.run(&api, command).await;
            self.handle(event);
        });
        self.task.set_value(Some(task));
    }

    async fn run(self, api: &Rc<Quilt>, command: TerminalCommand) -> TerminalEvent {
        match command {
            TerminalCommand::Connect => TerminalEvent::Connected(self.connect(api).await),
            TerminalCommand::CreateIntent(body) => {
                let key = self.key.try_get_value().unwrap_or_default();
                TerminalEvent::IntentCreated(api.create_payment_intent(&body, &key).await)
            }
            TerminalCommand::Collect(secret) => {
                let card = self.simulator.and_then(|card| card.try_get_untracked());
                TerminalEvent::CardRead(match self.reader.try_get_value().flatten() {
                    Some(reader) => reader.read(&secret, card).await,
                    None => Err(TerminalError::ReaderLost),
                })
            }
            TerminalCommand::Process | TerminalCommand::StopReading => {
                TerminalEvent::Processed(match self.reader.try_get_value().flatten() {
                    Some(reader) => reader.charge().await,
                    None => Err(TerminalError::ReaderLost),
                })
            }
            TerminalCommand::Capture(body) => TerminalEvent::Captured(api.capture(&body).await),
            TerminalCommand::SaveCard(body) => TerminalEvent::CardSaved(api.save_card(&body).await),
            TerminalCommand::CancelPayment(body) => {
                TerminalEvent::PaymentCanceled(api.cancel(&body).await)
            }
        }
    }

    async fn connect(self, api: &Rc<Quilt>) -> Result<(), TerminalError> {
        let reader = match self.reader.try_get_value().flatten() {
            Some(reader) => reader,
            None => {
                let script = self
                    .script
                    .try_get_value()
                    .ok_or(TerminalError::ReaderLost)?;
                let lost = move || self.handle(TerminalEvent::ReaderLost);
                let reader = TerminalReader::prepare(&script, connection_tokens(api), lost).await?;
                let reader = Rc::new(reader);
                self.reader.set_value(Some(Rc::clone(&reader)));
                reader
            }
        };
        reader.connect(self.simulator.is_some()).await
    }
}

fn connection_tokens(api: &Rc<Quilt>) -> ConnectionTokenSource {
    let api = Rc::clone(api);
    Rc::new(move || {
        let api = Rc::clone(&api);
        Box::pin(async move {
            match api.create_connection_token().await {
                QuiltResult::Done(answer) => Some(answer.secret.as_str().to_owned()),
                _ => None,
            }
        })
    })
}
