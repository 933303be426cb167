//! The document: language, URL and focus. A missing element is ignored.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

/// Id of the element that holds the static shell and then the page.
const PAGE_ID: &str = "page";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// A parameter of the URL's query.
pub fn query(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(name)
}

pub fn own_origin() -> Option<String> {
    web_sys::window()?.location().origin().ok()
}

/// Removes the query from the URL, so that a reload does not handle it again.
pub fn strip_query() {
    let strip = || {
        let window = web_sys::window()?;
        let path = window.location().pathname().ok()?;
        let history = window.history().ok()?;
        history
            .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path))
            .ok()
    };
    let _ = strip();
}

/// The body's `data-page`; `None` on the booking page.
pub fn page() -> Option<String> {
    document()?.body()?.get_attribute("data-page")
}

/// Sets `lang` and `dir` of the document.
pub fn set_language(lang: &str, direction: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", lang);
        let _ = root.set_attribute("dir", direction);
    }
}

/// Empties the element of the static shell and returns it. Mounting follows in the same task, so that the layout does not jump.
pub fn take_shell() -> Option<HtmlElement> {
    let root = document()?.get_element_by_id(PAGE_ID)?;
    root.set_text_content(None);
    root.dyn_into().ok()
}

/// Focuses the first element that one of the selectors finds, after the next render.
pub fn focus(selectors: &'static [&'static str]) {
    leptos::prelude::request_animation_frame(move || {
        let find = |selector: &&str| document()?.query_selector(selector).ok().flatten();
        let found = selectors.iter().find_map(find);
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
