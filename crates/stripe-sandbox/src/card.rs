//! The published test cards and their rules. Used by the API at every setup, attachment and charge. The tables are in
//! `card/list/`.
//!
//! Any other number is refused: a real card must never be accepted.

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

/// A test card of <https://docs.stripe.com/testing>.
#[derive(Clone, Copy, Debug)]
pub struct TestCard {
    pub number: &'static str,
    /// Its test ids, without `pm_card_` and `tok_`.
    pub names: &'static [&'static str],
    pub brand: &'static str,
    /// The networks of a co-branded card; empty when there is only its brand's.
    pub networks: &'static [&'static str],
    pub funding: &'static str,
    /// The issuer's country, ISO 3166-1 alpha-2.
    pub country: &'static str,
    pub rule: Rule,
    /// The Radar risk level of its charges.
    pub risk: Risk,
    /// The Radar rule that applies to it.
    pub radar: Option<Radar>,
    /// The results of the checks of security code and address.
    pub checks: Checks,
    /// What happens after a charge.
    pub follow_up: FollowUp,
    /// `cardholder_verification_method` at a reader, for a card with a PIN.
    pub pin: Option<&'static str>,
}

/// How a test card behaves when it is set up or charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Passes,
    /// Declined at setup, attachment and charge.
    Declined(Decline),
    /// Setup and attachment pass; a charge is declined.
    ChargeDeclined(Decline),
    /// Needs a challenge until it is set up; then off-session charges pass.
    ChallengedUntilSetUp,
    /// Needs a challenge every time, also off-session.
    ChallengedAlways,
    /// Behaves as if it was set up earlier: only on-session charges need a challenge.
    AlreadySetUp,
    /// Needs a challenge every time; after it a charge is declined.
    ChallengedThenChargeDeclined(Decline),
    /// Needs a challenge; after it a setup and a charge are declined.
    ChallengedThenDeclined(Decline),
    /// Needs a challenge, but the 3D Secure lookup fails.
    LookupFails,
    /// Authenticated every time without a challenge.
    Frictionless,
    /// Needs a challenge only when the merchant requests 3D Secure.
    ChallengedOnRequest,
    /// Passes, unless the merchant requests 3D Secure, which then fails.
    BreaksOnRequest,
}

/// What the bank does with a setup, an attachment or a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardResult {
    Pass,
    /// The person must complete a 3D Secure challenge.
    Challenge,
    Decline(Decline),
}

/// Whether the merchant requests 3D Secure, by the parameter `request_three_d_secure`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThreeDSecureRequest {
    /// `automatic`: only if the card needs it.
    #[default]
    Automatic,
    /// `any` or `challenge`.
    Requested,
}

impl ThreeDSecureRequest {
    /// The request of a value of `request_three_d_secure`.
    #[must_use]
    pub fn of(value: &str) -> Self {
        match value {
            "any" | "challenge" => Self::Requested,
            _ => Self::Automatic,
        }
    }
}

/// The facts that the result of a charge depends on.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChargeConditions {
    pub three_d_secure: ThreeDSecureRequest,
    /// Whether nobody is there to authenticate.
    pub off_session: bool,
    /// Whether a setup has succeeded earlier.
    pub set_up: bool,
    pub blocked: Option<Decline>,
}

impl TestCard {
    /// Finds a card by its number.
    ///
    /// # Errors
    /// `IncorrectNumber` when the check digit is wrong, `NotATestCard` for any other unknown number.
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

    /// Finds a card by the `<name>` of `pm_card_<name>` and `tok_<name>`.
    #[must_use]
    pub fn named_by(name: &str) -> Option<&'static Self> {
        let mut all = cards().chain(NAMES_ONLY);
        all.find(|card| card.names.contains(&name))
    }

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

    /// The result of attaching it to a customer without an intent.
    #[must_use]
    pub fn at_attach(&self) -> CardResult {
        match self.rule {
            Rule::Declined(decline) => CardResult::Decline(decline),
            _ => CardResult::Pass,
        }
    }

    /// The result of confirming a SetupIntent.
    #[must_use]
    pub fn at_setup(&self, three_d_secure: ThreeDSecureRequest) -> CardResult {
        let requested = three_d_secure == ThreeDSecureRequest::Requested;
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

    /// The result of a setup after a completed challenge.
    #[must_use]
    pub fn after_setup_challenge(&self) -> CardResult {
        match self.rule {
            Rule::ChallengedThenDeclined(decline) => CardResult::Decline(decline),
            _ => CardResult::Pass,
        }
    }

    /// The result of confirming a PaymentIntent.
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
            _ => self.at_setup(conditions.three_d_secure),
        };
        match result {
            CardResult::Challenge if conditions.off_session => {
                CardResult::Decline(Decline::AuthenticationRequired)
            }
            other => other,
        }
    }

    /// The result of a charge after a completed challenge.
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

/// Whether the check digit is correct (ISO/IEC 7812-1) and the number has 12 to 19 digits.
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
    fn numbers_pass_luhn_and_numbers_and_names_are_unique() {
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
