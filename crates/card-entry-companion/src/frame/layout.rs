//! The size and position of the iframe, the only thing on the page that the frame may change.
//!
//! Called by [`super::Frame`]. [`crate::height`] decides, this module applies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::{HtmlIFrameElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::height::{CHALLENGE_HEIGHT_PX, CHALLENGE_WIDTH_PX, HeightChange, HeightThrottle};

struct LayoutState {
    iframe: HtmlIFrameElement,
    throttle: RefCell<HeightThrottle>,
    timer: RefCell<Option<Timeout>>,
    challenge: Cell<bool>,
}

/// The layout of one iframe.
#[derive(Clone)]
pub(super) struct IframeLayout(Rc<LayoutState>);

impl IframeLayout {
    /// Gives the iframe the width of its container and no border.
    pub(super) fn new(iframe: &HtmlIFrameElement) -> Self {
        for (name, value) in [
            ("display", "block"),
            ("border", "0"),
            ("inline-size", "100%"),
            ("height", "200px"),
        ] {
            set(iframe, name, value);
        }
        Self(Rc::new(LayoutState {
            iframe: iframe.clone(),
            throttle: RefCell::default(),
            timer: RefCell::default(),
            challenge: Cell::new(false),
        }))
    }

    /// Requests a height. `false`: the iframe is hidden and the height stays; a frame without a width reports a wrong
    /// one.
    pub(super) fn set_height(&self, height: u32) -> bool {
        if self.0.iframe.get_bounding_client_rect().width() <= 0.0 {
            return false;
        }
        let change = self
            .0
            .throttle
            .borrow_mut()
            .request(height, js_sys::Date::now());
        self.apply(change);
        true
    }

    /// Shows or hides the iframe.
    pub(super) fn set_displayed(&self, displayed: bool) {
        set(
            &self.0.iframe,
            "display",
            if displayed { "block" } else { "none" },
        );
    }

    /// A challenge opened or closed. Its window is at least 400 px wide where the page has the space.
    pub(super) fn set_challenge(&self, open: bool) {
        if self.0.challenge.replace(open) == open {
            return;
        }
        if open {
            set(
                &self.0.iframe,
                "min-height",
                &format!("{CHALLENGE_HEIGHT_PX}px"),
            );
            self.widen();
        } else {
            for name in ["min-inline-size", "min-height", "position", "left"] {
                set(&self.0.iframe, name, "");
            }
        }
        let change = self
            .0
            .throttle
            .borrow_mut()
            .challenge(open, js_sys::Date::now());
        self.apply(change);
        if open {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            self.0
                .iframe
                .scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    /// Makes the iframe as wide as a challenge needs and the page allows, and moves it left if it would cause a
    /// horizontal scroll bar. It does not use `100vw`, which includes the vertical scroll bar.
    fn widen(&self) {
        let iframe = &self.0.iframe;
        let page = iframe
            .owner_document()
            .and_then(|document| document.document_element());
        let Some(page) = page else { return };
        let available = page.client_width();
        let width = available.min(i32::try_from(CHALLENGE_WIDTH_PX).unwrap_or(available));
        set(iframe, "min-inline-size", &format!("{width}px"));
        let rect = iframe.get_bounding_client_rect();
        let last = f64::from(available) - rect.width();
        let shift = rect.left().min(last).max(0.0) - rect.left();
        if shift.abs() >= 1.0 {
            set(iframe, "position", "relative");
            #[allow(clippy::cast_possible_truncation)] // a few hundred pixels
            set(iframe, "left", &format!("{}px", shift.floor() as i32));
        }
    }

    fn apply(&self, change: HeightChange) {
        match change {
            HeightChange::Unchanged => {}
            HeightChange::Apply(height) => set(&self.0.iframe, "height", &format!("{height}px")),
            HeightChange::Wait(wait) => {
                let mut timer = self.0.timer.borrow_mut();
                if timer.is_none() {
                    let layout = self.clone();
                    *timer = Some(Timeout::new(wait, move || {
                        layout.0.timer.borrow_mut().take();
                        let change = layout.0.throttle.borrow_mut().poll(js_sys::Date::now());
                        layout.apply(change);
                    }));
                }
            }
        }
    }

    pub(super) fn close(&self) {
        self.0.timer.borrow_mut().take();
    }
}

fn set(iframe: &HtmlIFrameElement, name: &str, value: &str) {
    // The browser ignores a property it does not know; there is nothing else to do about it.
    let _ = iframe.style().set_property(name, value);
}
