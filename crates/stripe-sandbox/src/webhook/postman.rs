//! Queues parcels, one queue for each endpoint, and repeats those that were not taken. One task of
//! the running sandbox.
//!
//! A queue keeps the order in which events happened, unless its account's habits shuffle it; a repeat
//! comes when its time has come, as at Stripe, which promises no order.

use super::courier::deliver;
use super::{Habits, Parcel};
use crate::world::World;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long a shuffled queue gathers before it sends.
const GATHERED: Duration = Duration::from_millis(200);

/// Delivers until `stop` says so or its sender is gone.
pub async fn run(world: Arc<World>, mut stop: watch::Receiver<bool>) {
    let Some(mut inbox) = world.take_inbox() else {
        return;
    };
    let mut queues: HashMap<String, UnboundedSender<Parcel>> = HashMap::new();
    let mut tasks = JoinSet::new();
    loop {
        let parcel = tokio::select! {
            parcel = inbox.recv() => parcel,
            _ = stop.changed() => None,
        };
        let Some(parcel) = parcel else { break };
        let queue = queues.entry(parcel.endpoint.clone()).or_insert_with(|| {
            let (queue, parcels) = unbounded_channel();
            tasks.spawn(serve(Arc::clone(&world), parcels));
            queue
        });
        if queue.send(parcel).is_err() {
            tracing::error!("a webhook queue has ended");
        }
    }
}

async fn serve(world: Arc<World>, mut parcels: UnboundedReceiver<Parcel>) {
    while let Some(first) = parcels.recv().await {
        let habits = world.books().habits(&first.owner);
        let mut batch = vec![first];
        if habits.shuffle {
            tokio::time::sleep(GATHERED).await;
            while let Ok(more) = parcels.try_recv() {
                batch.push(more);
            }
            batch.reverse();
        }
        for parcel in batch {
            send(&world, &habits, parcel).await;
        }
    }
}

async fn send(world: &Arc<World>, habits: &Habits, parcel: Parcel) {
    let fresh = parcel.failures == 0;
    if fresh {
        let due = parcel.posted + Duration::from_millis(habits.delay);
        tokio::time::sleep_until(due.into()).await;
    }
    let taken = deliver(world, habits, &parcel).await;
    if fresh {
        for _ in 0..habits.duplicates {
            deliver(world, habits, &parcel).await;
        }
    }
    if taken || parcel.failures >= habits.retries {
        return;
    }
    let (again, pause) = (parcel.again(), habits.pause(parcel.failures + 1));
    let outbox = world.books().outbox();
    tokio::spawn(async move {
        tokio::time::sleep(pause).await;
        // Nobody takes it once the sandbox has stopped.
        let _ = outbox.send(again);
    });
}
