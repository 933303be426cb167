//! The published test cards and what each does. Asked by the API at every setup, attach and charge;
//! the table itself is in `card/list.rs`.
//!
//! A number that is not here is refused, whatever it is: no real card may ever pass.

mod list;
mod words;

pub use list::CARDS;
pub use words::Kind;

use crate::decline::Decline;

/// One test card, as <https://docs.stripe.com/testing> lists it.
#[derive(Clone, Copy, Debug)]
pub struct TestCard {
    /// The whole number.
    pub number: &'static str,
    /// Brand as the API spells it.
    pub brand: &'static str,
    /// `credit`, `debit` or `prepaid`.
    pub funding: &'static str,
    /// Issuer's country, ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// What it does.
    pub rule: Rule,
}

/// What a test card does when it is set up or charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Always passes.
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
    /// Authenticated only when the merchant asks for it.
    ChallengedOnRequest,
    /// Passes, unless the merchant asks for authentication, which then errs.
    BreaksOnRequest,
}

/// The next thing that happens to a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It passes.
    Pass,
    /// The person is sent to the bank's page.
    Challenge,
    /// It is refused.
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
}

impl TestCard {
    /// Finds a card by its digits.
    ///
    /// # Errors
    /// `IncorrectNumber` when the check digit is wrong, `NotATestCard` for any other unlisted number.
    pub fn find(number: &str) -> Result<&'static Self, Decline> {
        if let Some(card) = CARDS.iter().find(|card| card.number == number) {
            return Ok(card);
        }
        Err(if passes_luhn(number) {
            Decline::NotATestCard
        } else {
            Decline::IncorrectNumber
        })
    }

    /// Its last four digits.
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
