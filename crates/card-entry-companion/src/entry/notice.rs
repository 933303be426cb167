//! A sentence and a button in place of a frame that cannot speak for itself.
//!
//! Shown by [`super`]; gone when dropped.

use gloo_events::EventListener;
use web_sys::Element;

use super::keep::PART;
use crate::words::{Locale, Word};

/// A sentence, announced at once, and a button that tries again.
pub(super) struct Notice {
    block: Element,
    _click: EventListener,
}

impl Notice {
    /// Puts it at the start of the host.
    pub(super) fn show(
        host: &Element,
        locale: Locale,
        word: Word,
        retry: impl Fn() + 'static,
    ) -> Option<Self> {
        let document = host.owner_document()?;
        let block = document.create_element("div").ok()?;
        let sentence = document.create_element("p").ok()?;
        let button = document.create_element("button").ok()?;
        for (element, name, value) in [
            (&block, PART, ""),
            (&block, "class", "ce-notice"),
            (&block, "role", "alert"),
            (&block, "lang", locale.as_str()),
            (&block, "dir", locale.dir()),
            (&button, "type", "button"),
            (&button, "class", "ce-button"),
            (&button, "data-action", "retry"),
        ] {
            element.set_attribute(name, value).ok()?;
        }
        sentence.set_text_content(Some(locale.word(word)));
        button.set_text_content(Some(locale.word(Word::Retry)));
        block.append_child(&sentence).ok()?;
        block.append_child(&button).ok()?;
        host.prepend_with_node_1(&block).ok()?;
        let click = EventListener::new(&button, "click", move |_| retry());
        Some(Self {
            block,
            _click: click,
        })
    }

    pub(super) fn is(&self, part: &Element) -> bool {
        self.block == *part
    }

    /// Puts it back where somebody took it away.
    pub(super) fn stay_in(&self, host: &Element) {
        if !host.contains(Some(&self.block)) {
            let _ = host.prepend_with_node_1(&self.block);
        }
    }
}

impl Drop for Notice {
    fn drop(&mut self) {
        self.block.remove();
    }
}
