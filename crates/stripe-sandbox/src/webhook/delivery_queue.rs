//! Queues deliveries, one queue for each endpoint, and retries those that failed. One task of the running sandbox.
//!
//! A queue keeps the order in which events were recorded, unless the account's policy shuffles it. A retry is sent
//! when its delay is over, so that it can arrive after later events; Stripe does not guarantee an order either.

use super::sender::send;
use super::{Delivery, DeliveryPolicy};
use crate::state::SandboxState;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long a shuffled queue collects deliveries before it sends them.
const SHUFFLE_INTERVAL: Duration = Duration::from_millis(200);

/// Delivers until `stop` changes or its sender is dropped.
pub async fn run(state: Arc<SandboxState>, mut stop: watch::Receiver<bool>) {
    let Some(mut receiver) = state.take_delivery_receiver() else {
        return;
    };
    let mut queues: HashMap<String, UnboundedSender<Delivery>> = HashMap::new();
    let mut tasks = JoinSet::new();
    loop {
        let delivery = tokio::select! {
            delivery = receiver.recv() => delivery,
            _ = stop.changed() => None,
        };
        let Some(delivery) = delivery else { break };
        let queue = queues.entry(delivery.endpoint.clone()).or_insert_with(|| {
            let (queue, deliveries) = unbounded_channel();
            tasks.spawn(process_queue(Arc::clone(&state), deliveries));
            queue
        });
        if queue.send(delivery).is_err() {
            tracing::error!("webhook delivery lost: the endpoint's queue has ended");
        }
    }
}

async fn process_queue(state: Arc<SandboxState>, mut deliveries: UnboundedReceiver<Delivery>) {
    while let Some(first) = deliveries.recv().await {
        let policy = state.accounts().delivery_policy(&first.endpoint_account);
        let mut batch = vec![first];
        if policy.shuffle {
            tokio::time::sleep(SHUFFLE_INTERVAL).await;
            while let Ok(more) = deliveries.try_recv() {
                batch.push(more);
            }
            batch.reverse();
        }
        for delivery in batch {
            deliver(&state, &policy, delivery).await;
        }
    }
}

async fn deliver(state: &Arc<SandboxState>, policy: &DeliveryPolicy, delivery: Delivery) {
    let is_first = delivery.failures == 0;
    if is_first {
        let due = delivery.queued_at + Duration::from_millis(policy.delay);
        tokio::time::sleep_until(due.into()).await;
    }
    let done = send(state, policy, &delivery).await;
    if is_first {
        for _ in 0..policy.duplicates {
            send(state, policy, &delivery).await;
        }
    }
    if done || delivery.failures >= policy.retries {
        return;
    }
    let (retry, delay) = (
        delivery.retried(),
        policy.retry_delay(delivery.failures + 1),
    );
    let sender = state.accounts().delivery_sender();
    tokio::spawn(async move {
        tokio::time::sleep(delay).await;
        // This fails only when the sandbox has stopped.
        let _ = sender.send(retry);
    });
}
