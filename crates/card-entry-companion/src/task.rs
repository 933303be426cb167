//! A future that ends when its handle is dropped: its timers are cleared, and nothing it would have done is done.
//!
//! Called by [`crate::entry`] and the Leptos `Wallet`. A request that left stays on the wire: what was sent is the
//! server's to decide, and only its answer is no longer heard.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

struct Shared {
    future: RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>,
    ended: Cell<bool>,
}

impl Shared {
    /// Lets go of the future, unless it is the caller: then the poll that runs it does.
    fn end(&self) {
        self.ended.set(true);
        let future = self.future.try_borrow_mut().map(|mut slot| slot.take());
        drop(future);
    }
}

/// A running future.
#[must_use = "dropping it ends the future"]
pub struct Task(Rc<Shared>);

impl Task {
    /// Runs a future on this thread until it is done or the handle is dropped.
    pub fn spawn(future: impl Future<Output = ()> + 'static) -> Self {
        let shared = Rc::new(Shared {
            future: RefCell::new(Some(Box::pin(future))),
            ended: Cell::new(false),
        });
        let running = Rc::clone(&shared);
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
        Self(shared)
    }

    /// Whether it ran to its end.
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
