//! Where Stripe's behaviour is not settled, and how this account has it. Set through
//! `POST /sandbox/switches`, asked by the API where the question comes up.

use crate::card::radar::{DEFAULT_RULES, Radar};
use crate::version::Version;
use serde::{Deserialize, Serialize};

/// What happens to a card nobody owns on a customer's intent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnattachedCard {
    /// Taken, and attached when a setup succeeds.
    #[default]
    Taken,
    /// Refused: the customer must own it first.
    Refused,
}

/// What a browser's `expand` of a card comes to once there was 3D Secure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpandAfterChallenge {
    /// Ignored: the intent names the card by its id.
    #[default]
    Ignored,
    Honoured,
}

/// What 4000003800000446, "already set up", does at a setup.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlreadySetUp {
    #[default]
    Passes,
    Challenged,
}

/// Whether a server may send whole card numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RawNumbers {
    /// As an account that Stripe has allowed to.
    #[default]
    Taken,
    Refused,
}

/// What becomes of a `Stripe-Account` nobody has made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownAccount {
    /// It is made at first use, as an account is by its keys.
    #[default]
    Made,
    Refused,
}

/// What an intent is made for that names no types of payment methods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnnamedTypes {
    #[default]
    Card,
    /// Whatever the Dashboard allows: `automatic_payment_methods`, which wants a return URL.
    Automatic,
}

/// One account's answers. A member that is not given has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    /// An unattached card on a customer's intent.
    pub unattached_card: UnattachedCard,
    /// `expand` of the card after 3D Secure.
    pub expand_after_challenge: ExpandAfterChallenge,
    /// Refusals until an intent is cancelled; Stripe says "too many" and no number.
    pub refusals: u32,
    pub already_set_up: AlreadySetUp,
    /// Whole numbers from a server's key.
    pub raw_numbers: RawNumbers,
    /// A `Stripe-Account` nobody has made.
    pub unknown_account: UnknownAccount,
    /// An intent that names no types.
    pub unnamed_types: UnnamedTypes,
    /// The rules of Radar that are on.
    pub radar: Vec<Radar>,
    /// The account's own version: of its events, and of calls that name none.
    pub version: String,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            unattached_card: UnattachedCard::default(),
            expand_after_challenge: ExpandAfterChallenge::default(),
            refusals: 25,
            already_set_up: AlreadySetUp::default(),
            raw_numbers: RawNumbers::default(),
            unknown_account: UnknownAccount::default(),
            unnamed_types: UnnamedTypes::default(),
            radar: DEFAULT_RULES.to_vec(),
            version: Version::default().as_str().to_owned(),
        }
    }
}

impl Behaviour {
    /// Refuses what no account can be set to.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self) -> Result<(), String> {
        if self.refusals == 0 {
            return Err("`refusals` must be 1 at least".to_owned());
        }
        match Version::parse(&self.version) {
            Some(_) => Ok(()),
            None => Err("`version` must be a published one".to_owned()),
        }
    }

    #[must_use]
    pub fn version(&self) -> Version {
        Version::parse(&self.version).unwrap_or_default()
    }
}
