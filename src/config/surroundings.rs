//! The surroundings as this browser has them.
//!
//! Called once at the start.

use js_sys::Reflect;
use web_sys::Window;

use super::Surroundings;

fn meta(window: &Window, name: &str) -> String {
    let selector = ["meta[name='card-entry-", name, "']"].concat();
    window
        .document()
        .and_then(|document| document.document_element())
        .and_then(|root| root.query_selector(&selector).ok().flatten())
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}

/// The first of `location.ancestorOrigins`, which Firefox does not have.
fn ancestor(window: &Window) -> Option<String> {
    let list = Reflect::get(&window.location(), &"ancestorOrigins".into()).ok()?;
    Reflect::get_u32(&list, 0).ok()?.as_string()
}

/// Takes everything after the path out of the address, so that no secret stays in it or in the history.
pub fn scrub(window: &Window) {
    if let (Ok(history), Ok(path)) = (window.history(), window.location().pathname()) {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
    }
}

impl Surroundings {
    /// Reads them.
    #[must_use]
    pub fn read(window: &Window) -> Self {
        let location = window.location();
        let parent = window.parent().ok().flatten();
        Self {
            search: location.search().unwrap_or_default(),
            hash: location.hash().unwrap_or_default(),
            origin: window.origin(),
            embedded: parent.is_some_and(|parent| parent != *window),
            ancestor: ancestor(window),
            parents: meta(window, "parents"),
            stripe_js: meta(window, "stripe-js"),
            error: meta(window, "error"),
            language: window.navigator().language().unwrap_or_default(),
        }
    }
}
