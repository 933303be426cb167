//! The behaviour settings of an account, where Stripe's behaviour depends on the account or is not documented. Set
//! through `POST /sandbox/switches`, read by the API.

use crate::card::radar::{DEFAULT_RULES, Radar};
use crate::version::Version;
use serde::{Deserialize, Serialize};

/// How an intent with a customer treats a payment method that is not attached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnattachedCard {
    /// It is accepted, and attached when the intent succeeds.
    #[default]
    Taken,
    /// It is refused: it must be attached to the customer first.
    Refused,
}

/// Whether a browser's `expand` still applies after a 3D Secure challenge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpandAfterChallenge {
    /// The intent holds the id of the payment method only.
    #[default]
    Ignored,
    Honoured,
}

/// How a setup treats 4000003800000446, the card that is "already set up".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlreadySetUp {
    #[default]
    Passes,
    Challenged,
}

/// Whether a server may send card numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RawNumbers {
    /// As for an account that Stripe has enabled for it.
    #[default]
    Taken,
    Refused,
}

/// How a `Stripe-Account` that no platform created is treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownAccount {
    /// It is created at first use, as the account of a key is.
    #[default]
    Made,
    Refused,
}

/// The payment method types of an intent that names none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnnamedTypes {
    #[default]
    Card,
    /// The types that are enabled in the Dashboard: `automatic_payment_methods`, which needs a return URL.
    Automatic,
}

/// The settings of one account. A member that is not given has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    pub unattached_card: UnattachedCard,
    pub expand_after_challenge: ExpandAfterChallenge,
    /// After how many failed attempts an intent is cancelled. Stripe says "too many" and no number.
    pub refusals: u32,
    pub already_set_up: AlreadySetUp,
    pub raw_numbers: RawNumbers,
    pub unknown_account: UnknownAccount,
    pub unnamed_types: UnnamedTypes,
    /// The Radar rules that are enabled.
    pub radar: Vec<Radar>,
    /// The account's API version, for its events and for calls that name none.
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
    /// Refuses settings that no account can have.
    ///
    /// # Errors
    /// A sentence that names the setting.
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
