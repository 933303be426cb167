//! What is tried again until the wallet agrees: holds to lift, visits whose booking was cut off, old rows to forget.
//!
//! Runs beside the server from start to shutdown. Each round is whole in itself, so it can stop between any two steps.

use std::time::Duration;

use jiff::Timestamp;

use crate::booking::{Desk, UNCLEAR};
use crate::store::StoreError;

/// The pause between two rounds: a visitor who has cancelled wants their card free within seconds.
const PAUSE: Duration = Duration::from_secs(5);

/// Sweeps until it is dropped.
pub async fn run(desk: Desk) {
    loop {
        if let Err(error) = round(&desk, Timestamp::now().as_second()).await {
            tracing::warn!(%error, "a sweep was cut short");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// One round, at a moment in Unix seconds.
///
/// # Errors
/// When the database refuses; the next round goes on.
pub async fn round(desk: &Desk, now: i64) -> Result<(), StoreError> {
    desk.store
        .withdraw_stranded(now.saturating_sub(UNCLEAR))
        .await?;
    for id in desk.store.to_lift(now).await? {
        match desk.wallet.lift(&id).await {
            Ok(()) => desk.store.lifted(&id).await?,
            // The wallet is away: the rest would wait for it in vain too.
            Err(_) => break,
        }
    }
    desk.store.prune(now).await
}
