//! Keeps the form in its place: the host's children and marks are ours, whatever rewrites the page.
//!
//! Called by [`super`]. Pages that morph themselves (Turbo, Livewire, htmx) know nothing of what was mounted and take it
//! away; copies of a page bring a dead form along. It must never leave two forms, nor a place empty without a word.

use std::rc::Rc;

use card_entry_protocol::message::{Log, LogEvent};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit};

use super::Inner;
use crate::event::Event;
use crate::words::Word;

/// Marks what we put into the host.
pub(crate) const PART: &str = "data-card-entry-part";

/// A form that is taken away more often than this before a card is saved is not put back: what is typed would be lost
/// each time.
const MAX_REMOVALS: u32 = 3;

/// Watches a host until dropped.
pub(super) struct Keeper {
    observer: MutationObserver,
    _changed: Closure<dyn FnMut()>,
}

impl Keeper {
    /// Calls whenever a child or an attribute of the host changed.
    pub(super) fn watch(host: &Element, changed: impl FnMut() + 'static) -> Option<Self> {
        let changed = Closure::<dyn FnMut()>::new(changed);
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_attributes(true);
        observer.observe_with_options(host, &options).ok()?;
        Some(Self {
            observer,
            _changed: changed,
        })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Inner {
    pub(super) fn keep(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let keeper = Keeper::watch(&self.host, move || {
            if let Some(inner) = weak.upgrade().filter(|inner| !inner.closed.get()) {
                inner.restore();
            }
        });
        self.keeper.replace(keeper);
    }

    /// Puts right what somebody else changed.
    fn restore(self: &Rc<Self>) {
        let host = &self.host;
        let frame_is_gone = self
            .frame
            .borrow()
            .as_ref()
            .is_some_and(|frame| !frame.is_in(host));
        self.sweep();
        if frame_is_gone {
            return self.put_back();
        }
        if let Some(notice) = self.notice.borrow().as_ref() {
            notice.stay_in(host);
        }
        self.mark_host();
    }

    /// The host's own marks, which styles hang on.
    pub(super) fn mark_host(&self) {
        let state = self.state.get().unwrap_or_default().as_str();
        for (name, value) in [("data-card-entry", ""), ("data-state", state)] {
            if self.host.get_attribute(name).as_deref() != Some(value) {
                let _ = self.host.set_attribute(name, value);
            }
        }
    }

    /// Takes away parts of a form that are not of this one.
    pub(super) fn sweep(&self) {
        let frame = self.frame.borrow();
        let notice = self.notice.borrow();
        let is_ours = |part: &Element| {
            frame.as_ref().is_some_and(|frame| frame.is(part))
                || notice.as_ref().is_some_and(|notice| notice.is(part))
        };
        let mut next = self.host.first_element_child();
        while let Some(part) = next {
            next = part.next_element_sibling();
            if part.has_attribute(PART) && !is_ours(&part) {
                part.remove();
            }
        }
    }

    /// The frame was taken away: it is mounted anew, empty, and a save under way goes on beside it.
    fn put_back(self: &Rc<Self>) {
        let removals = self.removals.get().saturating_add(1);
        self.removals.set(removals);
        self.tell(Event::Log(Log {
            event: LogEvent::FrameRemoved,
            detail: String::new(),
        }));
        if self.closed.get() {
            return;
        }
        if removals > MAX_REMOVALS {
            self.frame.take();
            self.silence.take();
            self.give_up("frame_left", Word::Silent);
        } else {
            self.open_again();
        }
    }
}
