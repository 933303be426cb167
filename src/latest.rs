//! A cell for one value that a future waits for.
//!
//! Used where a message, an event or a timer completes a future. It must never hold two values: a new value replaces
//! the old one.

use core::cell::RefCell;
use core::future::poll_fn;
use core::task::{Poll, Waker};

#[derive(Debug)]
pub struct Latest<T> {
    value: RefCell<Option<T>>,
    waker: RefCell<Option<Waker>>,
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self {
            value: RefCell::new(None),
            waker: RefCell::new(None),
        }
    }
}

impl<T> Latest<T> {
    /// Stores a value, in the place of the previous one.
    pub fn put(&self, value: T) {
        *self.value.borrow_mut() = Some(value);
        let waker = self.waker.borrow_mut().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub fn clear(&self) {
        self.value.borrow_mut().take();
    }

    /// Waits for a value and takes it. Only one future may wait at a time.
    pub async fn take(&self) -> T {
        poll_fn(|context| match self.value.borrow_mut().take() {
            Some(value) => Poll::Ready(value),
            None => {
                *self.waker.borrow_mut() = Some(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use core::pin::pin;
    use core::task::Context;

    #[test]
    fn the_latest_value_is_taken_once() {
        let latest = Latest::default();
        let mut context = Context::from_waker(Waker::noop());
        let mut waiting = pin!(latest.take());
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        latest.put(1);
        latest.put(2);
        assert_eq!(waiting.as_mut().poll(&mut context), Poll::Ready(2));
        latest.put(3);
        latest.clear();
        assert!(pin!(latest.take()).poll(&mut context).is_pending());
    }
}
