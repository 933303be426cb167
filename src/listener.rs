//! An event listener that goes when it is dropped.
//!
//! Used by everything that listens. Without options, which nothing here needs: they cost every page five imports. It
//! must never outlive what it tells.

use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

#[must_use = "dropping it ends the listening"]
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    called: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to one kind of event.
    pub fn new(
        target: &EventTarget,
        kind: &'static str,
        told: impl FnMut(Event) + 'static,
    ) -> Self {
        Self::attach(target, kind, Box::new(told))
    }

    fn attach(target: &EventTarget, kind: &'static str, told: Box<dyn FnMut(Event)>) -> Self {
        let called = Closure::wrap(told);
        // Only a callback that is no function throws.
        let _ = target.add_event_listener_with_callback(kind, called.as_ref().unchecked_ref());
        Self {
            target: target.clone(),
            kind,
            called,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let called = self.called.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.kind, called);
    }
}
