//! Brings the words of a language that is not in the Wasm.
//!
//! Called before the form is mounted, and when the host chooses another language. The boot script has the file on its
//! way before this code arrives, and keeps it. What does not come is said in English.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::Locale;
use crate::js::{ANSWER_LIMITS, read};

#[wasm_bindgen]
extern "C" {
    /// The boot script's: the content of `words/<locale>.json`, or an empty object. The browser tests have none.
    #[wasm_bindgen(catch, js_name = cardEntryTexts)]
    fn fetch(locale: &str) -> Result<Promise, JsValue>;
}

/// Learns a language; says whether there is something new to say.
pub async fn load(locale: Locale) -> bool {
    if locale.is_loaded() {
        return false;
    }
    let Ok(promise) = fetch(locale.as_str()) else {
        return false;
    };
    match JsFuture::from(promise).await {
        Ok(words) => read(&words, ANSWER_LIMITS).is_ok_and(|words| locale.load_texts(&words)),
        Err(_) => false,
    }
}
