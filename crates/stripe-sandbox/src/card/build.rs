//! Builder functions for the tables of test cards: a brand and a number, then what differs from a passing card.

use super::checks::Checks;
use super::follow_up::FollowUp;
use super::radar::{Radar, Risk};
use super::{Rule, TestCard};

/// A passing credit card of the United States.
#[must_use]
pub const fn card(brand: &'static str, number: &'static str) -> TestCard {
    TestCard {
        number,
        names: &[],
        brand,
        networks: &[],
        funding: "credit",
        country: "US",
        rule: Rule::Passes,
        risk: Risk::Normal,
        radar: None,
        checks: Checks::PASS,
        follow_up: FollowUp::Nothing,
        pin: None,
    }
}

#[must_use]
pub const fn visa(number: &'static str) -> TestCard {
    card("visa", number)
}

#[must_use]
pub const fn mastercard(number: &'static str) -> TestCard {
    card("mastercard", number)
}

impl TestCard {
    /// Test ids, without `pm_card_` and `tok_`.
    pub(super) const fn names(self, names: &'static [&'static str]) -> Self {
        Self { names, ..self }
    }

    pub(super) const fn debit(self) -> Self {
        Self {
            funding: "debit",
            ..self
        }
    }

    pub(super) const fn prepaid(self) -> Self {
        Self {
            funding: "prepaid",
            ..self
        }
    }

    pub(super) const fn country(self, country: &'static str) -> Self {
        Self { country, ..self }
    }

    pub(super) const fn networks(self, networks: &'static [&'static str]) -> Self {
        Self { networks, ..self }
    }

    pub(super) const fn rule(self, rule: Rule) -> Self {
        Self { rule, ..self }
    }

    pub(super) const fn risk(self, risk: Risk) -> Self {
        Self { risk, ..self }
    }

    /// A Radar rule that applies when it is enabled.
    pub(super) const fn radar(self, radar: Radar) -> Self {
        Self {
            radar: Some(radar),
            ..self
        }
    }

    pub(super) const fn checks(self, checks: Checks) -> Self {
        Self { checks, ..self }
    }

    pub(super) const fn follow_up(self, follow_up: FollowUp) -> Self {
        Self { follow_up, ..self }
    }

    pub(super) const fn pin(self, method: &'static str) -> Self {
        Self {
            pin: Some(method),
            ..self
        }
    }
}
