//! Observes whether the iframe is in view of its page. The frame cannot measure that in every browser when it is
//! cross-site.
//!
//! Held by [`super::Frame`]. It must never report an iframe as hidden before it was measured.

use std::cell::Cell;
use std::rc::Rc;

use card_entry_protocol::visibility::Visibility;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    HtmlIFrameElement, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit,
    Window,
};

/// The number of steps of the visible share; a change of one step is measured.
const THRESHOLD_STEPS: u32 = 40;

/// Observes the iframe until it is dropped.
pub(super) struct ViewWatch {
    observer: IntersectionObserver,
    seen: Rc<Cell<Option<bool>>>,
    _changed: Closure<dyn FnMut(Array)>,
}

impl ViewWatch {
    /// Calls `call` with every change. `None` in a browser without `IntersectionObserver`.
    pub(super) fn new(
        window: &Window,
        iframe: &HtmlIFrameElement,
        call: impl Fn(bool) + 'static,
    ) -> Option<Self> {
        let seen = Rc::new(Cell::new(None));
        let (known, page) = (Rc::clone(&seen), window.clone());
        let changed = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let last = entries.pop().unchecked_into::<IntersectionObserverEntry>();
            let now = measure(&page, &last).is_seen();
            if known.replace(Some(now)) != Some(now) {
                call(now);
            }
        });
        let steps = (0..=THRESHOLD_STEPS).map(|step| f64::from(step) / f64::from(THRESHOLD_STEPS));
        let options = IntersectionObserverInit::new();
        options.set_threshold(&steps.map(wasm_bindgen::JsValue::from).collect::<Array>());
        let callback = changed.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(callback, &options).ok()?;
        observer.observe(iframe);
        Some(Self {
            observer,
            seen,
            _changed: changed,
        })
    }

    /// Whether enough of it is in view; `None` before the first measurement.
    pub(super) fn seen(&self) -> Option<bool> {
        self.seen.get()
    }
}

/// Measures in CSS pixels of the page. An embedded page does not know the height of the visible area; the height of the
/// browser window is used then, as in the frame.
fn measure(window: &Window, entry: &IntersectionObserverEntry) -> Visibility {
    let (all, here) = (entry.bounding_client_rect(), entry.intersection_rect());
    let outer = || {
        let height = window
            .outer_height()
            .ok()
            .and_then(|height| height.as_f64());
        height.unwrap_or_default() / window.device_pixel_ratio()
    };
    Visibility {
        share: entry.intersection_ratio(),
        width: here.width() / all.width(),
        height: here.height(),
        view: entry.root_bounds().map_or_else(outer, |view| view.height()),
    }
}

impl Drop for ViewWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
