//! Radar: how risky a charge of a test card is, and which of the account's rules stops it. Asked when a payment is confirmed.
//!
//! Which rules are on is the account's own setting, here the switch `radar`. Sources: <https://docs.stripe.com/testing>,
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
    /// As the API spells it.
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

/// A rule that stops a charge, or asks for 3D Secure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Radar {
    #[serde(skip)]
    Always,
    HighestRisk,
    /// Block when the security code is wrong.
    CvcCheck,
    /// Block when the postal code is wrong.
    PostalCodeCheck,
    /// Block a high fraud dispute score.
    FraudDisputeScore,
    /// Block a high early fraud warning score.
    EarlyFraudWarningScore,
    /// Block by thresholds that move.
    DynamicRiskThresholds,
    /// Block those who abuse free trials.
    FreeTrialAbuse,
    #[serde(rename = "adaptive_3ds")]
    Adaptive3ds,
}

/// The rules of an account that has set none: the highest risk and a wrong code are blocked.
pub const DEFAULT_RULES: &[Radar] = &[Radar::HighestRisk, Radar::CvcCheck];

/// What was entered beside the number: what was not is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckInputs {
    pub cvc: bool,
    pub postal_code: bool,
}

impl TestCard {
    /// The refusal of a charge that one of `rules` stops.
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

    /// Whether one of `rules` asks for 3D Secure.
    #[must_use]
    pub fn challenged_by(&self, rules: &[Radar]) -> bool {
        self.radar == Some(Radar::Adaptive3ds) && rules.contains(&Radar::Adaptive3ds)
    }
}
