//! How a line of the table of test cards is written: a brand and a number, then what is out of the ordinary.

use super::checks::Checks;
use super::follow_up::FollowUp;
use super::radar::{Radar, Risk};
use super::{Rule, TestCard};

/// A credit card of the United States that passes.
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
    /// Its ready-made ids, after `pm_card_` and `tok_`.
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

    /// On more networks than its brand's.
    pub(super) const fn networks(self, networks: &'static [&'static str]) -> Self {
        Self { networks, ..self }
    }

    pub(super) const fn rule(self, rule: Rule) -> Self {
        Self { rule, ..self }
    }

    /// A risk other than normal.
    pub(super) const fn risk(self, risk: Risk) -> Self {
        Self { risk, ..self }
    }

    /// Caught by a rule of Radar, where it is on.
    pub(super) const fn radar(self, radar: Radar) -> Self {
        Self {
            radar: Some(radar),
            ..self
        }
    }

    pub(super) const fn checks(self, checks: Checks) -> Self {
        Self { checks, ..self }
    }

    /// With a sequel to a charge.
    pub(super) const fn follow_up(self, follow_up: FollowUp) -> Self {
        Self { follow_up, ..self }
    }

    /// With a PIN at a reader.
    pub(super) const fn pin(self, method: &'static str) -> Self {
        Self {
            pin: Some(method),
            ..self
        }
    }
}
