//! Brings Stripe Terminal's script into the page: once, from the one address it was given, with a limit.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::trusted::set_script_address;

/// Milliseconds between two looks, and how many looks until a script that neither came nor failed is given up.
const PAUSE: u32 = 50;
const LOOKS: u32 = 300;

fn is_there() -> bool {
    let global: JsValue = js_sys::global().into();
    Reflect::get(&global, &"StripeTerminal".into()).is_ok_and(|value| value.is_object())
}

/// Waits for the script; none when it does not come. A failed one is taken away, so that the next try is a fresh one.
pub(super) async fn load(address: &str) -> Option<()> {
    if is_there() {
        return Some(());
    }
    let document = web_sys::window()?.document()?;
    let script = document.create_element("script").ok()?;
    set_script_address(&script, address)?;
    script.set_attribute("async", "").ok()?;
    let failed = Rc::new(Cell::new(false));
    let told = Rc::clone(&failed);
    let _listener = EventListener::new(&script, "error", move |_| told.set(true));
    document.document_element()?.append_child(&script).ok()?;
    for _ in 0..LOOKS {
        if is_there() {
            return Some(());
        }
        if failed.get() {
            break;
        }
        TimeoutFuture::new(PAUSE).await;
    }
    script.remove();
    None
}
