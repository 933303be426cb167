//! The iframe's own size, the only thing on the page the frame may change.
//!
//! Called by [`super::Frame`]; [`crate::height`] decides, this carries out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::{HtmlIFrameElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::height::{CHALLENGE, CHALLENGE_WIDTH, Pace, Pacer};

struct Inner {
    iframe: HtmlIFrameElement,
    pacer: RefCell<Pacer>,
    timer: RefCell<Option<Timeout>>,
    challenge: Cell<bool>,
}

/// The room the iframe has.
#[derive(Clone)]
pub(super) struct Room(Rc<Inner>);

impl Room {
    /// An iframe as wide as its place, without an edge.
    pub(super) fn new(iframe: &HtmlIFrameElement) -> Self {
        for (name, value) in [
            ("display", "block"),
            ("border", "0"),
            ("inline-size", "100%"),
            ("height", "200px"),
        ] {
            set(iframe, name, value);
        }
        Self(Rc::new(Inner {
            iframe: iframe.clone(),
            pacer: RefCell::default(),
            timer: RefCell::default(),
            challenge: Cell::new(false),
        }))
    }

    /// The frame wants this height. `false`: it is hidden, and a frame that is laid out without a width knows none; the
    /// last height stays.
    pub(super) fn set_height(&self, height: u32) -> bool {
        if self.0.iframe.get_bounding_client_rect().width() <= 0.0 {
            return false;
        }
        let pace = self.0.pacer.borrow_mut().want(height, js_sys::Date::now());
        self.follow(pace);
        true
    }

    /// Shows the iframe, or takes it out of the layout.
    pub(super) fn set_displayed(&self, displayed: bool) {
        set(
            &self.0.iframe,
            "display",
            if displayed { "block" } else { "none" },
        );
    }

    /// A challenge opened or closed. Its window is never narrower than 400 px where the page has them.
    pub(super) fn set_challenge(&self, open: bool) {
        if self.0.challenge.replace(open) == open {
            return;
        }
        if open {
            set(&self.0.iframe, "min-height", &format!("{CHALLENGE}px"));
            self.widen();
        } else {
            for name in ["min-inline-size", "min-height", "position", "left"] {
                set(&self.0.iframe, name, "");
            }
        }
        let pace = self
            .0
            .pacer
            .borrow_mut()
            .challenge(open, js_sys::Date::now());
        self.follow(pace);
        if open {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            self.0
                .iframe
                .scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    /// Makes it as wide as a challenge wants or the page allows, and moves what outgrew a narrow place back over the
    /// page's edge, so that nothing scrolls sideways. Not `100vw`: that counts the scroll bar.
    fn widen(&self) {
        let iframe = &self.0.iframe;
        let page = iframe
            .owner_document()
            .and_then(|document| document.document_element());
        let Some(page) = page else { return };
        let room = page.client_width();
        let width = room.min(i32::try_from(CHALLENGE_WIDTH).unwrap_or(room));
        set(iframe, "min-inline-size", &format!("{width}px"));
        let rect = iframe.get_bounding_client_rect();
        let last = f64::from(room) - rect.width();
        let shift = rect.left().min(last).max(0.0) - rect.left();
        if shift.abs() >= 1.0 {
            set(iframe, "position", "relative");
            #[allow(clippy::cast_possible_truncation)] // a few hundred pixels
            set(iframe, "left", &format!("{}px", shift.floor() as i32));
        }
    }

    fn follow(&self, pace: Pace) {
        match pace {
            Pace::Still => {}
            Pace::Apply(height) => set(&self.0.iframe, "height", &format!("{height}px")),
            Pace::Wait(wait) => {
                let mut timer = self.0.timer.borrow_mut();
                if timer.is_none() {
                    let room = self.clone();
                    *timer = Some(Timeout::new(wait, move || {
                        room.0.timer.borrow_mut().take();
                        let pace = room.0.pacer.borrow_mut().due(js_sys::Date::now());
                        room.follow(pace);
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
