//! What a test card does, in words for the page for people. Told from what the card would do, so that page and
//! behaviour cannot disagree.

use super::{Circumstances, Step, TestCard};
use crate::decline::Decline;

/// A card's story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing stands in its way.
    Passes,
    /// Somewhere the bank wants to see the person.
    Challenged,
    /// Somewhere it is refused, without a challenge.
    Refused,
}

impl Kind {
    /// As the page's chips name it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passes => "passes",
            Self::Challenged => "3ds",
            Self::Refused => "refused",
        }
    }
}

const ON_SESSION: Circumstances = Circumstances {
    requested: false,
    off_session: false,
    set_up: false,
};
const ON_REQUEST: Circumstances = Circumstances {
    requested: true,
    ..ON_SESSION
};
const LATER: Circumstances = Circumstances {
    off_session: true,
    set_up: true,
    ..ON_SESSION
};

impl TestCard {
    /// Under which chip it is found.
    #[must_use]
    pub fn kind(&self) -> Kind {
        let steps = [
            self.at_setup(false),
            self.at_setup(true),
            self.at_charge(ON_SESSION),
        ];
        if steps.contains(&Step::Challenge) {
            Kind::Challenged
        } else if steps.iter().any(|step| matches!(step, Step::Refuse(_))) {
            Kind::Refused
        } else {
            Kind::Passes
        }
    }

    /// What a set-up meets.
    #[must_use]
    pub fn setup_words(&self) -> String {
        let usual = words(self.at_setup(false), self.after_setup_challenge(), "saved");
        let asked = words(self.at_setup(true), self.after_setup_challenge(), "saved");
        with("when 3D Secure is asked for", usual, asked)
    }

    /// What a charge meets, with the person there and later without.
    #[must_use]
    pub fn charge_words(&self) -> String {
        let after = self.after_charge_challenge();
        let usual = words(self.at_charge(ON_SESSION), after, "paid");
        let asked = words(self.at_charge(ON_REQUEST), after, "paid");
        let later = words(self.at_charge(LATER), after, "paid");
        let usual = with("when 3D Secure is asked for", usual.clone(), asked);
        if matches!(self.at_setup(false), Step::Refuse(_)) {
            return usual; // it cannot be saved, so there is no later
        }
        with("off-session, once saved", usual, later)
    }
}

fn words(step: Step, after: Step, passes: &str) -> String {
    match (step, after) {
        (Step::Pass, _) => passes.to_owned(),
        (Step::Challenge, Step::Refuse(decline)) => {
            format!("3D Secure, then refused ({})", name(decline))
        }
        (Step::Challenge, _) => "3D Secure".to_owned(),
        (Step::Refuse(decline), _) => format!("refused ({})", name(decline)),
    }
}

fn name(decline: Decline) -> &'static str {
    decline.decline_code().unwrap_or(decline.code())
}

/// The usual outcome, and the other one where it differs.
fn with(when: &str, usual: String, other: String) -> String {
    let first = usual.split(';').next().unwrap_or_default();
    if first == other {
        usual
    } else {
        format!("{usual}; {other} {when}")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn cards_say_what_they_do() {
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
                "4000003800000446",
                "3ds",
                "saved",
                "3D Secure; paid off-session, once saved",
            ),
        ] {
            let card = TestCard::find(number).unwrap();
            let said = (
                card.kind().as_str(),
                card.setup_words(),
                card.charge_words(),
            );
            assert_eq!(
                said,
                (kind, setup.to_owned(), charge.to_owned()),
                "{number}"
            );
        }
    }
}
