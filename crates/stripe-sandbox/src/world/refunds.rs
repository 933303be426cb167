//! Refunds that are not over at once: a moment later each is `succeeded` or `failed`, and the events say so. Woken by
//! [`super::clock`]; only refunds of the cards published for it wait here.

use super::{Books, Happening};
use crate::object::event::{Cause, changes};
use crate::object::refund::RefundStatus;
use std::time::{Duration, Instant};

/// How long Stripe's "some time later" is here.
const SETTLES_AFTER: Duration = Duration::from_secs(1);

#[derive(Clone, Debug)]
pub struct Waiting {
    since: Instant,
    account: String,
    refund: String,
}

impl Books {
    /// Has the refund `id` of the account `name` settle a moment from now.
    pub fn settle_later(&mut self, name: &str, id: &str) {
        self.waiting.push(Waiting {
            since: Instant::now(),
            account: name.to_owned(),
            refund: id.to_owned(),
        });
    }

    /// Settles every refund whose moment has come.
    pub fn settle_refunds(&mut self) {
        let (due, waiting): (Vec<_>, Vec<_>) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|waiting| waiting.since.elapsed() >= SETTLES_AFTER);
        self.waiting = waiting;
        for Waiting {
            account, refund, ..
        } in due
        {
            self.settle(&account, &refund);
        }
    }

    fn settle(&mut self, name: &str, id: &str) {
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
        let own = match next {
            RefundStatus::Failed => "refund.failed",
            _ => "refund.updated",
        };
        for kind in [own, "charge.refund.updated"] {
            let previous = kind.ends_with("updated").then(|| changes(&before, &after));
            let happening = Happening {
                kind,
                object: after.clone(),
                previous,
            };
            self.record(name, happening, Cause::default());
        }
    }
}
