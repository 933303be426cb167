//! Measures the form's height and reports it when it changes.
//!
//! Owned by the form. A ResizeObserver calls at most once per frame, and it observes an element whose height does not
//! depend on the window's, so that parent and frame cannot trigger each other. Some browsers lay out a frame that is
//! not displayed at width 0, others not at all: it must never send the height of a frame that is not displayed.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver};

/// Smaller changes are rounding at zoom levels.
const MIN_CHANGE_PX: u32 = 2;

/// The height of a bank's 3DS page: the largest window size of EMVCo's list that is not full screen.
pub const CHALLENGE_HEIGHT_PX: u32 = 600;

struct HeightReporter {
    element: Element,
    last_sent: Cell<Option<u32>>,
    min_height: Cell<u32>,
    send: Box<dyn Fn(u32)>,
}

impl HeightReporter {
    /// The height; `None` while the frame is not displayed.
    fn measure(&self) -> Option<u32> {
        let rect = self.element.get_bounding_client_rect();
        // The element's padding gives it a width, so its parent's width is checked as well.
        let room = self.element.parent_element();
        let shown = rect.width() > 0.0 && room.is_some_and(|room| room.client_width() > 0);
        shown.then(|| (rect.height().ceil() as u32).max(self.min_height.get()))
    }

    fn send_if_changed(&self) {
        match self.measure() {
            Some(height) => {
                let last_sent = self.last_sent.get();
                if last_sent.is_none_or(|last_sent| last_sent.abs_diff(height) >= MIN_CHANGE_PX) {
                    self.send(height);
                }
            }
            // So that the height is sent again when the frame is displayed again.
            None => self.last_sent.set(None),
        }
    }

    fn send(&self, height: u32) {
        self.last_sent.set(Some(height));
        (self.send)(height);
    }
}

#[must_use = "dropping it ends the watch"]
pub struct HeightWatch {
    inner: Rc<HeightReporter>,
    observer: Option<ResizeObserver>,
    _callback: Closure<dyn FnMut()>,
}

impl HeightWatch {
    pub fn new(element: Element, send: impl Fn(u32) + 'static) -> Self {
        let inner = Rc::new(HeightReporter {
            element,
            last_sent: Cell::new(None),
            min_height: Cell::new(0),
            send: Box::new(send),
        });
        let watched = inner.clone();
        let callback = Closure::<dyn FnMut()>::new(move || watched.send_if_changed());
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(&inner.element);
        }
        Self {
            inner,
            observer,
            _callback: callback,
        }
    }

    /// Sends the height again, for a parent that may have missed it.
    pub fn resend(&self) {
        if let Some(height) = self.inner.measure() {
            self.inner.send(height);
        }
    }

    /// Sets the least height that is sent; 0 removes the limit.
    pub fn set_min_height(&self, min_height: u32) {
        self.inner.min_height.set(min_height);
        self.inner.send_if_changed();
    }
}

impl Drop for HeightWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
