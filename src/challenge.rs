//! Detects 3DS: Stripe lays a fixed overlay with an iframe over the page's body.
//!
//! Runs while an intent is being confirmed. Stripe sends no event when 3DS opens, and also adds hidden iframes for
//! fingerprinting: only a visible iframe counts. It polls, because a MutationObserver does not report that an overlay
//! grows or fades by a style sheet.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, window};

use crate::clock::sleep;

/// Short enough not to be noticed, and long enough not to load a phone.
const POLL_INTERVAL_MS: u32 = 150;

/// A person could not confirm anything in a smaller frame.
const MIN_FRAME_PX: f64 = 100.0;

/// The iframes that are not the form's fields.
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

/// Whether a 3DS overlay is open.
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

/// The focused element, if it is in the form below `host`.
#[must_use]
pub fn focused_element(host: &HtmlElement) -> Option<HtmlElement> {
    let active = window()?.document()?.active_element()?;
    let ours = active.closest("main").ok().flatten().is_some() && host.contains(Some(&active));
    ours.then(|| active.unchecked_into())
}

/// Moves the focus back, unless the person has moved it elsewhere.
pub fn restore_focus(to: &HtmlElement) {
    let Some(document) = window().and_then(|window| window.document()) else {
        return;
    };
    let lost = document
        .active_element()
        .is_none_or(|active| active.tag_name() == "BODY");
    if lost && document.has_focus().unwrap_or(false) {
        // Fails only for an element that is gone.
        let _ = to.focus();
    }
}

/// Watches for 3DS until it is dropped. If an overlay is open then, it reports that it closed.
#[must_use = "dropping it ends the watch"]
pub struct ChallengeWatcher {
    open: Rc<Cell<bool>>,
    on_change: Rc<dyn Fn(bool)>,
}

impl ChallengeWatcher {
    /// Calls `on_change` when 3DS opens and when it closes.
    pub fn new(on_change: impl Fn(bool) + 'static) -> Self {
        let (open, on_change): (_, Rc<dyn Fn(bool)>) =
            (Rc::new(Cell::new(false)), Rc::new(on_change));
        let (was_open, notify) = (Rc::downgrade(&open), on_change.clone());
        spawn_local(async move {
            loop {
                sleep(POLL_INTERVAL_MS).await;
                // The watcher has been dropped.
                let Some(was_open) = was_open.upgrade() else {
                    return;
                };
                let open = is_open();
                if was_open.replace(open) != open {
                    notify(open);
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
