//! Polls until a condition is met, with a timeout and an error message.

use std::future::Future;
use std::time::{Duration, Instant};

use crate::{StepResult, fail};

/// Enough for a slow computer with two busy cores.
pub const TIMEOUT: Duration = Duration::from_secs(40);

const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// Polls `check` until it returns a value, for at most [`TIMEOUT`].
///
/// # Errors
/// `what` and the last error, after the timeout.
pub async fn until<T, F: Future<Output = StepResult<Option<T>>>>(
    what: &str,
    check: impl FnMut() -> F,
) -> StepResult<T> {
    until_within(TIMEOUT, what, check).await
}

/// As [`until`], with another timeout.
///
/// # Errors
/// `what` and the last error, after the timeout.
pub async fn until_within<T, F: Future<Output = StepResult<Option<T>>>>(
    timeout: Duration,
    what: &str,
    mut check: impl FnMut() -> F,
) -> StepResult<T> {
    let started = Instant::now();
    let mut last = String::new();
    loop {
        match check().await {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => {}
            Err(error) => {
                let all = error.to_string(); // a driver's error ends with a stack trace
                last = format!(
                    " ({})",
                    all.split("Stacktrace").next().unwrap_or_default().trim()
                );
            }
        }
        if started.elapsed() > timeout {
            return fail(format!(
                "timed out after {} s waiting for {what}{last}",
                timeout.as_secs()
            ));
        }
        tokio::time::sleep(POLL_INTERVAL).await;
    }
}
