//! The form in its page: brought into view, and given up where the browser refused to show it.
//!
//! Called by [`super`].

use std::rc::Rc;

use super::Inner;
use crate::frame::Frame;
use crate::page::is_page_of_another_site;
use crate::words::{Locale, Word};

impl Inner {
    /// Speaks this language from now on, and asks the wallet for its sentences in it.
    pub(super) fn speak(&self, locale: Locale) {
        self.locale.set(locale);
        self.api.set_locale(locale);
    }

    /// The frame has not spoken in time.
    pub(super) fn give_up_silent(self: &Rc<Self>) {
        let frame = self.frame.borrow();
        let loaded = frame.as_ref().is_some_and(Frame::has_loaded);
        drop(frame);
        if loaded && is_page_of_another_site() {
            self.give_up("ancestor_not_allowed", Word::Embedded);
        } else {
            self.give_up("frame_silent", Word::Silent);
        }
    }

    /// Brings the form into view, and gives it the focus.
    pub(super) fn show(&self, focus: bool) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.show(focus);
        }
    }
}
