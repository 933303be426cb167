//! One of Stripe's elements on the page.
//!
//! Owned by [`super::card_fields::StripeFields`]. It owns its closures; dropping it destroys the element, so that
//! nothing stays in the page and no event comes later.

use std::rc::Rc;

use card_entry_protocol::card::Brand;
use wasm_bindgen::prelude::*;

use super::answer::ElementChange;
use super::{StripeError, js};
use crate::js::{ANSWER_LIMITS, read};

/// An event of an element.
#[derive(Debug, Clone)]
pub enum ElementEvent {
    Ready,
    Change(ElementChange),
    Focus,
    Blur,
    Escape,
    /// The networks of the typed number have changed.
    Networks(Vec<Brand>),
    LoadError,
}

/// The events of an element. `loaderror` comes from `cardNumber` and the Payment Element only, `networkschange` from
/// `cardNumber` only.
const EVENTS: [&str; 7] = [
    "ready",
    "change",
    "focus",
    "blur",
    "escape",
    "networkschange",
    "loaderror",
];

#[must_use = "dropping it takes the field off the page"]
pub struct Element {
    js: js::Element,
    handlers: Vec<Closure<dyn FnMut(JsValue)>>,
}

impl Element {
    /// Creates the element, listens to it and mounts it.
    ///
    /// # Errors
    /// [`StripeError::thrown`] when Stripe.js throws.
    pub fn mount(
        elements_group: &js::Elements,
        kind: &str,
        options: &JsValue,
        host: &web_sys::Element,
        on_event: Rc<dyn Fn(ElementEvent)>,
    ) -> Result<Self, StripeError> {
        let thrown = |_| StripeError::thrown();
        let js = elements_group.create(kind, options).map_err(thrown)?;
        // From here on an error drops the element, which destroys it.
        let mut element = Self {
            js,
            handlers: Vec::new(),
        };
        for name in EVENTS {
            let on_event = on_event.clone();
            let handler = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
                let event = || read(&event, ANSWER_LIMITS).unwrap_or_default();
                on_event(match name {
                    "ready" => ElementEvent::Ready,
                    "change" => ElementEvent::Change(ElementChange::read(&event())),
                    // `null` while Stripe looks the networks up; the event then comes again.
                    "networkschange" => match event().read("networks") {
                        Some(networks) => ElementEvent::Networks(networks),
                        None => return,
                    },
                    "focus" => ElementEvent::Focus,
                    "blur" => ElementEvent::Blur,
                    "escape" => ElementEvent::Escape,
                    _ => ElementEvent::LoadError,
                });
            });
            element
                .js
                .on(name, handler.as_ref().unchecked_ref())
                .map_err(thrown)?;
            element.handlers.push(handler);
        }
        element.js.mount(host).map_err(thrown)?;
        Ok(element)
    }

    /// The element as calls take it.
    #[must_use]
    pub fn as_js(&self) -> &JsValue {
        self.js.as_ref()
    }

    pub fn update(&self, options: &JsValue) {
        // A destroyed element throws; there is nothing to style.
        let _ = self.js.update_element(options);
    }

    pub fn focus(&self) {
        let _ = self.js.focus();
    }

    pub fn clear(&self) {
        let _ = self.js.clear();
    }
}

impl Drop for Element {
    fn drop(&mut self) {
        let _ = self.js.destroy();
        self.handlers.clear();
    }
}
