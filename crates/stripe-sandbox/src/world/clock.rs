//! What happens by itself, because time has passed. One task for as long as the sandbox runs.

use super::World;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often it is looked whether anything is due.
const TICK: Duration = Duration::from_millis(200);

/// Looks again and again, until `stop` says so or its sender is gone.
pub async fn run(world: Arc<World>, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(TICK) => world.books().settle_refunds(),
            _ = stop.changed() => return,
        }
    }
}
