//! How tall the form is, told when it changes.
//!
//! Held by the form. A ResizeObserver calls at most once per frame, and it watches an element whose height does not
//! depend on the window's, so that parent and frame cannot drive each other. A frame that is not displayed is laid out
//! at width 0 by some browsers and not at all by others: it must never tell the height it has then.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Smaller changes are the rounding of zoom levels, CSS pixels.
const LEAST_CHANGE: u32 = 2;

/// What a bank's 3DS page needs, CSS pixels: the largest window of EMVCo's list that is not full screen.
pub const CHALLENGE: u32 = 600;

struct Inner {
    element: Element,
    told: Cell<Option<u32>>,
    floor: Cell<u32>,
    tell: Box<dyn Fn(u32)>,
}

impl Inner {
    /// The height; `None` while there is no room to have one in.
    fn measure(&self) -> Option<u32> {
        let rect = self.element.get_bounding_client_rect();
        // The element's own padding is a width, too.
        let room = self.element.parent_element();
        let shown = rect.width() > 0.0 && room.is_some_and(|room| room.client_width() > 0);
        shown.then(|| (rect.height().ceil() as u32).max(self.floor.get()))
    }

    fn tell_change(&self) {
        match self.measure() {
            Some(height) => {
                let told = self.told.get();
                if told.is_none_or(|told| told.abs_diff(height) >= LEAST_CHANGE) {
                    self.tell(height);
                }
            }
            // When it is shown again, it is told again.
            None => self.told.set(None),
        }
    }

    fn tell(&self, height: u32) {
        self.told.set(Some(height));
        (self.tell)(height);
    }
}

#[must_use = "dropping it ends the watch"]
pub struct HeightWatch {
    inner: Rc<Inner>,
    observer: Option<ResizeObserver>,
    _called: Closure<dyn FnMut()>,
}

impl HeightWatch {
    pub fn new(element: Element, tell: impl Fn(u32) + 'static) -> Self {
        let inner = Rc::new(Inner {
            element,
            told: Cell::new(None),
            floor: Cell::new(0),
            tell: Box::new(tell),
        });
        let watched = inner.clone();
        let called = Closure::<dyn FnMut()>::new(move || watched.tell_change());
        let observer = ResizeObserver::new(called.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(&inner.element);
        }
        Self {
            inner,
            observer,
            _called: called,
        }
    }

    /// Tells the height again, to someone who has not heard it.
    pub fn repeat(&self) {
        if let Some(height) = self.inner.measure() {
            self.inner.tell(height);
        }
    }

    /// Never tells less than this; 0 lifts it.
    pub fn set_floor(&self, floor: u32) {
        self.inner.floor.set(floor);
        self.inner.tell_change();
    }
}

impl Drop for HeightWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
