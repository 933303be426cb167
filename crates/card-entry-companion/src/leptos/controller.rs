//! Connects the wallet on screen with the page: applies each [`WalletEvent`], runs its command, moves the focus.
//!
//! Created by [`super::wallet`] and passed to what it draws. Its tasks must never run after the wallet was unmounted.

use std::rc::Rc;

use card_entry_protocol::expiry::CalendarDate;
use card_entry_protocol::message::LogEvent;
use card_entry_protocol::settings::Settings;
use gloo_timers::future::TimeoutFuture;
use leptos::html::Section;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::form::EntryHandle;
use super::notify;
use crate::address::FrameAddress;
use crate::entry::CardEntry;
use crate::event::EntryEvent;
use crate::i18n::{Messages, WalletMessageKey};
use crate::task::Task;
use crate::wallet::{Card, WalletApi};
use crate::wallet_view::{FocusTarget, WalletCommand, WalletEvent, WalletViewModel};

/// After this time a list that is still loading gets a text.
const SLOW_LIST_MS: u32 = 6_000;

/// The signals and stored values of one wallet.
#[derive(Clone, Copy)]
pub(super) struct WalletController {
    pub(super) view_model: RwSignal<WalletViewModel>,
    pub(super) api: StoredValue<Rc<dyn WalletApi>, LocalStorage>,
    pub(super) address: StoredValue<FrameAddress>,
    pub(super) settings: StoredValue<Settings>,
    pub(super) entry: EntryHandle,
    pub(super) tasks: StoredValue<Vec<Task>, LocalStorage>,
    pub(super) root: NodeRef<Section>,
    pub(super) messages: Messages,
    pub(super) on_change: Option<Callback<Vec<Card>>>,
    pub(super) on_present: Option<Callback<()>>,
}

impl WalletController {
    pub(super) fn text(self, key: WalletMessageKey) -> &'static str {
        self.messages.text(key)
    }

    /// Applies an event and runs its command. Does nothing after the wallet was unmounted.
    pub(super) fn handle(self, event: WalletEvent) {
        let Some((command, focus)) = self
            .view_model
            .try_update(|view_model| view_model.handle(event))
        else {
            return;
        };
        if let Some(command) = command {
            self.carry_out(command);
        }
        if let Some(focus) = focus {
            self.focus(focus);
        }
    }

    /// Does nothing after the wallet was unmounted.
    fn carry_out(self, command: WalletCommand) {
        let Some(api) = self.api.try_get_value() else {
            return;
        };
        match command {
            WalletCommand::Load => self.load(),
            WalletCommand::Delete(id) => {
                self.spawn(async move {
                    let answer = api.delete(&id).await;
                    self.handle(WalletEvent::Deleted(answer));
                });
            }
            WalletCommand::SetDefault(id) => {
                self.spawn(async move {
                    let answer = api.set_default(&id).await;
                    self.handle(WalletEvent::DefaultSet(answer));
                });
            }
            WalletCommand::TakeCardAtReader => notify(self.on_present, ()),
            WalletCommand::ResumeForm => {
                self.entry
                    .try_with_value(|entry| entry.iter().for_each(CardEntry::signed_in));
            }
            WalletCommand::NotifyCards => {
                let cards = |view_model: &WalletViewModel| view_model.cards().to_vec();
                if let Some(cards) = self.view_model.try_with_untracked(cards) {
                    notify(self.on_change, cards);
                }
            }
        }
    }

    pub(super) fn load(self) {
        let Some(api) = self.api.try_get_value() else {
            return;
        };
        self.spawn(async move {
            let answer = api.list().await;
            self.handle(WalletEvent::Loaded(answer));
        });
        self.spawn(async move {
            TimeoutFuture::new(SLOW_LIST_MS).await;
            self.handle(WalletEvent::Slow);
        });
    }

    pub(super) fn on_entry_event(self, event: EntryEvent) {
        match event {
            EntryEvent::Saved(request, wallet) => {
                self.handle(WalletEvent::Saved(Box::new(request.card), wallet))
            }
            EntryEvent::SignIn => self.handle(WalletEvent::FormSignIn),
            EntryEvent::State(state) => self.handle(WalletEvent::FormState(state)),
            EntryEvent::Escape(_) => self.handle(WalletEvent::Cancel),
            EntryEvent::Log(log) if log.event == LogEvent::AttemptStarted => {
                self.handle(WalletEvent::SaveStarted)
            }
            _ => {}
        }
    }

    fn spawn(self, future: impl Future<Output = ()> + 'static) {
        let task = Task::spawn(future);
        self.tasks.try_update_value(|tasks| {
            tasks.retain(|task| !task.is_done());
            tasks.push(task);
        });
    }

    /// Moves the focus after the change was drawn.
    fn focus(self, focus: FocusTarget) {
        self.spawn(async move {
            TimeoutFuture::new(0).await;
            let selector = format!("[data-focus=\"{}\"]", focus.attribute());
            let root = self.root.try_get_untracked().flatten();
            let node = root.and_then(|root| root.query_selector(&selector).ok().flatten());
            if let Some(node) = node.and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = node.focus();
            }
        });
    }
}

/// Today, by the clock of the browser.
pub(super) fn today() -> CalendarDate {
    let now = js_sys::Date::new_0();
    CalendarDate {
        year: u16::try_from(now.get_full_year()).unwrap_or(u16::MAX),
        month: u8::try_from(now.get_month() + 1).unwrap_or(12),
        day: u8::try_from(now.get_date()).unwrap_or(31),
    }
}
