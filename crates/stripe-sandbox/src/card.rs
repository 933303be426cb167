//! The published test cards and what each does. Asked by the API at every setup, attach and charge;
//! the table itself is in `card/list/`, section by section.
//!
//! A number that is not here is refused, whatever it is: no real card may ever pass.

mod build;
pub mod checks;
pub mod later;
mod list;
pub mod radar;
mod words;

pub use checks::Checks;
pub use later::Later;
pub use list::{NAMES_ONLY, cards};
pub use radar::{Radar, Risk};
pub use words::Kind;

use crate::decline::Decline;

/// One test card, as <https://docs.stripe.com/testing> lists it.
#[derive(Clone, Copy, Debug)]
pub struct TestCard {
    pub number: &'static str,
    /// Its ready-made ids, after `pm_card_` and `tok_`.
    pub names: &'static [&'static str],
    /// Brand as the API spells it.
    pub brand: &'static str,
    /// The networks it runs on, when there is more than its brand's.
    pub networks: &'static [&'static str],
    pub funding: &'static str,
    /// Issuer's country, ISO 3166-1 alpha-2.
    pub country: &'static str,
    pub rule: Rule,
    /// How risky a charge of it is.
    pub risk: Risk,
    /// The rule of Radar that catches it.
    pub radar: Option<Radar>,
    /// What the bank says of code and address.
    pub checks: Checks,
    /// What follows a charge of it.
    pub later: Later,
    /// `cardholder_verification_method` at a reader, when it asks for a PIN.
    pub pin: Option<&'static str>,
}

/// What a test card does when it is set up or charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Passes,
    /// Refused at setup, attach and charge.
    Refused(Decline),
    /// Set up and attached like any other; a charge is refused.
    ChargeRefused(Decline),
    /// Must be authenticated until it is set up; then off-session charges pass.
    ChallengedUntilSetUp,
    /// Must be authenticated every time, also off-session.
    ChallengedAlways,
    /// As if set up earlier: only on-session charges are challenged.
    AlreadySetUp,
    /// Authenticated every time; a charge is refused even then.
    ChallengedThenChargeRefused(Decline),
    /// Authenticated, then refused, at setup too.
    ChallengedThenRefused(Decline),
    /// Authentication is needed and its look-up fails.
    LookupFails,
    /// Authenticated every time, without a word to the person.
    Frictionless,
    /// Authenticated only when the merchant asks for it.
    ChallengedOnRequest,
    /// Passes, unless the merchant asks for authentication, which then errs.
    BreaksOnRequest,
}

/// The next thing that happens to a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Pass,
    /// The person is sent to the bank's page.
    Challenge,
    Refuse(Decline),
}

/// The circumstances a charge depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Circumstances {
    /// The merchant asked for 3D Secure (`request_three_d_secure` is `any` or `challenge`).
    pub requested: bool,
    /// Nobody is there to authenticate.
    pub off_session: bool,
    /// The card was authenticated at an earlier setup.
    pub set_up: bool,
    pub blocked: Option<Decline>,
}

impl TestCard {
    /// Finds a card by its digits.
    ///
    /// # Errors
    /// `IncorrectNumber` when the check digit is wrong, `NotATestCard` for any other unlisted number.
    pub fn find(number: &str) -> Result<&'static Self, Decline> {
        if let Some(card) = cards().find(|card| card.number == number) {
            return Ok(card);
        }
        Err(if passes_luhn(number) {
            Decline::NotATestCard
        } else {
            Decline::IncorrectNumber
        })
    }

    /// Finds a card by its name, as in `pm_card_<name>` and `tok_<name>`.
    #[must_use]
    pub fn named_by(name: &str) -> Option<&'static Self> {
        let mut all = cards().chain(NAMES_ONLY);
        all.find(|card| card.names.contains(&name))
    }

    /// The networks it runs on.
    #[must_use]
    pub fn all_networks(&self) -> Vec<&'static str> {
        match self.networks {
            [] => vec![self.brand],
            several => several.to_vec(),
        }
    }

    #[must_use]
    pub fn last4(&self) -> &'static str {
        self.number
            .get(self.number.len().saturating_sub(4)..)
            .unwrap_or_default()
    }

    /// Whether a server may attach it to a customer without an intent.
    #[must_use]
    pub fn at_attach(&self) -> Step {
        match self.rule {
            Rule::Refused(decline) => Step::Refuse(decline),
            _ => Step::Pass,
        }
    }

    /// What a SetupIntent's confirmation meets.
    #[must_use]
    pub fn at_setup(&self, requested: bool) -> Step {
        match self.rule {
            Rule::Refused(decline) => Step::Refuse(decline),
            Rule::LookupFails => Step::Refuse(Decline::Generic),
            Rule::ChallengedUntilSetUp
            | Rule::ChallengedAlways
            | Rule::ChallengedThenChargeRefused(_)
            | Rule::ChallengedThenRefused(_) => Step::Challenge,
            Rule::ChallengedOnRequest if requested => Step::Challenge,
            Rule::BreaksOnRequest if requested => Step::Refuse(Decline::ProcessingError),
            _ => Step::Pass,
        }
    }

    /// What follows a completed authentication at setup.
    #[must_use]
    pub fn after_setup_challenge(&self) -> Step {
        match self.rule {
            Rule::ChallengedThenRefused(decline) => Step::Refuse(decline),
            _ => Step::Pass,
        }
    }

    /// What a PaymentIntent's confirmation meets.
    #[must_use]
    pub fn at_charge(&self, with: Circumstances) -> Step {
        if let Some(decline) = with.blocked {
            return Step::Refuse(decline);
        }
        let step = match self.rule {
            Rule::ChargeRefused(decline) => Step::Refuse(decline),
            Rule::ChallengedUntilSetUp if with.off_session && with.set_up => Step::Pass,
            Rule::ChallengedThenChargeRefused(decline) if with.off_session && with.set_up => {
                Step::Refuse(decline)
            }
            Rule::AlreadySetUp if with.off_session => Step::Pass,
            Rule::AlreadySetUp => Step::Challenge,
            _ => self.at_setup(with.requested),
        };
        match step {
            Step::Challenge if with.off_session => Step::Refuse(Decline::AuthenticationRequired),
            other => other,
        }
    }

    /// What follows a completed authentication at a charge.
    #[must_use]
    pub fn after_charge_challenge(&self) -> Step {
        match self.rule {
            Rule::ChallengedThenRefused(decline) | Rule::ChallengedThenChargeRefused(decline) => {
                Step::Refuse(decline)
            }
            _ => Step::Pass,
        }
    }
}

/// The check digit of ISO/IEC 7812-1.
#[must_use]
pub fn passes_luhn(number: &str) -> bool {
    let mut sum = 0;
    for (place, c) in number.chars().rev().enumerate() {
        let Some(digit) = c.to_digit(10) else {
            return false;
        };
        let doubled = if place % 2 == 1 { digit * 2 } else { digit };
        sum += if doubled > 9 { doubled - 9 } else { doubled };
    }
    (12..=19).contains(&number.len()) && sum % 10 == 0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_number_has_its_check_digit_and_is_there_once_and_every_name_too() {
        let mut seen = HashSet::new();
        for card in cards() {
            assert!(passes_luhn(card.number), "{}", card.number);
            assert!(seen.insert(card.number), "{} twice", card.number);
            assert_eq!(TestCard::find(card.number).unwrap().number, card.number);
        }
        for name in cards().chain(NAMES_ONLY).flat_map(|card| card.names) {
            assert!(seen.insert(*name), "{name} twice");
            assert!(TestCard::named_by(name).unwrap().names.contains(name));
        }
    }
}
