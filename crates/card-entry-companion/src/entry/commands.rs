//! Runs the commands of [`crate::attempt`], one after the other.
//!
//! Called by [`super`] for every message and answer. It must never continue after the form was dropped.

use std::rc::Rc;

use super::{MountedEntry, wallet_calls};
use crate::attempt::{AttemptCommand, Attempts};
use crate::frame::random_bytes;
use crate::guard::DropReason;
use crate::task::Task;
use crate::wallet::IdempotencyKey;

impl MountedEntry {
    pub(super) fn run_attempt(
        self: &Rc<Self>,
        event: impl FnOnce(&mut Attempts) -> Result<Vec<AttemptCommand>, DropReason>,
    ) {
        let commands = event(&mut self.attempts.borrow_mut());
        match commands {
            Ok(commands) => self.run_commands(commands),
            Err(reason) => {
                if let Some(frame) = self.frame.borrow().as_ref() {
                    frame.count_drop(reason);
                }
            }
        }
    }

    pub(super) fn run_commands(self: &Rc<Self>, commands: Vec<AttemptCommand>) {
        for command in commands {
            if self.closed.get() {
                return;
            }
            match command {
                AttemptCommand::CreateIntent(attempt) => {
                    self.spawn(wallet_calls::create_intent(Rc::downgrade(self), attempt))
                }
                AttemptCommand::Save(request) => {
                    self.spawn(wallet_calls::save(Rc::downgrade(self), request))
                }
                AttemptCommand::Check(request) => {
                    self.spawn(wallet_calls::check(Rc::downgrade(self), request))
                }
                AttemptCommand::Send(reply) => self.send(&self.frame_message(reply)),
                AttemptCommand::Report(report) => self.report(report),
            }
        }
        self.update_state();
    }

    pub(super) fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        let task = Task::spawn(future);
        let mut tasks = self.tasks.borrow_mut();
        tasks.retain(|task| !task.is_done());
        tasks.push(task);
    }
}

pub(super) fn new_idempotency_key() -> Option<IdempotencyKey> {
    let bytes = random_bytes(&web_sys::window()?)?;
    let channel = card_entry_protocol::channel::Channel::from_random(bytes);
    Some(IdempotencyKey(channel.into()))
}
