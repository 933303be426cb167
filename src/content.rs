//! Writes a [`Content`] into the page.
//!
//! Given to the view as the value of an attribute. Texts and attributes have one type, so that the code that updates
//! the page exists once. Not `prop:`, which adds the standard library's threads to the Wasm. Only changes are written:
//! a live region announces every write, and the text nodes of a page translator must stay. It must never write HTML.

use leptos::tachys::html::attribute::AttributeValue;
use web_sys::Element;

use crate::country;
use crate::state::Content;

fn write(content: &Content, node: &Element, key: &str) {
    match content {
        Content::Attribute(Some(value)) => {
            // Only a wrong attribute name fails, and the names are constants.
            let _ = node.set_attribute(key, value);
        }
        Content::Attribute(None) => {
            let _ = node.remove_attribute(key);
        }
        // The element's text, not a text node of the view: a page translator replaces text nodes, and an old error
        // would stay on screen.
        Content::Text(text) => node.set_text_content(Some(text)),
        Content::Preset(text) => {
            let _ = node.set_attribute(key, text);
        }
        Content::Countries(locale, none, known) => {
            country::list::fill(node, *locale, none, known.as_deref());
        }
    }
}

impl AttributeValue for Content {
    type State = (Element, Self);
    type AsyncOutput = Self;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        0
    }

    fn to_html(self, _key: &str, _page: &mut String) {}

    fn to_template(_key: &str, _page: &mut String) {}

    fn hydrate<const FROM_SERVER: bool>(self, key: &str, node: &Element) -> Self::State {
        self.build(node, key)
    }

    fn build(self, node: &Element, key: &str) -> Self::State {
        if self != Content::Attribute(None) {
            write(&self, node, key);
        }
        (node.clone(), self)
    }

    fn rebuild(self, key: &str, (node, last): &mut Self::State) {
        if self != *last {
            write(&self, node, key);
            *last = self;
        }
    }

    fn into_cloneable(self) -> Self {
        self
    }

    fn into_cloneable_owned(self) -> Self {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }
}
