//! Time, delays and timeouts.
//!
//! Used by everything that waits. A dropped wait leaves no timer behind.

use core::future::poll_fn;
use core::pin::pin;
use core::task::Poll;
use std::rc::Rc;

use gloo_timers::callback::Timeout;

use crate::latest::Latest;

/// Milliseconds since the page began to load, <https://developer.mozilla.org/docs/Web/API/Performance/now>.
#[must_use]
pub fn now_ms() -> u32 {
    let now = web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now());
    now as u32
}

/// The time of the person's clock in UTC, as RFC 3339 writes it.
#[must_use]
pub fn now_rfc3339() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

pub async fn sleep(ms: u32) {
    let done = Rc::new(Latest::default());
    let timer_done = done.clone();
    let _timer = Timeout::new(ms, move || timer_done.put(()));
    done.take().await;
}

/// Waits for a future for at most this time; `None` after it.
pub async fn timeout<F: Future>(ms: u32, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut timer = pin!(sleep(ms));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await
}
