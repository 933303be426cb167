//! The document around the page: its language, its address, where the focus goes.
//!
//! Everything here is best effort: a missing element changes nothing.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement};

/// Where the page is mounted, and where its shell stands until then.
const PLACE: &str = "page";

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// A value of the address's query.
pub fn query(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(name)
}

pub fn own_origin() -> Option<String> {
    web_sys::window()?.location().origin().ok()
}

/// Takes the query out of the address, so that a reload does not tell of it again.
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

/// Which page this is, as the body's `data-page` says; none: the booking page.
pub fn page() -> Option<String> {
    document()?.body()?.get_attribute("data-page")
}

/// Says which language the page is in and which way it runs.
pub fn speak(lang: &str, direction: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", lang);
        let _ = root.set_attribute("dir", direction);
    }
}

/// Empties the shell's place for the page: both happen in one turn, so that nothing jumps.
pub fn take_shell() -> Option<HtmlElement> {
    let place = document()?.get_element_by_id(PLACE)?;
    place.set_text_content(None);
    place.dyn_into().ok()
}

/// Moves the focus to the first of these selectors that finds an element, once what was just changed is drawn.
pub fn focus(selectors: &'static [&'static str]) {
    leptos::prelude::request_animation_frame(move || {
        let find = |selector: &&str| document()?.query_selector(selector).ok().flatten();
        let found = selectors.iter().find_map(find);
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
