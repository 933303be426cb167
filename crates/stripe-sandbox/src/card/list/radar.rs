//! Test cards for Radar: risk levels and checks that fail.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use crate::card::TestCard;
use crate::card::build::visa;
use crate::card::checks::{
    ADDRESS_FAILS, ADDRESS_UNAVAILABLE, CVC_FAILS, LINE1_FAILS, POSTAL_FAILS,
};
use crate::card::radar::{Radar, Risk};
use Risk::{Elevated, Highest};

/// Cards with a Radar rule, a risk level or a failing check.
pub const RADAR: &[TestCard] = &[
    visa("4100000000000019")
        .risk(Highest)
        .radar(Radar::Always)
        .names(&["radarBlock"]),
    visa("4000000000004954")
        .risk(Highest)
        .radar(Radar::HighestRisk)
        .names(&["riskLevelHighest"]),
    visa("4000000000009235")
        .risk(Elevated)
        .names(&["riskLevelElevated"]),
    visa("4000008400000407")
        .radar(Radar::FraudDisputeScore)
        .names(&["highFraudDisputeScore"]),
    visa("4000008400000159")
        .radar(Radar::EarlyFraudWarningScore)
        .names(&["highEfwScore"]),
    visa("4000008400001017")
        .radar(Radar::DynamicRiskThresholds)
        .names(&["radarDynamicRiskThreshold"]),
    visa("4001858821843804")
        .radar(Radar::FreeTrialAbuse)
        .names(&["freeTrialAbuseBlock"]),
    visa("4000008405600003")
        .radar(Radar::Adaptive3ds)
        .names(&["adaptive3dsChallenge"]),
    visa("4000000000000101")
        .checks(CVC_FAILS)
        .radar(Radar::CvcCheck)
        .names(&["cvcCheckFail"]),
    visa("4000000000000036")
        .checks(POSTAL_FAILS)
        .radar(Radar::PostalCodeCheck)
        .names(&["avsZipFail"]),
    visa("4000058400307872")
        .debit()
        .checks(CVC_FAILS)
        .radar(Radar::CvcCheck)
        .risk(Elevated)
        .names(&["cvcCheckFailElevatedRisk"]),
    visa("4000058400306072")
        .debit()
        .checks(POSTAL_FAILS)
        .radar(Radar::PostalCodeCheck)
        .risk(Elevated)
        .names(&["avsZipFailElevatedRisk"]),
    visa("4000000000000028")
        .checks(LINE1_FAILS)
        .names(&["avsLine1Fail"]),
    visa("4000000000000010")
        .checks(ADDRESS_FAILS)
        .radar(Radar::PostalCodeCheck)
        .names(&["avsFail"]),
    visa("4000000000000044")
        .checks(ADDRESS_UNAVAILABLE)
        .names(&["avsUnchecked"]),
];
