//! The background job: removes deletion blocks that are due, withdraws interrupted bookings, deletes old rows.
//!
//! Runs beside the server from start to shutdown. It can stop between any two steps; the next run continues. It must never
//! delete an appointment whose block the wallet server has not confirmed as removed.

use std::time::Duration;

use jiff::Timestamp;

use crate::booking::{BookingService, UNBLOCK_DELAY_SECONDS};
use crate::store::StoreError;

/// Short, because a visitor who cancelled expects the card to be unblocked within seconds.
const SWEEP_INTERVAL: Duration = Duration::from_secs(5);

/// Runs until the future is dropped.
pub async fn run(bookings: BookingService) {
    loop {
        if let Err(error) = sweep_once(&bookings, Timestamp::now().as_second()).await {
            tracing::warn!(%error, "sweep failed, the next one continues");
        }
        tokio::time::sleep(SWEEP_INTERVAL).await;
    }
}

/// Sweeps once. `now` is in Unix seconds.
///
/// # Errors
/// When the database fails.
pub async fn sweep_once(bookings: &BookingService, now: i64) -> Result<(), StoreError> {
    bookings
        .store
        .withdraw_stale(now.saturating_sub(UNBLOCK_DELAY_SECONDS))
        .await?;
    for id in bookings.store.due_unblocks(now).await? {
        match bookings.wallet.remove_deletion_block(&id).await {
            Ok(()) => bookings.store.mark_unblocked(&id).await?,
            // The wallet server is not available; the other calls would fail too.
            Err(_) => break,
        }
    }
    bookings.store.prune(now).await
}
