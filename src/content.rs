//! How a [`Content`] gets into the page.
//!
//! Given to the view as the value of an attribute. One type for texts and attributes alike, so that the code that keeps
//! the page up to date exists once; not `prop:`, which brings the standard library's threads along. Only what changed
//! is written: a live region announces every write, and a page translator, who changes the nodes himself, must not be
//! fought. It must never be HTML.

use leptos::tachys::html::attribute::AttributeValue;
use web_sys::Element;

use crate::country;
use crate::state::Content;

fn write(content: &Content, node: &Element, key: &str) {
    match content {
        Content::Attribute(Some(value)) => {
            // Only a wrong name of an attribute throws, and the names are ours.
            let _ = node.set_attribute(key, value);
        }
        Content::Attribute(None) => {
            let _ = node.remove_attribute(key);
        }
        // Not a text node of the view's: a translator replaces those, and an old error would stay on screen.
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
