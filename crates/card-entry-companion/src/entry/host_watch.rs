//! Restores the form when the page removes it or rewrites the host element.
//!
//! Called by [`super`]. Pages that morph themselves (Turbo, Livewire, htmx) do not know what was mounted and remove it;
//! copies of a page contain the markup of a form that does not work. It must never leave two forms in the host, nor an
//! empty host without an error text.

use std::rc::Rc;

use card_entry_protocol::message::{Log, LogEvent};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit};

use super::MountedEntry;
use crate::event::EntryEvent;
use crate::i18n::EntryMessageKey;

/// The attribute on every element that the companion inserts into the host.
pub(crate) const PART_ATTRIBUTE: &str = "data-card-entry-part";

/// After this many removals before a save the form is not mounted again: the person would lose what they typed each
/// time.
const MAX_REMOVALS: u32 = 3;

/// Observes a host element until it is dropped.
pub(super) struct HostObserver {
    observer: MutationObserver,
    _changed: Closure<dyn FnMut()>,
}

impl HostObserver {
    /// Calls `changed` whenever a child or an attribute of the host has changed.
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

impl Drop for HostObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl MountedEntry {
    pub(super) fn watch_host(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let host_observer = HostObserver::watch(&self.host, move || {
            if let Some(inner) = weak.upgrade().filter(|inner| !inner.closed.get()) {
                inner.restore();
            }
        });
        self.host_observer.replace(host_observer);
    }

    /// Restores the children and attributes of the host that something else changed.
    fn restore(self: &Rc<Self>) {
        let host = &self.host;
        let frame_is_gone = self
            .frame
            .borrow()
            .as_ref()
            .is_some_and(|frame| !frame.is_in(host));
        self.remove_stale_parts();
        if frame_is_gone {
            return self.remount_frame();
        }
        if let Some(notice) = self.banner.borrow().as_ref() {
            notice.stay_in(host);
        }
        self.mark_host();
    }

    /// Sets the attributes of the host that style sheets depend on.
    pub(super) fn mark_host(&self) {
        let state = self.state.get().unwrap_or_default().as_str();
        for (name, value) in [("data-card-entry", ""), ("data-state", state)] {
            if self.host.get_attribute(name).as_deref() != Some(value) {
                let _ = self.host.set_attribute(name, value);
            }
        }
    }

    /// Removes children of another form, such as a copied one.
    pub(super) fn remove_stale_parts(&self) {
        let frame = self.frame.borrow();
        let notice = self.banner.borrow();
        let is_ours = |part: &Element| {
            frame.as_ref().is_some_and(|frame| frame.is(part))
                || notice.as_ref().is_some_and(|notice| notice.is(part))
        };
        let mut next = self.host.first_element_child();
        while let Some(part) = next {
            next = part.next_element_sibling();
            if part.has_attribute(PART_ATTRIBUTE) && !is_ours(&part) {
                part.remove();
            }
        }
    }

    /// The page removed the frame: mounts an empty one. A save in progress continues.
    fn remount_frame(self: &Rc<Self>) {
        let removals = self.removals.get().saturating_add(1);
        self.removals.set(removals);
        self.emit(EntryEvent::Log(Log {
            event: LogEvent::FrameRemoved,
            detail: String::new(),
        }));
        if self.closed.get() {
            return;
        }
        if removals > MAX_REMOVALS {
            self.frame.take();
            self.load_timer.take();
            self.show_load_error("frame_left", EntryMessageKey::Silent);
        } else {
            self.mount_frame_again();
        }
    }
}
