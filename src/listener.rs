//! An event listener that is removed when it is dropped.
//!
//! Used for every DOM event. It takes no options, which nothing here needs: they would add five imports to the page. It
//! must never outlive the object that its callback uses.

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
        // Fails only for a callback that is not a function.
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
