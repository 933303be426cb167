//! Brings the iframe into view and gives it the focus, from the page's side: in WebKit a frame of another site cannot.
//!
//! Called when the host presses the form's button or asks for its first field, and when the frame asks. It must never
//! take the focus out of a field inside the iframe, nor scroll for a form that is in view.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;
use web_sys::{ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{Heard, Inner};
use crate::js::{get, object, put};

/// How long a frame's own `focus()` may take to arrive here, milliseconds. Only then is the iframe given the focus: it
/// would be taken from the field that has it.
const FOCUS_GRACE_MS: u32 = 150;

/// How long the browser may take to notice what has come into view, milliseconds.
const SCROLL_GRACE_MS: u32 = 500;

/// What waits to be looked at.
#[derive(Default)]
pub(super) struct Show {
    focus: RefCell<Option<Timeout>>,
    scroll: RefCell<Option<Timeout>>,
}

impl Show {
    pub(super) fn close(&self) {
        self.focus.take();
        self.scroll.take();
    }
}

impl Inner {
    pub(super) fn bring_into_view(self: &Rc<Self>, focus: bool) {
        if !self.is_seen() {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Center);
            options.set_behavior(ScrollBehavior::Instant);
            self.iframe
                .scroll_into_view_with_scroll_into_view_options(&options);
            let later = self.later(SCROLL_GRACE_MS, |inner| {
                if !inner.is_seen() {
                    (inner.heard)(Heard::Refused("scroll"));
                }
            });
            self.show.scroll.replace(Some(later));
        }
        if focus && !self.has_focus() {
            let later = self.later(FOCUS_GRACE_MS, Self::take_focus);
            self.show.focus.replace(Some(later));
        }
    }

    /// Whether the iframe, or what is in it, has its document's focus.
    fn has_focus(&self) -> bool {
        // Of a shadow root, where it stands in one.
        get(&self.iframe.get_root_node(), "activeElement") == JsValue::from(&self.iframe)
    }

    fn take_focus(&self) {
        if self.has_focus() {
            return;
        }
        // It is where it is to be: the focus alone must not scroll.
        let options = object();
        put(&options, "preventScroll", true);
        let iframe: &HtmlElement = &self.iframe;
        let focus = Reflect::get(iframe, &"focus".into());
        if let Ok(focus) = focus.and_then(JsCast::dyn_into::<js_sys::Function>) {
            let _ = focus.call1(iframe, &options);
        }
        if !self.has_focus() {
            (self.heard)(Heard::Refused("focus"));
        }
    }

    fn later(self: &Rc<Self>, ms: u32, act: impl FnOnce(&Self) + 'static) -> Timeout {
        let weak = Rc::downgrade(self);
        Timeout::new(ms, move || {
            if let Some(inner) = weak.upgrade() {
                act(&inner);
            }
        })
    }
}
