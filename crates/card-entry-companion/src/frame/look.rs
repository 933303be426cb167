//! What the frame is told of its page: language, colour scheme, and whether it is in view.
//!
//! Part of [`super::Inner`]. It must never leave an `auto` to the frame, which cannot see the page.

use std::rc::Rc;

use card_entry_protocol::appearance::Theme;
use card_entry_protocol::message::{InView, ToFrame};
use wasm_bindgen::JsValue;
use web_sys::Window;

use super::view_watch::ViewWatch;
use super::{Heard, Inner, wire};
use crate::page::HostPage;
use crate::words::{Locale, Word};

impl Inner {
    /// The locale of the settings, else of the address, else of the page.
    pub(super) fn locale_tag(&self) -> Option<String> {
        let set = self.settings.borrow().locale();
        set.or_else(|| self.asked_locale.clone())
            .or_else(|| self.page.borrow().language.clone())
    }

    pub(super) fn locale(&self) -> Locale {
        Locale::read(&self.locale_tag().unwrap_or_default())
    }

    /// The theme of the settings, else the page's; never `auto`.
    pub(super) fn theme(&self) -> Theme {
        let set = self.settings.borrow().theme();
        set.unwrap_or_else(|| self.page.borrow().color_scheme.theme())
    }

    /// The settings as they are sent.
    pub(super) fn resolved(&self) -> JsValue {
        let settings = self.settings.borrow();
        settings.resolved(self.locale_tag().as_deref(), self.theme())
    }

    /// Gives the iframe its title and its scheme: under another than its document's a browser would paint it opaque.
    pub(super) fn dress(&self) {
        self.iframe.set_title(self.locale().word(Word::FrameTitle));
        let scheme = self.theme().as_str();
        let _ = self.iframe.style().set_property("color-scheme", scheme);
    }

    /// Sends the settings as they and the page are now.
    pub(super) fn send_settings(&self) {
        self.dress();
        self.link.borrow().send(&wire::update(&self.resolved()));
        (self.heard)(Heard::Locale(self.locale()));
    }

    /// Looks at the page again; what changed is sent.
    pub(super) fn follow_page(&self) {
        let page = HostPage::at(&self.place);
        if *self.page.borrow() != page {
            self.page.replace(page);
            self.send_settings();
        }
    }

    /// Begins to look whether the iframe is in view.
    pub(super) fn watch_view(self: &Rc<Self>, window: &Window) {
        let telling = Rc::downgrade(self);
        let view = ViewWatch::new(window, &self.iframe, move |_| {
            if let Some(inner) = telling.upgrade() {
                inner.say_view();
            }
        });
        self.view.replace(view);
    }

    /// Whether the iframe is in view; so it is where nobody can tell.
    pub(super) fn is_seen(&self) -> bool {
        let view = self.view.borrow();
        view.as_ref().and_then(ViewWatch::seen).unwrap_or(true)
    }

    /// Tells the frame whether it is in view.
    pub(super) fn say_view(&self) {
        let visible = self.is_seen();
        let message = ToFrame::InView(InView { visible });
        self.link.borrow().send(&wire::message(&message));
    }
}
