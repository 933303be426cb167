//! An error text with a retry button, shown while the frame cannot show one itself.
//!
//! Shown by [`super`]. Dropping it removes it from the page.

use gloo_events::EventListener;
use web_sys::Element;

use super::host_watch::PART_ATTRIBUTE;
use crate::i18n::{EntryMessageKey, Locale};

/// An error text that screen readers announce at once, and a button that loads the frame again.
pub(super) struct LoadErrorBanner {
    block: Element,
    _click: EventListener,
}

impl LoadErrorBanner {
    /// Inserts it as the first child of the host.
    pub(super) fn show(
        host: &Element,
        locale: Locale,
        key: EntryMessageKey,
        retry: impl Fn() + 'static,
    ) -> Option<Self> {
        let document = host.owner_document()?;
        let block = document.create_element("div").ok()?;
        let text = document.create_element("p").ok()?;
        let button = document.create_element("button").ok()?;
        for (element, name, value) in [
            (&block, PART_ATTRIBUTE, ""),
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
        text.set_text_content(Some(locale.entry_text(key)));
        button.set_text_content(Some(locale.entry_text(EntryMessageKey::Retry)));
        block.append_child(&text).ok()?;
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

    /// Inserts it again if the page removed it.
    pub(super) fn stay_in(&self, host: &Element) {
        if !host.contains(Some(&self.block)) {
            let _ = host.prepend_with_node_1(&self.block);
        }
    }
}

impl Drop for LoadErrorBanner {
    fn drop(&mut self) {
        self.block.remove();
    }
}
