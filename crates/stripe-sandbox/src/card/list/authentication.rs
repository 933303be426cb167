//! Test cards for 3D Secure and for a captcha.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use crate::card::build::visa;
use crate::card::{Rule, TestCard};
use crate::decline::Decline;
use Rule::{
    AlreadySetUp, BreaksOnRequest, ChallengedAlways, ChallengedOnRequest,
    ChallengedThenChargeDeclined, ChallengedThenDeclined, ChallengedUntilSetUp, Frictionless,
    LookupFails,
};

/// Cards that need 3D Secure, always or under some conditions.
pub const AUTHENTICATION: &[TestCard] = &[
    visa("4000002500003155")
        .rule(ChallengedUntilSetUp)
        .names(&["authenticationRequiredOnSetup"]),
    visa("4000002760003184")
        .rule(ChallengedAlways)
        .names(&["authenticationRequired"]),
    visa("4000003800000446")
        .rule(AlreadySetUp)
        .names(&["authenticationRequiredSetupForOffSession"]),
    visa("4000008260003178")
        .rule(ChallengedThenChargeDeclined(Decline::InsufficientFunds))
        .names(&["authenticationRequiredChargeDeclinedInsufficientFunds"]),
    visa("4000000000003220")
        .rule(ChallengedAlways)
        .country("IE")
        .names(&["threeDSecure2Required"]),
    visa("4000008400000027").rule(ChallengedAlways),
    visa("4000008400001629")
        .rule(ChallengedThenDeclined(Decline::Generic))
        .names(&["threeDSecureRequiredChargeDeclined"]),
    visa("4000008400001280")
        .rule(LookupFails)
        .names(&["threeDSecureRequiredProcessingError"]),
    visa("4000000000003055")
        .rule(ChallengedOnRequest)
        .names(&["threeDSecureOptional"]),
    visa("4000000000003097")
        .rule(BreaksOnRequest)
        .names(&["threeDSecureOptionalProcessingError"]),
    visa("4000000032200000").rule(Frictionless),
    // These show other challenges in a mobile app; a browser shows the ordinary one.
    visa("4000582600000094")
        .rule(ChallengedAlways)
        .country("GB")
        .debit(),
    visa("4000582600000045")
        .rule(ChallengedAlways)
        .country("GB")
        .debit(),
    visa("4000582600000102")
        .rule(ChallengedAlways)
        .country("GB")
        .debit(),
    visa("4000582600000110")
        .rule(ChallengedAlways)
        .country("GB")
        .debit(),
    // These show a captcha on Stripe's page. The sandbox shows none and behaves as if it was solved.
    visa("4000000000001208"),
    visa("4000000000003725"),
];
