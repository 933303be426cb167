//! Observes what can change the language or the look of the page around the iframe.
//!
//! Held by [`super::Frame`]. It must never call more often than [`MIN_CALL_INTERVAL_MS`] allows, whatever the page
//! does.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, MutationObserver, MutationObserverInit, Window};

use crate::page::ancestors;

/// The shortest time between two calls.
const MIN_CALL_INTERVAL_MS: u32 = 50;

/// Observes the page until it is dropped.
pub(super) struct PageWatch {
    observer: MutationObserver,
    timer: Rc<RefCell<Option<Timeout>>>,
    _changed: Closure<dyn FnMut()>,
    _listeners: Vec<EventListener>,
}

impl PageWatch {
    /// Calls `call` after a change of an attribute around `element` or of the head of the page, after a change of the
    /// preferred color scheme, and after a style sheet has loaded or a transition has ended. `None` in a browser that
    /// cannot observe.
    pub(super) fn new(
        window: &Window,
        document: &Document,
        element: &Element,
        call: impl Fn() + 'static,
    ) -> Option<Self> {
        let (call, timer) = (Rc::new(call), Rc::new(RefCell::new(None)));
        let waiting = Rc::clone(&timer);
        let changed = move || {
            if waiting.borrow().is_some() {
                return;
            }
            let (call, done) = (Rc::clone(&call), Rc::clone(&waiting));
            waiting.replace(Some(Timeout::new(MIN_CALL_INTERVAL_MS, move || {
                done.take();
                call();
            })));
        };
        let on_change = changed.clone();
        let on_change = Closure::<dyn FnMut()>::new(on_change);
        let observer = MutationObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        for element in ancestors(element) {
            observer.observe_with_options(&element, &options).ok()?;
        }
        if let Some(head) = document.head() {
            options.set_child_list(true);
            options.set_subtree(true);
            observer.observe_with_options(&head, &options).ok()?;
        }
        let mut listeners = Vec::new();
        let dark = window.match_media("(prefers-color-scheme: dark)");
        if let Ok(Some(dark)) = dark {
            let changed = changed.clone();
            listeners.push(EventListener::new(&dark, "change", move |_| changed()));
        }
        // In the capture phase: the `load` event of a style sheet does not bubble.
        for (kind, of) in [("load", "link, style"), ("transitionend", "*")] {
            let changed = changed.clone();
            let options = EventListenerOptions::run_in_capture_phase();
            listeners.push(EventListener::new_with_options(
                document,
                kind,
                options,
                move |event| {
                    let target = event.target().and_then(|target| target.dyn_into().ok());
                    if target.is_some_and(|target: Element| target.matches(of).unwrap_or(false)) {
                        changed();
                    }
                },
            ));
        }
        Some(Self {
            observer,
            timer,
            _changed: on_change,
            _listeners: listeners,
        })
    }
}

impl Drop for PageWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
        self.timer.take();
    }
}
