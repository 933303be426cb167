//! Fills the country list with names from the browser.
//!
//! Called by the page when the country is asked for. The names come from `Intl.DisplayNames`, so that no list of names
//! is downloaded in any language.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

use super::LISTS;
use crate::locale::Locale;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;

    #[wasm_bindgen(catch, constructor, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type Collator;

    #[wasm_bindgen(constructor, js_namespace = Intl)]
    fn new(locale: &str) -> Collator;

    #[wasm_bindgen(method, getter)]
    fn compare(this: &Collator) -> Function;

    #[wasm_bindgen(extends = Array)]
    type Rows;

    /// The browser's sort, with the order of its `Collator`.
    #[wasm_bindgen(method)]
    fn sort(this: &Rows, order: &Function) -> Array;
}

/// `name\ncode` of every country, sorted by the rules of the language. A browser without the names shows the codes.
fn list(locale: Locale) -> Array {
    let options = Object::new();
    let _ = Reflect::set(&options, &"type".into(), &"region".into());
    let names = DisplayNames::new(locale.as_str(), &options).ok();
    let name = |code: &str| names.as_ref()?.of(code).ok()?.as_string();
    let rows = Array::new();
    for (codes, _) in LISTS {
        for at in 0..codes.len() / 2 {
            if let Some(code) = codes.get(2 * at..2 * at + 2) {
                let name = name(code).unwrap_or_else(|| code.to_owned());
                rows.push(&[&name, "\n", code].concat().into());
            }
        }
    }
    // For example, Å sorts with A in French and after Z in Danish.
    let order = Collator::new(locale.as_str()).compare();
    rows.unchecked_into::<Rows>().sort(&order)
}

/// Fills a select with the countries, an empty entry first. Selects `known`; without it the person's selection stays.
pub fn fill(select: &Element, locale: Locale, none: &str, known: Option<&str>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    // A select has its value under the same name as an input.
    let chosen = match known {
        Some(known) => known.to_owned(),
        None => select.unchecked_ref::<HtmlInputElement>().value(),
    };
    select.set_text_content(None);
    let add = |code: &str, name: &str| {
        if let Ok(option) = document.create_element("option") {
            let _ = option.set_attribute("value", code);
            option.set_text_content(Some(name));
            if code == chosen {
                let _ = option.set_attribute("selected", "");
            }
            let _ = select.insert_before(&option, None);
        }
    };
    add("", none);
    let rows = list(locale);
    for at in 0..rows.length() {
        let row = rows.get(at).as_string().unwrap_or_default();
        if let Some((name, code)) = row.split_once('\n') {
            add(code, name);
        }
    }
}
