//! How many jobs run at a time: in each lane, and in all.
//!
//! Asked by the outbox before it leases jobs. The bound in all is twice what the lanes of one account can take, so one
//! account whose gateway hangs must never keep another account from starting.

use std::collections::HashMap;

use wallet_store::outbox::OutboxAction;
use wallet_store::outbox::lease::Lane;

/// The maximum number of jobs of one account and one action that run at a time in this process.
const MAX_JOBS_PER_LANE: u32 = 2;

/// The maximum number of jobs that run at a time in this process.
pub(crate) const MAX_JOBS: u32 = 2 * OutboxAction::VARIANTS.len() as u32 * MAX_JOBS_PER_LANE;

/// The jobs that run now.
#[derive(Debug, Default)]
pub(super) struct LaneSlots {
    running: HashMap<Lane, u32>,
    total: u32,
}

impl LaneSlots {
    pub fn are_all_taken(&self) -> bool {
        self.total >= MAX_JOBS
    }

    /// How many more jobs of a lane may start.
    pub fn free_in(&self, lane: Lane) -> u32 {
        let in_lane = self.running.get(&lane).copied().unwrap_or_default();
        let free = MAX_JOBS_PER_LANE.saturating_sub(in_lane);
        free.min(MAX_JOBS.saturating_sub(self.total))
    }

    pub fn take(&mut self, lane: Lane) {
        *self.running.entry(lane).or_default() += 1;
        self.total += 1;
    }

    pub fn put_back(&mut self, lane: Lane) {
        if let Some(running) = self.running.get_mut(&lane) {
            *running -= 1;
            self.total -= 1;
            if *running == 0 {
                self.running.remove(&lane);
            }
        }
    }

    /// The lanes in the order in which they get free slots: those of the account with the fewest running jobs first. The
    /// order of two accounts with as many stays.
    pub fn fair_order(&self, mut lanes: Vec<Lane>) -> Vec<Lane> {
        let mut of_account: HashMap<i64, u32> = HashMap::new();
        for (lane, running) in &self.running {
            *of_account.entry(lane.account_id).or_default() += running;
        }
        lanes.sort_by_key(|lane| {
            of_account
                .get(&lane.account_id)
                .copied()
                .unwrap_or_default()
        });
        lanes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(account_id: i64, action: OutboxAction) -> Lane {
        Lane { account_id, action }
    }

    /// Fills every lane of an account as far as the bounds allow.
    fn hang(slots: &mut LaneSlots, account_id: i64) {
        for action in OutboxAction::VARIANTS {
            let lane = lane(account_id, *action);
            for _ in 0..slots.free_in(lane) {
                slots.take(lane);
            }
            assert_eq!(slots.free_in(lane), 0);
        }
    }

    #[test]
    fn an_account_that_hangs_in_every_lane_leaves_every_lane_of_another_free() {
        let mut slots = LaneSlots::default();
        hang(&mut slots, 7);
        for action in OutboxAction::VARIANTS {
            assert_eq!(slots.free_in(lane(8, *action)), MAX_JOBS_PER_LANE);
        }
        hang(&mut slots, 8);
        assert!(slots.are_all_taken());
        assert_eq!(slots.free_in(lane(9, OutboxAction::Void)), 0);
        slots.put_back(lane(7, OutboxAction::Void));
        assert_eq!(slots.free_in(lane(9, OutboxAction::Void)), 1);
    }

    #[test]
    fn free_slots_go_to_the_account_with_the_fewest_running_jobs() {
        let mut slots = LaneSlots::default();
        slots.take(lane(7, OutboxAction::Void));
        let (seven, eight) = (lane(7, OutboxAction::Detach), lane(8, OutboxAction::Detach));
        assert_eq!(slots.fair_order(vec![seven, eight]), [eight, seven]);
        slots.put_back(lane(7, OutboxAction::Void));
        assert_eq!(slots.fair_order(vec![seven, eight]), [seven, eight]);
        slots.put_back(seven);
        assert!(!slots.are_all_taken());
    }
}
