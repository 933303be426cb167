//! Test cards for Radar: risk levels and checks that fail.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use super::super::TestCard;
use super::super::build::visa;
use super::super::checks::{
    ADDRESS_FAILS, ADDRESS_UNAVAILABLE, CVC_FAILS, LINE1_FAILS, POSTAL_FAILS,
};
use super::super::radar::{Radar, Risk};
use Risk::{Elevated, Highest};

/// Cards that Radar looks at.
pub const RADAR: &[TestCard] = &[
    visa("4100000000000019")
        .risk(Highest)
        .trips(Radar::Always)
        .named(&["radarBlock"]),
    visa("4000000000004954")
        .risk(Highest)
        .trips(Radar::HighestRisk)
        .named(&["riskLevelHighest"]),
    visa("4000000000009235")
        .risk(Elevated)
        .named(&["riskLevelElevated"]),
    visa("4000008400000407")
        .trips(Radar::FraudDisputeScore)
        .named(&["highFraudDisputeScore"]),
    visa("4000008400000159")
        .trips(Radar::EarlyFraudWarningScore)
        .named(&["highEfwScore"]),
    visa("4000008400001017")
        .trips(Radar::DynamicRiskThresholds)
        .named(&["radarDynamicRiskThreshold"]),
    visa("4001858821843804")
        .trips(Radar::FreeTrialAbuse)
        .named(&["freeTrialAbuseBlock"]),
    visa("4000008405600003")
        .trips(Radar::Adaptive3ds)
        .named(&["adaptive3dsChallenge"]),
    visa("4000000000000101")
        .checks(CVC_FAILS)
        .trips(Radar::CvcCheck)
        .named(&["cvcCheckFail"]),
    visa("4000000000000036")
        .checks(POSTAL_FAILS)
        .trips(Radar::PostalCodeCheck)
        .named(&["avsZipFail"]),
    visa("4000058400307872")
        .debit()
        .checks(CVC_FAILS)
        .trips(Radar::CvcCheck)
        .risk(Elevated)
        .named(&["cvcCheckFailElevatedRisk"]),
    visa("4000058400306072")
        .debit()
        .checks(POSTAL_FAILS)
        .trips(Radar::PostalCodeCheck)
        .risk(Elevated)
        .named(&["avsZipFailElevatedRisk"]),
    visa("4000000000000028")
        .checks(LINE1_FAILS)
        .named(&["avsLine1Fail"]),
    visa("4000000000000010")
        .checks(ADDRESS_FAILS)
        .trips(Radar::PostalCodeCheck)
        .named(&["avsFail"]),
    visa("4000000000000044")
        .checks(ADDRESS_UNAVAILABLE)
        .named(&["avsUnchecked"]),
];
