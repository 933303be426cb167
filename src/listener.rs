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
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to one kind of event.
    pub fn new(
        target: &EventTarget,
        kind: &'static str,
        callback: impl FnMut(Event) + 'static,
    ) -> Self {
        Self::attach(target, kind, Box::new(callback))
    }

    fn attach(target: &EventTarget, kind: &'static str, callback: Box<dyn FnMut(Event)>) -> Self {
        let closure = Closure::wrap(callback);
        // Only a callback that is no function throws.
        let _ = target.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
        Self {
            target: target.clone(),
            kind,
            closure,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let closure = self.closure.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.kind, closure);
    }
}
