//! Whether 3DS is open: Stripe lays a fixed overlay with a frame over our body.
//!
//! Watched while an intent is being confirmed. Stripe says nothing when it opens, and adds hidden frames of its own for
//! fingerprinting: only a frame that can be seen counts. Looked at by the clock and not by a MutationObserver, since the
//! overlay grows and fades by style sheets that no observer is told of.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use web_sys::{Element, window};

/// How often it is looked for, milliseconds: below what a person notices, far above what a phone would.
const EVERY: u32 = 150;

/// Smaller frames hold nothing a person could confirm in, CSS pixels.
const LEAST: f64 = 100.0;

/// Whether this child of the body is an overlay with a frame in it.
fn is_overlay(element: &Element) -> bool {
    if element.tag_name().eq_ignore_ascii_case("main") {
        return false;
    }
    let frame = match element.query_selector("iframe") {
        Ok(Some(frame)) => frame,
        _ if element.tag_name().eq_ignore_ascii_case("iframe") => element.clone(),
        _ => return false,
    };
    let rect = frame.get_bounding_client_rect();
    let large = rect.width() >= LEAST && rect.height() >= LEAST;
    large
        && window()
            .and_then(|window| window.get_computed_style(&frame).ok().flatten())
            .is_some_and(|style| {
                let is = |name: &str, value: &str| {
                    style
                        .get_property_value(name)
                        .is_ok_and(|found| found == value)
                };
                !is("visibility", "hidden") && !is("opacity", "0")
            })
}

/// Whether an overlay is open now.
#[must_use]
pub fn is_open() -> bool {
    let Some(body) = window().and_then(|w| w.document()).and_then(|d| d.body()) else {
        return false;
    };
    let children = body.children();
    (0..children.length())
        .filter_map(|at| children.item(at))
        .any(|child| is_overlay(&child))
}

/// Watches until it is dropped; a watch that is dropped with an overlay open says that it closed.
#[must_use = "dropping it ends the watch"]
pub struct Watch {
    open: Rc<Cell<bool>>,
    told: Rc<dyn Fn(bool)>,
    _clock: Interval,
}

impl Watch {
    /// Tells each opening and closing.
    pub fn new(told: impl Fn(bool) + 'static) -> Self {
        let (open, told): (_, Rc<dyn Fn(bool)>) = (Rc::new(Cell::new(false)), Rc::new(told));
        let (was, tell) = (open.clone(), told.clone());
        let clock = Interval::new(EVERY, move || {
            let is = is_open();
            if was.replace(is) != is {
                tell(is);
            }
        });
        Self {
            open,
            told,
            _clock: clock,
        }
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.get()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if self.open.get() {
            (self.told)(false);
        }
    }
}
