//! What differs between the wallets of an account and the gateway, and the lines of the report about it.
//!
//! Filled by [`super::reconcile`]. It must never name a person: ids of cards and customers are enough to find them.

use wallet_store::owners::OwnerId;

use super::Reconcile;
use super::report::DoctorReport;

/// How many ids one line names.
const MAX_IDS: usize = 10;

/// The differences of one account.
#[derive(Debug)]
pub(super) struct Differences {
    /// Cards that are in a wallet and at the gateway.
    pub equal: usize,
    /// Cards that the outbox will detach.
    pub waiting: usize,
    /// Cards at the gateway that no wallet has.
    pub in_no_wallet: Vec<String>,
    /// Cards in a wallet that the gateway no longer has.
    pub lost: Vec<String>,
    /// Customers that this database created and no longer knows.
    pub unknown_customers: Vec<String>,
    /// The highest number of a person that the gateway has seen.
    pub highest_number: OwnerId,
    /// The highest number of a person that is stored.
    pub highest_stored: OwnerId,
}

impl Default for Differences {
    fn default() -> Self {
        Self {
            equal: 0,
            waiting: 0,
            in_no_wallet: Vec::new(),
            lost: Vec::new(),
            unknown_customers: Vec::new(),
            highest_number: OwnerId(0),
            highest_stored: OwnerId(0),
        }
    }
}

impl Differences {
    /// Adds the lines about an account.
    pub fn report(&self, name: &str, mode: Reconcile, report: &mut DoctorReport) {
        let is_repaired = mode == Reconcile::Repair;
        let mut is_equal = true;
        let mut add = |ids: &[String], what: &str, advice: &str, repaired: Option<&str>| {
            if ids.is_empty() {
                return;
            }
            is_equal = false;
            let detail = format!("{what}: {}", listed(ids));
            match repaired.filter(|_| is_repaired) {
                Some(done) => report.warning(name, detail, done),
                None => report.problem(name, detail, advice),
            }
        };
        add(
            &self.in_no_wallet,
            "cards at the gateway that no wallet shows",
            "their owners have to enter them again; doctor --reconcile --repair detaches them",
            Some("the server detaches them within a minute while it runs"),
        );
        add(
            &self.lost,
            "cards in a wallet that the gateway no longer has",
            "they cannot be charged; ask their owners to enter a card again",
            None,
        );
        add(
            &self.unknown_customers,
            "customers at the gateway whose person is not stored",
            "delete them in the gateway's dashboard when nobody needs their payments",
            None,
        );
        if self.highest_number > self.highest_stored {
            is_equal = false;
            let detail = format!(
                "people up to number {} are known to the gateway, and the highest stored one is {}",
                self.highest_number.0, self.highest_stored.0
            );
            if is_repaired {
                report.warning(name, detail, "the numbers between them are not used again");
            } else {
                let advice = "run doctor --reconcile --repair before anybody signs up";
                report.problem(name, detail, advice);
            }
        }
        if is_equal {
            let waiting = match self.waiting {
                0 => String::new(),
                waiting => format!("; {waiting} more are waiting to be detached"),
            };
            let detail = format!("{} cards are the same here and at the gateway", self.equal);
            report.ok(name, format!("{detail}{waiting}"));
        }
    }
}

/// The first ids, and how many there are more.
fn listed(ids: &[String]) -> String {
    let shown = ids.iter().take(MAX_IDS).map(String::as_str);
    let shown = shown.collect::<Vec<_>>().join(", ");
    match ids.len().saturating_sub(MAX_IDS) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_ids_are_counted() {
        let ids: Vec<_> = (0..12).map(|number| format!("pm_{number}")).collect();
        assert!(listed(&ids).ends_with("pm_9 and 2 more"));
        assert_eq!(listed(&["pm_0".to_owned()]), "pm_0");
    }
}
