//! Reads the page's environment from the browser.
//!
//! Called once, at the start.

use js_sys::Reflect;
use web_sys::{Element, Window};

use super::PageEnvironment;

/// The meta with the address of the provider's script.
const SCRIPT: &str = if cfg!(feature = "braintree") {
    "braintree-js"
} else {
    "stripe-js"
};

fn root(window: &Window) -> Option<Element> {
    window.document()?.document_element()
}

fn meta(window: &Window, name: &str) -> String {
    let selector = ["meta[name='card-entry-", name, "']"].concat();
    root(window)
        .and_then(|root| root.query_selector(&selector).ok().flatten())
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}

/// The first entry of `location.ancestorOrigins`, which Firefox does not have.
fn ancestor(window: &Window) -> Option<String> {
    let list = Reflect::get(&window.location(), &"ancestorOrigins".into()).ok()?;
    Reflect::get(&list, &0.into()).ok()?.as_string()
}

/// Removes the query and the hash from the address, so that no secret stays in it or in the browser's history.
pub fn scrub_address(window: &Window) {
    if let (Ok(history), Ok(path)) = (window.history(), window.location().pathname()) {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
    }
}

impl PageEnvironment {
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
            stripe_js: meta(window, SCRIPT),
            error: meta(window, "error"),
            language: root(window)
                .and_then(|root| root.get_attribute("lang"))
                .unwrap_or_default(),
        }
    }
}
