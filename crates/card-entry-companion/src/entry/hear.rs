//! What the frame says, and what becomes of it.
//!
//! Called by the frame's callback in [`super`]; nothing here believes a message further than its type says.

use std::rc::Rc;

use card_entry_protocol::code::FrameErrorCode;
use card_entry_protocol::message::{CardResult, FromFrame, LegacyMessage, Log, LogEvent};

use super::Inner;
use super::steps::fresh_key;
use crate::event::Event;
use crate::frame::Heard;
use crate::submission::Submission;
use crate::words::Word;

impl Inner {
    /// Anything the frame's guard let through.
    pub(super) fn hear(self: &Rc<Self>, heard: Heard) {
        match heard {
            Heard::Left => {
                self.frame.take();
                self.silence.take();
                self.give_up("frame_left", Word::Left);
            }
            Heard::Linked(again) => {
                self.spoke();
                if again {
                    self.attempts.borrow_mut().reloaded();
                    self.set_challenge(false);
                    self.change(|facts| facts.ready = false);
                }
            }
            Heard::Locale(locale) => self.speak(locale),
            Heard::Refused(what) => self.tell(Event::Log(Log {
                event: LogEvent::ViewRefused,
                detail: what.to_owned(),
            })),
            Heard::Said(message) => self.hear_said(message),
            Heard::Plain(message) => {
                self.spoke();
                self.hear_plain(message);
            }
        }
    }

    /// The frame is alive after all.
    fn spoke(&self) {
        self.silence.take();
        if self.notice.take().is_some() {
            self.show_frame(true);
            self.change(|facts| facts.unusable = false);
        }
    }

    fn hear_said(self: &Rc<Self>, message: FromFrame) {
        match message {
            FromFrame::Ready(_) => self.ready(),
            FromFrame::Height(body) => self.set_height(body.height),
            FromFrame::Challenge(body) => self.set_challenge(body.open),
            FromFrame::Change(change) => {
                if !change.empty {
                    self.change(|facts| facts.saved = false);
                }
                self.tell(Event::Change(change));
            }
            FromFrame::IntentRequest(body) => self.attempt(|all| all.intent_asked(body.attempt)),
            FromFrame::Result(outcome) => self.save(outcome),
            FromFrame::Failure(report) => self.attempt(|all| all.failed(report)),
            FromFrame::Unusable(report) => self.unusable(report.code.as_str(), report.message),
            FromFrame::Log(log) => {
                if log.event == LogEvent::AttemptStarted {
                    self.answer_presses(Submission::Begun);
                }
                self.log(log);
            }
            FromFrame::NeedsView(body) => self.show(body.focus),
            FromFrame::NotSubmitted(not) => self.not_submitted(not.into()),
            FromFrame::Focus(body) => self.tell(Event::Focus(body.field)),
            FromFrame::Blur(body) => self.tell(Event::Blur(body.field)),
            FromFrame::Escape(body) => self.tell(Event::Escape(body.field)),
            FromFrame::NetworksChange(body) => self.tell(Event::Networks(body.networks)),
        }
    }

    fn hear_plain(self: &Rc<Self>, message: LegacyMessage) {
        match message {
            LegacyMessage::Ready => self.ready(),
            LegacyMessage::Height(height) => self.set_height(height),
            LegacyMessage::Saved { id, card, setup } => {
                let attempt = self.attempts.borrow().plain_attempt(&id);
                self.save(CardResult {
                    attempt,
                    id,
                    card,
                    setup,
                    // A plain listener sets no consent: there is none to prove.
                    consent: None,
                });
            }
            // The frame says hello and hears no answer: that is no failed card.
            LegacyMessage::Failed(error) if error.code == FrameErrorCode::Unanswered.as_str() => {
                self.unusable(FrameErrorCode::Unanswered.as_str(), error.message);
            }
            LegacyMessage::Failed(error) => self.tell(Event::Error(error, true)),
        }
    }

    fn ready(self: &Rc<Self>) {
        self.change(|facts| {
            facts.ready = true;
            facts.unusable = false;
        });
        self.tell(Event::Ready);
        self.send_press();
    }

    fn set_height(&self, height: u32) {
        let frame = self.frame.borrow();
        let taken = frame.as_ref().is_some_and(|frame| frame.set_height(height));
        drop(frame);
        if taken {
            self.tell(Event::Height(height));
        }
    }

    pub(super) fn set_challenge(&self, open: bool) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.set_challenge(open);
        }
        if self.facts.get().challenge != open {
            self.change(|facts| facts.challenge = open);
            self.tell(Event::Challenge(open));
        }
    }

    fn save(self: &Rc<Self>, outcome: CardResult) {
        if let Some(key) = fresh_key() {
            self.attempt(|all| all.outcome(outcome, key));
        }
    }
}
