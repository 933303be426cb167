//! Loads the texts of a language that is not compiled in.
//!
//! Called before the form is mounted, and when the host page selects another language. The boot script requests the
//! file before the Wasm arrives, and caches it. A text that does not come is shown in English.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::Locale;
use crate::js::{ANSWER_LIMITS, read};

#[wasm_bindgen]
extern "C" {
    /// A function of the boot script. Resolves to the content of `words/<locale>.json`, or to an empty object. The
    /// browser tests do not have it.
    #[wasm_bindgen(catch, js_name = cardEntryTexts)]
    fn fetch(locale: &str) -> Result<Promise, JsValue>;
}

/// Loads the texts of a locale. Returns whether texts were added.
pub async fn load(locale: Locale) -> bool {
    if locale.is_loaded() {
        return false;
    }
    let Ok(promise) = fetch(locale.as_str()) else {
        return false;
    };
    match JsFuture::from(promise).await {
        Ok(texts) => read(&texts, ANSWER_LIMITS).is_ok_and(|texts| locale.load_texts(&texts)),
        Err(_) => false,
    }
}
