//! Runs what happens without a request, because time has passed. One task of the running sandbox.

use super::SandboxState;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often it checks whether something is due.
const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// Polls until `stop` changes or its sender is dropped.
pub async fn run(state: Arc<SandboxState>, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(POLL_INTERVAL) => state.accounts().settle_due_refunds(),
            _ = stop.changed() => return,
        }
    }
}
