//! Scrolls the iframe into view and focuses it, from the page: in WebKit a frame of another site cannot do it itself.
//!
//! Called when the page presses the button of the form or focuses its first field, and when the frame asks for it. It
//! must never take the focus from a field inside the iframe, nor scroll if the form is in view.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;
use web_sys::{ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{FrameEvent, MountedFrame};
use crate::js::{get, object, put};

/// The time a `focus()` of the frame itself may take to arrive here. Only after it the iframe is focused, because that
/// would take the focus from its field.
const FOCUS_GRACE_MS: u32 = 150;

/// The time the browser may take to report what came into view.
const SCROLL_GRACE_MS: u32 = 500;

/// The timers of the checks that follow a scroll and a focus.
#[derive(Default)]
pub(super) struct RevealTimers {
    focus: RefCell<Option<Timeout>>,
    scroll: RefCell<Option<Timeout>>,
}

impl RevealTimers {
    pub(super) fn close(&self) {
        self.focus.take();
        self.scroll.take();
    }
}

impl MountedFrame {
    pub(super) fn bring_into_view(self: &Rc<Self>, focus: bool) {
        if !self.is_seen() {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Center);
            options.set_behavior(ScrollBehavior::Instant);
            self.iframe
                .scroll_into_view_with_scroll_into_view_options(&options);
            let later = self.later(SCROLL_GRACE_MS, |inner| {
                if !inner.is_seen() {
                    (inner.on_event)(FrameEvent::ViewRefused("scroll"));
                }
            });
            self.reveal_timers.scroll.replace(Some(later));
        }
        if focus && !self.has_focus() {
            let later = self.later(FOCUS_GRACE_MS, Self::take_focus);
            self.reveal_timers.focus.replace(Some(later));
        }
    }

    /// Whether the iframe, or a field in it, has the focus of its document.
    fn has_focus(&self) -> bool {
        // The root is a shadow root if the form is inside one.
        get(&self.iframe.get_root_node(), "activeElement") == JsValue::from(&self.iframe)
    }

    fn take_focus(&self) {
        if self.has_focus() {
            return;
        }
        // The position is right already, so the focus must not scroll.
        let options = object();
        put(&options, "preventScroll", true);
        let iframe: &HtmlElement = &self.iframe;
        let focus = Reflect::get(iframe, &"focus".into());
        if let Ok(focus) = focus.and_then(JsCast::dyn_into::<js_sys::Function>) {
            let _ = focus.call1(iframe, &options);
        }
        if !self.has_focus() {
            (self.on_event)(FrameEvent::ViewRefused("focus"));
        }
    }

    fn later(self: &Rc<Self>, ms: u32, check: impl FnOnce(&Self) + 'static) -> Timeout {
        let weak = Rc::downgrade(self);
        Timeout::new(ms, move || {
            if let Some(inner) = weak.upgrade() {
                check(&inner);
            }
        })
    }
}
