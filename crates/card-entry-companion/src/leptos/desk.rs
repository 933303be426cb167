//! What happens behind the wallet on screen: each [`Act`] is made, its effect carried out, the focus moved.
//!
//! Held by [`super::wallet`] and handed to what it draws. Its tasks end with the wallet.

use std::rc::Rc;

use card_entry_protocol::expiry::CalendarDate;
use card_entry_protocol::message::LogEvent;
use card_entry_protocol::settings::Settings;
use gloo_timers::future::TimeoutFuture;
use leptos::html::Section;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::form::Held;
use super::tell;
use crate::address::FrameAddress;
use crate::entry::CardEntry;
use crate::event::Event;
use crate::screen::{Act, Effect as Outside, Focus, Screen};
use crate::task::Task;
use crate::wallet::{Card, WalletApi};
use crate::words::{Voice, WalletWord};

/// A list that takes longer than this gets words, milliseconds.
const SLOW: u32 = 6_000;

/// The handles of one wallet; copied freely, all of the same.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) screen: RwSignal<Screen>,
    pub(super) api: StoredValue<Rc<dyn WalletApi>, LocalStorage>,
    pub(super) address: StoredValue<FrameAddress>,
    pub(super) settings: StoredValue<Settings>,
    pub(super) entry: Held,
    pub(super) tasks: StoredValue<Vec<Task>, LocalStorage>,
    pub(super) root: NodeRef<Section>,
    pub(super) voice: Voice,
    pub(super) on_change: Option<Callback<Vec<Card>>>,
    pub(super) on_present: Option<Callback<()>>,
}

impl Desk {
    /// A word of the wallet.
    pub(super) fn word(self, word: WalletWord) -> &'static str {
        self.voice.wallet(word)
    }

    /// Makes a move. Nothing after the wallet was unmounted.
    pub(super) fn act(self, act: Act) {
        let Some((outside, focus)) = self.screen.try_update(|screen| screen.act(act)) else {
            return;
        };
        if let Some(outside) = outside {
            self.carry_out(outside);
        }
        if let Some(focus) = focus {
            self.focus(focus);
        }
    }

    /// Nothing after the wallet was unmounted.
    fn carry_out(self, outside: Outside) {
        let Some(api) = self.api.try_get_value() else {
            return;
        };
        match outside {
            Outside::Load => self.load(),
            Outside::Delete(id) => {
                self.spawn(async move {
                    let answer = api.delete(&id).await;
                    self.act(Act::Deleted(answer));
                });
            }
            Outside::MakeDefault(id) => {
                self.spawn(async move {
                    let answer = api.make_default(&id).await;
                    self.act(Act::Chosen(answer));
                });
            }
            Outside::Present => tell(self.on_present, ()),
            Outside::Resume => {
                self.entry
                    .try_with_value(|entry| entry.iter().for_each(CardEntry::signed_in));
            }
            Outside::Changed => {
                let cards = |screen: &Screen| screen.cards().to_vec();
                if let Some(cards) = self.screen.try_with_untracked(cards) {
                    tell(self.on_change, cards);
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
            self.act(Act::Loaded(answer));
        });
        self.spawn(async move {
            TimeoutFuture::new(SLOW).await;
            self.act(Act::Slow);
        });
    }

    pub(super) fn hear(self, event: Event) {
        match event {
            Event::Saved(request, kept) => self.act(Act::Saved(Box::new(request.card), kept)),
            Event::SignIn => self.act(Act::FormSignIn),
            Event::State(state) => self.act(Act::FormState(state)),
            Event::Escape(_) => self.act(Act::Cancel),
            Event::Log(log) if log.event == LogEvent::AttemptStarted => self.act(Act::FormTried),
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

    /// Moves the focus once the step is drawn.
    fn focus(self, focus: Focus) {
        self.spawn(async move {
            TimeoutFuture::new(0).await;
            let selector = format!("[data-focus=\"{}\"]", focus.name());
            let root = self.root.try_get_untracked().flatten();
            let node = root.and_then(|root| root.query_selector(&selector).ok().flatten());
            if let Some(node) = node.and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = node.focus();
            }
        });
    }
}

/// Today, as the reader's clock shows it.
pub(super) fn today() -> CalendarDate {
    let now = js_sys::Date::new_0();
    CalendarDate {
        year: u16::try_from(now.get_full_year()).unwrap_or(u16::MAX),
        month: u8::try_from(now.get_month() + 1).unwrap_or(12),
        day: u8::try_from(now.get_date()).unwrap_or(31),
    }
}
