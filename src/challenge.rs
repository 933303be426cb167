//! Whether 3DS is open: Stripe lays a fixed overlay with a frame over our body.
//!
//! Watched while an intent is being confirmed. Stripe says nothing when it opens, and adds hidden frames of its own for
//! fingerprinting: only a frame that can be seen counts. Looked at by the clock and not by a MutationObserver, since the
//! overlay grows and fades by style sheets that no observer is on_change of.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, window};

use crate::clock::sleep;

/// How often it is looked for, milliseconds: below what a person notices, far above what a phone would.
const POLL_INTERVAL_MS: u32 = 150;

/// Smaller frames hold nothing a person could confirm in, CSS pixels.
const MIN_FRAME_PX: f64 = 100.0;

/// The frames that are not our fields'.
const OTHER_FRAMES: &str = "iframe:not(main *)";

/// Whether a person can see it.
fn is_visible(frame: &Element) -> bool {
    let rect = frame.get_bounding_client_rect();
    let large = rect.width() >= MIN_FRAME_PX && rect.height() >= MIN_FRAME_PX;
    large
        && window()
            .and_then(|window| window.get_computed_style(frame).ok().flatten())
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
    window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector_all(OTHER_FRAMES).ok())
        .is_some_and(|frames| {
            (0..frames.length())
                .filter_map(|at| frames.item(at))
                .any(|frame| is_visible(frame.unchecked_ref()))
        })
}

/// The element that has the focus, if it is part of the form below `host`.
#[must_use]
pub fn focused_element(host: &HtmlElement) -> Option<HtmlElement> {
    let active = window()?.document()?.active_element()?;
    let ours = active.closest("main").ok().flatten().is_some() && host.contains(Some(&active));
    ours.then(|| active.unchecked_into())
}

/// Gives the focus back, unless the person has put it elsewhere meanwhile.
pub fn restore_focus(to: &HtmlElement) {
    let Some(document) = window().and_then(|window| window.document()) else {
        return;
    };
    let lost = document
        .active_element()
        .is_none_or(|active| active.tag_name() == "BODY");
    if lost && document.has_focus().unwrap_or(false) {
        // Only an element that is gone cannot take it.
        let _ = to.focus();
    }
}

/// Watches until it is dropped; a watch that is dropped with an overlay open says that it closed.
#[must_use = "dropping it ends the watch"]
pub struct ChallengeWatcher {
    open: Rc<Cell<bool>>,
    on_change: Rc<dyn Fn(bool)>,
}

impl ChallengeWatcher {
    /// Tells each opening and closing.
    pub fn new(on_change: impl Fn(bool) + 'static) -> Self {
        let (open, on_change): (_, Rc<dyn Fn(bool)>) =
            (Rc::new(Cell::new(false)), Rc::new(on_change));
        let (was, notify) = (Rc::downgrade(&open), on_change.clone());
        spawn_local(async move {
            loop {
                sleep(POLL_INTERVAL_MS).await;
                // Gone when the watch is.
                let Some(was) = was.upgrade() else {
                    return;
                };
                let is = is_open();
                if was.replace(is) != is {
                    notify(is);
                }
            }
        });
        Self { open, on_change }
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.get()
    }
}

impl Drop for ChallengeWatcher {
    fn drop(&mut self) {
        if self.open.get() {
            (self.on_change)(false);
        }
    }
}
