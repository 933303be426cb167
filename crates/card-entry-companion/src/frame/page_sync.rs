//! Sends the state of the page to the frame: language, color scheme, and whether the form is in view.
//!
//! Part of [`super::MountedFrame`]. It must never leave the value `auto` to the frame, which cannot see the page.

use std::rc::Rc;

use card_entry_protocol::appearance::Theme;
use card_entry_protocol::message::{InView, ToFrame};
use wasm_bindgen::JsValue;
use web_sys::Window;

use super::view_watch::ViewWatch;
use super::{FrameEvent, MountedFrame, wire};
use crate::i18n::{EntryMessageKey, Locale};
use crate::page::HostPage;

impl MountedFrame {
    /// The locale of the settings, else of the address, else of the page.
    pub(super) fn locale_tag(&self) -> Option<String> {
        let set = self.settings.borrow().locale();
        set.or_else(|| self.address_locale.clone())
            .or_else(|| self.page.borrow().language.clone())
    }

    pub(super) fn locale(&self) -> Locale {
        Locale::read(&self.locale_tag().unwrap_or_default())
    }

    /// The theme of the settings, else of the page; never `auto`.
    pub(super) fn theme(&self) -> Theme {
        let set = self.settings.borrow().theme();
        set.unwrap_or_else(|| self.page.borrow().color_scheme.theme())
    }

    /// The settings in the form in which they are sent.
    pub(super) fn resolved(&self) -> JsValue {
        let settings = self.settings.borrow();
        settings.resolved(self.locale_tag().as_deref(), self.theme())
    }

    /// Sets the title and the color scheme of the iframe. With a scheme other than that of its document, a browser
    /// would paint the iframe opaque.
    pub(super) fn apply_title_and_scheme(&self) {
        self.iframe
            .set_title(self.locale().entry_text(EntryMessageKey::FrameTitle));
        let scheme = self.theme().as_str();
        let _ = self.iframe.style().set_property("color-scheme", scheme);
    }

    /// Sends the current settings, with the current state of the page.
    pub(super) fn send_settings(&self) {
        self.apply_title_and_scheme();
        self.connection
            .borrow()
            .send(&wire::update(&self.resolved()));
        (self.on_event)(FrameEvent::Locale(self.locale()));
    }

    /// Reads the page again and sends what changed.
    pub(super) fn on_page_change(&self) {
        let page = HostPage::at(&self.host);
        if *self.page.borrow() != page {
            self.page.replace(page);
            self.send_settings();
        }
    }

    /// Starts to observe whether the iframe is in view.
    pub(super) fn watch_view(self: &Rc<Self>, window: &Window) {
        let weak = Rc::downgrade(self);
        let view = ViewWatch::new(window, &self.iframe, move |_| {
            if let Some(inner) = weak.upgrade() {
                inner.send_visibility();
            }
        });
        self.view.replace(view);
    }

    /// Whether the iframe is in view. `true` where the browser cannot measure it.
    pub(super) fn is_seen(&self) -> bool {
        let view = self.view.borrow();
        view.as_ref().and_then(ViewWatch::seen).unwrap_or(true)
    }

    /// Tells the frame whether it is in view.
    pub(super) fn send_visibility(&self) {
        let visible = self.is_seen();
        let message = ToFrame::InView(InView { visible });
        self.connection.borrow().send(&wire::message(&message));
    }
}
