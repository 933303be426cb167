//! The visibility of the form on the page: scrolls it into view, and detects that the browser blocked the frame.
//!
//! Called by [`super`].

use std::rc::Rc;

use super::MountedEntry;
use crate::frame::Frame;
use crate::i18n::{EntryMessageKey, Locale};
use crate::page::is_embedded_cross_origin;

impl MountedEntry {
    /// Sets the language of the texts, here and for messages of the wallet.
    pub(super) fn set_locale(&self, locale: Locale) {
        self.locale.set(locale);
        self.api.set_locale(locale);
    }

    /// The frame sent nothing in [`FRAME_LOAD_TIMEOUT_MS`](crate::retry::FRAME_LOAD_TIMEOUT_MS).
    pub(super) fn on_load_timeout(self: &Rc<Self>) {
        let frame = self.frame.borrow();
        let loaded = frame.as_ref().is_some_and(Frame::has_loaded);
        drop(frame);
        if loaded && is_embedded_cross_origin() {
            self.show_load_error("ancestor_not_allowed", EntryMessageKey::Embedded);
        } else {
            self.show_load_error("frame_silent", EntryMessageKey::Silent);
        }
    }

    /// Scrolls the form into view, and with `focus` moves the focus to it.
    pub(super) fn reveal(&self, focus: bool) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.reveal(focus);
        }
    }
}
