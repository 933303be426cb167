//! Radar: the risk level of a test card's charges, and the rules that block them. Used when a payment is confirmed.
//!
//! The account's behaviour setting `radar` says which rules are enabled. Sources: <https://docs.stripe.com/testing>,
//! "Fraud prevention", and <https://docs.stripe.com/radar/rules>.

use super::TestCard;
use crate::decline::Decline;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    Normal,
    Elevated,
    Highest,
}

impl Risk {
    /// The value in the API's JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Elevated => "elevated",
            Self::Highest => "highest",
        }
    }

    /// `outcome.risk_score`, out of 100: elevated from 65, highest from 75.
    #[must_use]
    pub fn score(self) -> u8 {
        match self {
            Self::Normal => 20,
            Self::Elevated => 68,
            Self::Highest => 92,
        }
    }
}

/// A rule that blocks a charge, or requests 3D Secure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Radar {
    /// Blocks always; it is not a setting.
    #[serde(skip)]
    Always,
    HighestRisk,
    /// Blocks when the security code is wrong.
    CvcCheck,
    /// Blocks when the postal code is wrong.
    PostalCodeCheck,
    /// Blocks a high fraud dispute score.
    FraudDisputeScore,
    /// Blocks a high early fraud warning score.
    EarlyFraudWarningScore,
    /// Blocks by dynamic risk thresholds.
    DynamicRiskThresholds,
    /// Blocks abuse of free trials.
    FreeTrialAbuse,
    /// Requests 3D Secure instead of blocking.
    #[serde(rename = "adaptive_3ds")]
    Adaptive3ds,
}

/// The default rules: the highest risk and a wrong security code are blocked.
pub const DEFAULT_RULES: &[Radar] = &[Radar::HighestRisk, Radar::CvcCheck];

/// Which values were entered. A value that was not entered is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckInputs {
    pub cvc: bool,
    pub postal_code: bool,
}

impl TestCard {
    /// The decline of a charge that one of `rules` blocks.
    #[must_use]
    pub fn blocked(&self, rules: &[Radar], entered: CheckInputs) -> Option<Decline> {
        match self.radar? {
            Radar::Always => Some(Decline::Fraudulent),
            rule if !rules.contains(&rule) => None,
            Radar::Adaptive3ds => None,
            Radar::CvcCheck => entered.cvc.then_some(Decline::IncorrectCvc),
            Radar::PostalCodeCheck => entered.postal_code.then_some(Decline::IncorrectZip),
            _ => Some(Decline::Fraudulent),
        }
    }

    /// Whether one of `rules` requests 3D Secure.
    #[must_use]
    pub fn challenged_by(&self, rules: &[Radar]) -> bool {
        self.radar == Some(Radar::Adaptive3ds) && rules.contains(&Radar::Adaptive3ds)
    }
}
