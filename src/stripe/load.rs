//! Loads Stripe.js.
//!
//! Called by the form before anything else of Stripe.

use card_entry_protocol::code::FrameErrorCode;
use js_sys::Reflect;
use web_sys::window;

use crate::script::{self, LoadKind, Script};

fn is_loaded() -> bool {
    window().is_some_and(|window| {
        Reflect::get(&window, &"Stripe".into()).is_ok_and(|stripe| stripe.is_function())
    })
}

const STRIPE: Script = Script {
    id: "stripe-js",
    is_loaded,
};

/// Loads Stripe.js.
///
/// # Errors
/// Those of [`script::load`].
// Not `async`: a second state machine would add half a kilobyte to the page.
pub fn load(
    url: &str,
    kind: LoadKind,
    on_retry: impl Fn(),
) -> impl Future<Output = Result<(), FrameErrorCode>> {
    script::load(STRIPE, url, kind, on_retry)
}
