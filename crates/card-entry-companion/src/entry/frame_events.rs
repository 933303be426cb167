//! Handles the events of the frame.
//!
//! Called by the frame's callback in [`super`]. It must never trust a message further than its type says.

use std::rc::Rc;

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::{AttemptResult, FromFrame, LegacyMessage, Log, LogEvent};

use super::MountedEntry;
use super::commands::new_idempotency_key;
use crate::event::EntryEvent;
use crate::frame::FrameEvent;
use crate::i18n::EntryMessageKey;
use crate::submission::SubmitOutcome;

impl MountedEntry {
    /// Handles an event that passed the guard of the frame.
    pub(super) fn on_frame_event(self: &Rc<Self>, event: FrameEvent) {
        match event {
            FrameEvent::LeftOrigin => {
                self.frame.take();
                self.load_timer.take();
                self.show_load_error("frame_left", EntryMessageKey::Left);
            }
            FrameEvent::Connected(again) => {
                self.on_frame_alive();
                if again {
                    self.attempts.borrow_mut().on_frame_reload();
                    self.set_challenge(false);
                    self.update_flags(|flags| flags.ready = false);
                }
            }
            FrameEvent::Locale(locale) => self.set_locale(locale),
            FrameEvent::ViewRefused(what) => self.emit(EntryEvent::Log(Log {
                event: LogEvent::ViewRefused,
                detail: what.to_owned(),
            })),
            FrameEvent::Message(message) => self.on_message(message),
            FrameEvent::LegacyMessage(message) => {
                self.on_frame_alive();
                self.on_legacy_message(message);
            }
        }
    }

    /// The frame has sent a message, so it works: removes the load error banner if it is shown.
    fn on_frame_alive(&self) {
        self.load_timer.take();
        if self.banner.take().is_some() {
            self.show_frame(true);
            self.update_flags(|flags| flags.unusable = false);
        }
    }

    fn on_message(self: &Rc<Self>, message: FromFrame) {
        match message {
            FromFrame::Ready(_) => self.on_ready(),
            FromFrame::Height(body) => self.set_height(body.height),
            FromFrame::Challenge(body) => self.set_challenge(body.open),
            FromFrame::Change(change) => {
                if !change.empty {
                    self.update_flags(|flags| flags.saved = false);
                }
                self.emit(EntryEvent::Change(change));
            }
            FromFrame::IntentRequest(body) => {
                self.run_attempt(|all| all.on_intent_request(body.attempt))
            }
            FromFrame::Result(outcome) => self.save(outcome),
            FromFrame::Failure(report) => self.run_attempt(|all| all.on_failure(report)),
            FromFrame::Unusable(report) => self.on_unusable(report.code.as_str(), report.message),
            FromFrame::Log(log) => {
                if log.event == LogEvent::AttemptStarted {
                    self.finish_submits(SubmitOutcome::Started);
                }
                self.log(log);
            }
            FromFrame::NeedsView(body) => self.reveal(body.focus),
            FromFrame::NotSubmitted(not) => self.not_submitted(not.into()),
            FromFrame::Focus(body) => self.emit(EntryEvent::Focus(body.field)),
            FromFrame::Blur(body) => self.emit(EntryEvent::Blur(body.field)),
            FromFrame::Escape(body) => self.emit(EntryEvent::Escape(body.field)),
            FromFrame::NetworksChange(body) => self.emit(EntryEvent::NetworksChange(body.networks)),
        }
    }

    fn on_legacy_message(self: &Rc<Self>, message: LegacyMessage) {
        match message {
            LegacyMessage::Ready => self.on_ready(),
            LegacyMessage::Height(height) => self.set_height(height),
            LegacyMessage::Saved { id, card, setup } => {
                let attempt = self.attempts.borrow().legacy_attempt(&id);
                self.save(AttemptResult {
                    attempt,
                    id,
                    card,
                    setup,
                    // A legacy message has no consent: its page cannot set one.
                    consent: None,
                });
            }
            // The frame got no answer to its hello. That is a setup error, not a failed card.
            LegacyMessage::Failed(error) if error.code == FrameErrorCode::Unanswered.as_str() => {
                self.on_unusable(FrameErrorCode::Unanswered.as_str(), error.message);
            }
            LegacyMessage::Failed(error) => self.emit(EntryEvent::Error(error, true)),
        }
    }

    fn on_ready(self: &Rc<Self>) {
        self.update_flags(|flags| {
            flags.ready = true;
            flags.unusable = false;
        });
        self.emit(EntryEvent::Ready);
        self.send_submit();
    }

    fn set_height(&self, height: u32) {
        let frame = self.frame.borrow();
        let taken = frame.as_ref().is_some_and(|frame| frame.set_height(height));
        drop(frame);
        if taken {
            self.emit(EntryEvent::Height(height));
        }
    }

    pub(super) fn set_challenge(&self, open: bool) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.set_challenge(open);
        }
        if self.flags.get().challenge != open {
            self.update_flags(|flags| flags.challenge = open);
            self.emit(EntryEvent::Challenge(open));
        }
    }

    fn save(self: &Rc<Self>, outcome: AttemptResult) {
        if let Some(key) = new_idempotency_key() {
            self.run_attempt(|all| all.on_payment_method(outcome, key));
        }
    }
}
