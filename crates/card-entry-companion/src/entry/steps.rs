//! Carries out what [`crate::attempt`] decided, step by step.
//!
//! Called by [`super`] for every message and answer. It must never go on once the entry was taken away.

use std::rc::Rc;

use super::{Inner, calls};
use crate::attempt::{Attempts, Step};
use crate::frame::random_bytes;
use crate::guard::DropReason;
use crate::task::Task;
use crate::wallet::IdempotencyKey;

impl Inner {
    pub(super) fn attempt(
        self: &Rc<Self>,
        act: impl FnOnce(&mut Attempts) -> Result<Vec<Step>, DropReason>,
    ) {
        let steps = act(&mut self.attempts.borrow_mut());
        match steps {
            Ok(steps) => self.run(steps),
            Err(reason) => {
                if let Some(frame) = self.frame.borrow().as_ref() {
                    frame.drop_as(reason);
                }
            }
        }
    }

    pub(super) fn run(self: &Rc<Self>, steps: Vec<Step>) {
        for step in steps {
            if self.closed.get() {
                return;
            }
            match step {
                Step::Begin(attempt) => self.spawn(calls::begin(Rc::downgrade(self), attempt)),
                Step::Save(request) => self.spawn(calls::save(Rc::downgrade(self), request)),
                Step::Check(request) => self.spawn(calls::check(Rc::downgrade(self), request)),
                Step::Say(line) => self.say(&self.word(line)),
                Step::Tell(told) => self.tell_told(told),
            }
        }
        self.refresh();
    }

    pub(super) fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        let task = Task::spawn(future);
        let mut tasks = self.tasks.borrow_mut();
        tasks.retain(|task| !task.is_done());
        tasks.push(task);
    }
}

pub(super) fn fresh_key() -> Option<IdempotencyKey> {
    let bytes = random_bytes(&web_sys::window()?)?;
    let channel = card_entry_protocol::channel::Channel::from_random(bytes);
    Some(IdempotencyKey(channel.into()))
}
