//! Waiting for something to become true, with a limit and a sentence.

use std::future::Future;
use std::time::{Duration, Instant};

use crate::{Step, fail};

/// How long anything may take on a machine of two busy cores.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Asks again every 100 ms until the answer is there, for [`PATIENCE`].
///
/// # Errors
/// What was waited for, and the last error, when it never came.
pub async fn until<T, F: Future<Output = Step<Option<T>>>>(
    what: &str,
    ask: impl FnMut() -> F,
) -> Step<T> {
    until_within(PATIENCE, what, ask).await
}

/// Asks again every 100 ms until the answer is there or the time is up.
///
/// # Errors
/// What was waited for, and the last error, when it never came.
pub async fn until_within<T, F: Future<Output = Step<Option<T>>>>(
    limit: Duration,
    what: &str,
    mut ask: impl FnMut() -> F,
) -> Step<T> {
    let started = Instant::now();
    let mut last = String::new();
    loop {
        match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Ok(None) => {}
            Err(error) => {
                let all = error.to_string(); // a driver's error ends in its own stack
                last = format!(
                    " ({})",
                    all.split("Stacktrace").next().unwrap_or_default().trim()
                );
            }
        }
        if started.elapsed() > limit {
            return fail(format!(
                "waited {} s in vain for {what}{last}",
                limit.as_secs()
            ));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
