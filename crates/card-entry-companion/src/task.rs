//! A future that stops when its handle is dropped.
//!
//! Called by [`crate::entry`] and the Leptos components. Its timers are cleared, and it must never run on. A request
//! that
//! was sent is not undone: the server decides about it, only its response is ignored.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

struct TaskState {
    future: RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>,
    ended: Cell<bool>,
}

impl TaskState {
    /// Drops the future, unless this is called from the future itself: then the poll that runs it drops it.
    fn end(&self) {
        self.ended.set(true);
        let future = self.future.try_borrow_mut().map(|mut slot| slot.take());
        drop(future);
    }
}

/// A running future. Dropping it stops the future.
#[must_use = "dropping it ends the future"]
pub struct Task(Rc<TaskState>);

impl Task {
    /// Runs a future on this thread until it ends or the handle is dropped.
    pub fn spawn(future: impl Future<Output = ()> + 'static) -> Self {
        let state = Rc::new(TaskState {
            future: RefCell::new(Some(Box::pin(future))),
            ended: Cell::new(false),
        });
        let running = Rc::clone(&state);
        wasm_bindgen_futures::spawn_local(poll_fn(move |context| {
            let poll = match running.future.borrow_mut().as_mut() {
                Some(future) => future.as_mut().poll(context),
                None => Poll::Ready(()),
            };
            if poll.is_ready() || running.ended.get() {
                running.end();
                return Poll::Ready(());
            }
            Poll::Pending
        }));
        Self(state)
    }

    /// Whether the future ran to its end.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.0.ended.get()
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.end();
    }
}
