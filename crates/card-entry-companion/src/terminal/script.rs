//! Loads the script of Stripe Terminal, once, from the given URL, with a time limit.
//!
//! Called by [`super`]. It must never load a script from another URL.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::trusted_types::set_script_url;

/// The script counts as failed if it has not loaded after `POLL_ATTEMPTS` times `POLL_INTERVAL_MS` milliseconds.
const POLL_INTERVAL_MS: u32 = 50;
const POLL_ATTEMPTS: u32 = 300;

fn is_loaded() -> bool {
    let global: JsValue = js_sys::global().into();
    Reflect::get(&global, &"StripeTerminal".into()).is_ok_and(|value| value.is_object())
}

/// Waits for the script. `None` if it does not load; the element is removed then, so that the next try is a new
/// request.
pub(super) async fn load(address: &str) -> Option<()> {
    if is_loaded() {
        return Some(());
    }
    let document = web_sys::window()?.document()?;
    let script = document.create_element("script").ok()?;
    set_script_url(&script, address)?;
    script.set_attribute("async", "").ok()?;
    let failed = Rc::new(Cell::new(false));
    let on_error = Rc::clone(&failed);
    let _listener = EventListener::new(&script, "error", move |_| on_error.set(true));
    document.document_element()?.append_child(&script).ok()?;
    for _ in 0..POLL_ATTEMPTS {
        if is_loaded() {
            return Some(());
        }
        if failed.get() {
            break;
        }
        TimeoutFuture::new(POLL_INTERVAL_MS).await;
    }
    script.remove();
    None
}
