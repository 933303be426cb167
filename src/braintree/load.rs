//! Loads Braintree's two scripts.
//!
//! Called by the form before anything else of Braintree. The boot script has requested both.

use card_entry_protocol::code::FrameErrorCode;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::window;

use crate::script::{self, LoadKind, Script};

fn has(part: &str) -> bool {
    let get = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).unwrap_or_default();
    window().is_some_and(|window| {
        let braintree = get(&window, "braintree");
        braintree.is_object() && get(&braintree, part).is_object()
    })
}

/// The file name, and the script.
const SCRIPTS: [(&str, Script); 2] = [
    (
        "/client.min.js",
        Script {
            id: "braintree-client",
            is_loaded: || has("client"),
        },
    ),
    (
        "/hosted-fields.min.js",
        Script {
            id: "braintree-hosted-fields",
            is_loaded: || has("hostedFields"),
        },
    ),
];

/// Loads both scripts from a folder.
///
/// # Errors
/// Those of [`script::load`].
pub async fn load(folder: &str, kind: LoadKind, on_retry: impl Fn()) -> Result<(), FrameErrorCode> {
    for (name, script) in SCRIPTS {
        let url = [folder, name].concat();
        script::load(script, &url, kind, &on_retry).await?;
    }
    Ok(())
}
