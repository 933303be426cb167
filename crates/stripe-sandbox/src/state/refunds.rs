//! Refunds that change their status after a moment, to `succeeded` or `failed`, with the events for it. Run by
//! [`super::clock`]. Only refunds of the test cards that Stripe publishes for this are scheduled here.

use super::{Accounts, NewEvent};
use crate::object::event::{EventRequest, changes};
use crate::object::refund::RefundStatus;
use std::time::{Duration, Instant};

/// How long a refund waits for its next status. Stripe says "some time later".
const REFUND_SETTLE_DELAY: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub struct ScheduledRefund {
    scheduled_at: Instant,
    account: String,
    refund: String,
}

impl Accounts {
    /// Schedules the next status of the refund `id` of the account `name`.
    pub fn schedule_refund(&mut self, name: &str, id: &str) {
        self.scheduled_refunds.push(ScheduledRefund {
            scheduled_at: Instant::now(),
            account: name.to_owned(),
            refund: id.to_owned(),
        });
    }

    /// Settles every refund whose delay is over.
    pub fn settle_due_refunds(&mut self) {
        let (due, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.scheduled_refunds)
            .into_iter()
            .partition(|refund| refund.scheduled_at.elapsed() >= REFUND_SETTLE_DELAY);
        self.scheduled_refunds = later;
        for ScheduledRefund {
            account, refund, ..
        } in due
        {
            self.settle_refund(&account, &refund);
        }
    }

    fn settle_refund(&mut self, name: &str, id: &str) {
        let account = self.account(name);
        let Some(refund) = account.refunds.get_mut(id) else {
            return;
        };
        let Some(next) = refund.next.take() else {
            return;
        };
        let before = refund.to_json();
        refund.status = next;
        let after = refund.to_json();
        if next == RefundStatus::Failed {
            let (charge, amount) = (refund.charge.clone(), refund.amount);
            if let Some(charge) = account.charges.get_mut(&charge) {
                charge.amount_refunded = charge.amount_refunded.saturating_sub(amount);
            }
        }
        let refund_event = match next {
            RefundStatus::Failed => "refund.failed",
            _ => "refund.updated",
        };
        for kind in [refund_event, "charge.refund.updated"] {
            let previous = kind.ends_with("updated").then(|| changes(&before, &after));
            let event = NewEvent {
                kind,
                object: after.clone(),
                previous,
            };
            self.record(name, event, EventRequest::default());
        }
    }
}
