//! The published test cards and what each does. Asked by the API at every setup, attach and charge;
//! the table itself is in `card/list/`, section by section.
//!
//! A number that is not here is refused, whatever it is: no real card may ever pass.

mod build;
pub mod checks;
mod description;
pub mod follow_up;
mod list;
pub mod radar;

pub use checks::Checks;
pub use description::CardCategory;
pub use follow_up::FollowUp;
pub use list::{NAMES_ONLY, cards};
pub use radar::{Radar, Risk};

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
    pub follow_up: FollowUp,
    /// `cardholder_verification_method` at a reader, when it asks for a PIN.
    pub pin: Option<&'static str>,
}

/// What a test card does when it is set up or charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Passes,
    /// Refused at setup, attach and charge.
    Declined(Decline),
    /// Set up and attached like any other; a charge is refused.
    ChargeDeclined(Decline),
    /// Must be authenticated until it is set up; then off-session charges pass.
    ChallengedUntilSetUp,
    /// Must be authenticated every time, also off-session.
    ChallengedAlways,
    /// As if set up earlier: only on-session charges are challenged.
    AlreadySetUp,
    /// Authenticated every time; a charge is refused even then.
    ChallengedThenChargeDeclined(Decline),
    /// Authenticated, then refused, at setup too.
    ChallengedThenDeclined(Decline),
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
pub enum CardResult {
    Pass,
    /// The person is sent to the bank's page.
    Challenge,
    Decline(Decline),
}

/// The circumstances a charge depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChargeConditions {
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
    pub fn at_attach(&self) -> CardResult {
        match self.rule {
            Rule::Declined(decline) => CardResult::Decline(decline),
            _ => CardResult::Pass,
        }
    }

    /// What a SetupIntent's confirmation meets.
    #[must_use]
    pub fn at_setup(&self, requested: bool) -> CardResult {
        match self.rule {
            Rule::Declined(decline) => CardResult::Decline(decline),
            Rule::LookupFails => CardResult::Decline(Decline::Generic),
            Rule::ChallengedUntilSetUp
            | Rule::ChallengedAlways
            | Rule::ChallengedThenChargeDeclined(_)
            | Rule::ChallengedThenDeclined(_) => CardResult::Challenge,
            Rule::ChallengedOnRequest if requested => CardResult::Challenge,
            Rule::BreaksOnRequest if requested => CardResult::Decline(Decline::ProcessingError),
            _ => CardResult::Pass,
        }
    }

    /// What follows a completed authentication at setup.
    #[must_use]
    pub fn after_setup_challenge(&self) -> CardResult {
        match self.rule {
            Rule::ChallengedThenDeclined(decline) => CardResult::Decline(decline),
            _ => CardResult::Pass,
        }
    }

    /// What a PaymentIntent's confirmation meets.
    #[must_use]
    pub fn at_charge(&self, conditions: ChargeConditions) -> CardResult {
        if let Some(decline) = conditions.blocked {
            return CardResult::Decline(decline);
        }
        let result = match self.rule {
            Rule::ChargeDeclined(decline) => CardResult::Decline(decline),
            Rule::ChallengedUntilSetUp if conditions.off_session && conditions.set_up => {
                CardResult::Pass
            }
            Rule::ChallengedThenChargeDeclined(decline)
                if conditions.off_session && conditions.set_up =>
            {
                CardResult::Decline(decline)
            }
            Rule::AlreadySetUp if conditions.off_session => CardResult::Pass,
            Rule::AlreadySetUp => CardResult::Challenge,
            _ => self.at_setup(conditions.requested),
        };
        match result {
            CardResult::Challenge if conditions.off_session => {
                CardResult::Decline(Decline::AuthenticationRequired)
            }
            other => other,
        }
    }

    /// What follows a completed authentication at a charge.
    #[must_use]
    pub fn after_charge_challenge(&self) -> CardResult {
        match self.rule {
            Rule::ChallengedThenDeclined(decline) | Rule::ChallengedThenChargeDeclined(decline) => {
                CardResult::Decline(decline)
            }
            _ => CardResult::Pass,
        }
    }
}

/// The check digit of ISO/IEC 7812-1.
#[must_use]
pub fn passes_luhn(number: &str) -> bool {
    let mut sum = 0;
    for (index, c) in number.chars().rev().enumerate() {
        let Some(digit) = c.to_digit(10) else {
            return false;
        };
        let doubled = if index % 2 == 1 { digit * 2 } else { digit };
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
