//! Describes what a test card does, for the dashboard. The text must be derived from the rules themselves, so that it
//! cannot differ from the behaviour.

use super::follow_up::FollowUp;
use super::radar::{CheckInputs, DEFAULT_RULES};
use super::{CardResult, ChargeConditions, Rule, TestCard, ThreeDSecureRequest};
use crate::decline::Decline;
use ThreeDSecureRequest::{Automatic, Requested};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardCategory {
    Passes,
    /// A setup or a charge can need a challenge.
    Challenged,
    /// A setup or a charge is declined without a challenge.
    Declined,
}

impl CardCategory {
    /// The value of the dashboard's filter.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passes => "passes",
            Self::Challenged => "3ds",
            Self::Declined => "refused",
        }
    }
}

const ON_SESSION: ChargeConditions = ChargeConditions {
    three_d_secure: Automatic,
    off_session: false,
    set_up: false,
    blocked: None,
};
const ON_REQUEST: ChargeConditions = ChargeConditions {
    three_d_secure: Requested,
    ..ON_SESSION
};
const OFF_SESSION: ChargeConditions = ChargeConditions {
    off_session: true,
    set_up: true,
    ..ON_SESSION
};

impl TestCard {
    #[must_use]
    pub fn category(&self) -> CardCategory {
        let results = [
            self.at_setup(Automatic),
            self.at_setup(Requested),
            self.at_charge(self.with_radar(ON_SESSION)),
        ];
        if results.contains(&CardResult::Challenge) {
            CardCategory::Challenged
        } else if results
            .iter()
            .any(|result| matches!(result, CardResult::Decline(_)))
        {
            CardCategory::Declined
        } else {
            CardCategory::Passes
        }
    }

    #[must_use]
    pub fn setup_description(&self) -> String {
        let default = describe(
            self.at_setup(Automatic),
            self.after_setup_challenge(),
            "saved",
        );
        let on_request = describe(
            self.at_setup(Requested),
            self.after_setup_challenge(),
            "saved",
        );
        with_variant("when 3D Secure is asked for", default, on_request)
    }

    /// What a charge does, on-session and later off-session.
    #[must_use]
    pub fn charge_description(&self) -> String {
        let after = self.after_charge_challenge();
        let charged =
            |with: ChargeConditions| describe(self.at_charge(self.with_radar(with)), after, "paid");
        let (default, on_request, off_session) = (
            charged(ON_SESSION),
            charged(ON_REQUEST),
            charged(OFF_SESSION),
        );
        let default = with_variant("when 3D Secure is asked for", default.clone(), on_request);
        if matches!(self.at_setup(Automatic), CardResult::Decline(_)) {
            return default; // It cannot be saved, so there is no off-session charge.
        }
        let mut description = with_variant("off-session, once saved", default, off_session);
        for more in self.details() {
            description.push_str("; ");
            description.push_str(&more);
        }
        description
    }

    /// The conditions with the default Radar rules, when every checked value is entered.
    fn with_radar(&self, with: ChargeConditions) -> ChargeConditions {
        let entered = CheckInputs {
            cvc: true,
            postal_code: true,
        };
        ChargeConditions {
            blocked: self.blocked(DEFAULT_RULES, entered),
            ..with
        }
    }

    fn details(&self) -> Vec<String> {
        let mut details = Vec::new();
        if self.rule == Rule::Frictionless {
            details.push("authenticated without a word".to_owned());
        }
        match self.risk {
            super::Risk::Normal => {}
            risk => details.push(format!("risk {}", risk.as_str())),
        }
        for (what, check) in [
            ("security code", self.checks.cvc),
            ("line 1", self.checks.line1),
            ("postal code", self.checks.postal_code),
        ] {
            match check {
                super::checks::Check::Pass => {}
                check => details.push(format!("check of {what}: {}", check.as_str())),
            }
        }
        details.extend(match self.follow_up {
            FollowUp::Nothing => None,
            FollowUp::Disputed(reason) => Some(format!("then disputed ({})", reason.as_str())),
            FollowUp::DisputedTwice(reason) => {
                Some(format!("then disputed twice ({})", reason.as_str()))
            }
            FollowUp::Inquiry => Some("then an inquiry".to_owned()),
            FollowUp::EarlyFraudWarning => Some("then a warning of fraud".to_owned()),
            FollowUp::PendingRefund => Some("a refund is pending first".to_owned()),
            FollowUp::FailedRefund => Some("a refund fails a moment later".to_owned()),
        });
        details
    }
}

fn describe(step: CardResult, after: CardResult, passes: &str) -> String {
    match (step, after) {
        (CardResult::Pass, _) => passes.to_owned(),
        (CardResult::Challenge, CardResult::Decline(decline)) => {
            format!("3D Secure, then refused ({})", name(decline))
        }
        (CardResult::Challenge, _) => "3D Secure".to_owned(),
        (CardResult::Decline(decline), _) => format!("refused ({})", name(decline)),
    }
}

fn name(decline: Decline) -> &'static str {
    decline.decline_code().unwrap_or(decline.code())
}

/// The usual result, and the other one where it differs.
fn with_variant(when: &str, default: String, other: String) -> String {
    let first = default.split(';').next().unwrap_or_default();
    if first == other {
        default
    } else {
        format!("{default}; {other} {when}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn cards_are_described() {
        for (number, kind, setup, charge) in [
            ("4242424242424242", "passes", "saved", "paid"),
            (
                "4000000000009995",
                "refused",
                "refused (insufficient_funds)",
                "refused (insufficient_funds)",
            ),
            (
                "4000000000000341",
                "refused",
                "saved",
                "refused (generic_decline)",
            ),
            (
                "4000002500003155",
                "3ds",
                "3D Secure",
                "3D Secure; paid off-session, once saved",
            ),
            (
                "4000002760003184",
                "3ds",
                "3D Secure",
                "3D Secure; refused (authentication_required) off-session, once saved",
            ),
            (
                "4000000000003055",
                "3ds",
                "saved; 3D Secure when 3D Secure is asked for",
                "paid; 3D Secure when 3D Secure is asked for",
            ),
            (
                "4100000000000019",
                "refused",
                "saved",
                "refused (fraudulent); risk highest",
            ),
            (
                "4000000000000259",
                "passes",
                "saved",
                "paid; then disputed (fraudulent)",
            ),
            (
                "4000000000000036",
                "passes",
                "saved",
                "paid; check of postal code: fail",
            ),
            (
                "4000003800000446",
                "3ds",
                "saved",
                "3D Secure; paid off-session, once saved",
            ),
        ] {
            let card = TestCard::find(number).unwrap();
            let described = (
                card.category().as_str(),
                card.setup_description(),
                card.charge_description(),
            );
            assert_eq!(
                described,
                (kind, setup.to_owned(), charge.to_owned()),
                "{number}"
            );
        }
    }
}
