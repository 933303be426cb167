//! Logs the settings and attributes that are ignored, once each, for the developer of the page.
//!
//! Called by [`super`]. It must never log a value, nor let an update remove a consent that is set.

use std::rc::Rc;

use card_entry_protocol::message::{Log, LogEvent};

use super::MountedEntry;
use crate::event::EntryEvent;
use crate::js::log_ignored;
use crate::settings::HostSettings;

/// More log lines about settings mean that the frame is faulty; the rest is not logged.
const MAX_IGNORED: usize = 64;

impl MountedEntry {
    /// Replaces all settings. Mounts the frame if the earlier settings prevented it.
    pub(super) fn set_settings(self: &Rc<Self>, settings: HostSettings) {
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
        if !mounted && self.settings_rejected.take() {
            self.retry_frame();
        }
    }

    /// Logs that an attribute or property was ignored.
    pub(super) fn ignore(&self, name: &str, expected: &str) {
        self.log(Log {
            event: LogEvent::AttributeIgnored,
            detail: [name, ": ", expected].concat(),
        });
    }

    /// Reports a log line to the page. Ignored settings are also written to the console, once.
    pub(super) fn log(&self, log: Log) {
        if matches!(
            log.event,
            LogEvent::SettingIgnored | LogEvent::AttributeIgnored
        ) {
            let mut ignored = self.ignored.borrow_mut();
            // The frame gives fewer hints, so only the name of the setting is compared.
            let name = |log: &Log| log.detail.bytes().position(|b| b == b':');
            let same = |logged: &Log| {
                logged.detail.get(..name(logged).unwrap_or(0))
                    == log.detail.get(..name(&log).unwrap_or(0))
            };
            if ignored.iter().any(same) || ignored.len() > MAX_IGNORED {
                return;
            }
            log_ignored(&log.detail);
            ignored.push(log.clone());
        }
        self.emit(EntryEvent::Log(log));
    }
}
