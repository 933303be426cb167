//! Mounts the frame, mounts it again, and shows an error text if it cannot be used.
//!
//! Called by [`super`]. It must never mount a frame with settings that cannot be read.

use std::rc::Rc;

use gloo_timers::callback::Timeout;

use super::MountedEntry;
use super::load_error_banner::LoadErrorBanner;
use crate::event::EntryEvent;
use crate::frame::{Frame, MountError};
use crate::i18n::EntryMessageKey;
use crate::js::log_unusable;
use crate::page::choose_locale;
use crate::retry::FRAME_LOAD_TIMEOUT_MS;
use crate::state::EntryFlags;

impl MountedEntry {
    /// Mounts the frame, or shows an error text if the settings do not allow one.
    pub(super) fn mount_frame(self: &Rc<Self>) -> Result<(), MountError> {
        self.remove_stale_parts();
        self.mark_host();
        let error = self.settings.borrow().error();
        self.settings_rejected.set(error.is_some());
        if let Some(code) = error {
            // No frame, especially no older one, may show a form without the consent or the limits that were set.
            let locale = self.settings.borrow().locale();
            let locale = locale.or_else(|| self.address.locale.clone());
            self.set_locale(choose_locale(locale.as_deref()));
            self.show_load_error(code.as_str(), EntryMessageKey::BadSetup);
            return Ok(());
        }
        let weak = Rc::downgrade(self);
        let frame = Frame::mount(
            &self.host,
            &self.address,
            self.settings.borrow().clone(),
            move |event| {
                if let Some(inner) = weak.upgrade().filter(|inner| !inner.closed.get()) {
                    inner.on_frame_event(event);
                }
            },
        )?;
        self.set_locale(frame.locale());
        self.frame.replace(Some(frame));
        let weak = Rc::downgrade(self);
        self.load_timer
            .replace(Some(Timeout::new(FRAME_LOAD_TIMEOUT_MS, move || {
                if let Some(inner) = weak.upgrade() {
                    inner.on_load_timeout();
                }
            })));
        self.update_state();
        Ok(())
    }

    /// Mounts the frame again, unless a card is being saved.
    pub(super) fn retry_frame(self: &Rc<Self>) {
        if self.attempts.borrow().save_status().is_some() {
            return;
        }
        self.removals.set(0);
        self.mount_frame_again();
    }

    pub(super) fn mount_frame_again(self: &Rc<Self>) {
        self.set_challenge(false);
        if self.closed.get() {
            return;
        }
        self.banner.take();
        self.frame.take();
        self.flags.set(EntryFlags::default());
        self.attempts.borrow_mut().on_frame_reload();
        if self.mount_frame().is_err() {
            self.show_load_error("mount_refused", EntryMessageKey::Silent);
        }
    }

    /// Shows an error text with a retry button, for a frame that cannot show one itself.
    pub(super) fn show_load_error(self: &Rc<Self>, code: &'static str, key: EntryMessageKey) {
        let weak = Rc::downgrade(self);
        let banner = LoadErrorBanner::show(&self.host, self.locale.get(), key, move || {
            if let Some(inner) = weak.upgrade() {
                inner.retry_frame();
            }
        });
        self.banner.replace(banner);
        // A frame that still loads would show its loading text beside the error text.
        self.show_frame(false);
        self.on_unusable(code, self.locale.get().entry_text(key).to_owned());
    }

    pub(super) fn show_frame(&self, shown: bool) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.set_displayed(shown);
        }
    }

    pub(super) fn on_unusable(&self, code: &'static str, text: String) {
        log_unusable(code);
        self.update_flags(|flags| {
            flags.unusable = true;
            flags.challenge = false;
        });
        self.emit(EntryEvent::Unusable(code, text));
        self.fail_submits();
    }
}
