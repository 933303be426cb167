//! What of the page's settings and attributes is ignored: said once, where the page's engineer looks.
//!
//! Called by [`super`]. It must never say a value, nor let an update take away a consent that stands.

use std::rc::Rc;

use card_entry_protocol::message::{Log, LogEvent};

use super::Inner;
use crate::event::Event;
use crate::js::warn_ignored;
use crate::settings::HostSettings;

/// More lines about ignored settings are a frame gone wild.
const MAX_IGNORED: usize = 64;

impl Inner {
    /// Takes new settings, the whole of them; mounts the frame that the earlier ones did not allow.
    pub(super) fn take_settings(self: &Rc<Self>, settings: HostSettings) {
        let settings = settings.after(&self.settings.borrow());
        let before = self.ignored.take();
        for fault in settings.faults() {
            if before.contains(&fault) {
                self.ignored.borrow_mut().push(fault);
            } else {
                self.log(fault);
            }
        }
        self.settings.replace(settings.clone());
        let mounted = self.frame.borrow().is_some();
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.update(settings);
        }
        if !mounted && self.refused_settings.take() {
            self.reopen();
        }
    }

    /// Says that an attribute or property was ignored.
    pub(super) fn ignore(&self, name: &str, expected: &str) {
        self.log(Log {
            event: LogEvent::AttributeIgnored,
            detail: [name, ": ", expected].concat(),
        });
    }

    /// A line for the page's log; what was ignored also stands in the console, once.
    pub(super) fn log(&self, log: Log) {
        if matches!(
            log.event,
            LogEvent::SettingIgnored | LogEvent::AttributeIgnored
        ) {
            let mut ignored = self.ignored.borrow_mut();
            // The frame gives fewer hints: what counts is which setting it is.
            let name = |log: &Log| log.detail.bytes().position(|b| b == b':');
            let same = |said: &Log| {
                said.detail.get(..name(said).unwrap_or(0))
                    == log.detail.get(..name(&log).unwrap_or(0))
            };
            if ignored.iter().any(same) || ignored.len() > MAX_IGNORED {
                return;
            }
            warn_ignored(&log.detail);
            ignored.push(log.clone());
        }
        self.tell(Event::Log(log));
    }
}
