//! Test cards for 3D Secure and for a captcha.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use super::super::build::visa;
use super::super::{Rule, TestCard};
use crate::decline::Decline;
use Rule::{
    AlreadySetUp, BreaksOnRequest, ChallengedAlways, ChallengedOnRequest,
    ChallengedThenChargeRefused, ChallengedThenRefused, ChallengedUntilSetUp, Frictionless,
    LookupFails,
};

/// Cards of which the bank wants to see the person.
pub const AUTHENTICATION: &[TestCard] = &[
    visa("4000002500003155")
        .does(ChallengedUntilSetUp)
        .named(&["authenticationRequiredOnSetup"]),
    visa("4000002760003184")
        .does(ChallengedAlways)
        .named(&["authenticationRequired"]),
    visa("4000003800000446")
        .does(AlreadySetUp)
        .named(&["authenticationRequiredSetupForOffSession"]),
    visa("4000008260003178")
        .does(ChallengedThenChargeRefused(Decline::InsufficientFunds))
        .named(&["authenticationRequiredChargeDeclinedInsufficientFunds"]),
    visa("4000000000003220")
        .does(ChallengedAlways)
        .of("IE")
        .named(&["threeDSecure2Required"]),
    visa("4000008400000027").does(ChallengedAlways),
    visa("4000008400001629")
        .does(ChallengedThenRefused(Decline::Generic))
        .named(&["threeDSecureRequiredChargeDeclined"]),
    visa("4000008400001280")
        .does(LookupFails)
        .named(&["threeDSecureRequiredProcessingError"]),
    visa("4000000000003055")
        .does(ChallengedOnRequest)
        .named(&["threeDSecureOptional"]),
    visa("4000000000003097")
        .does(BreaksOnRequest)
        .named(&["threeDSecureOptionalProcessingError"]),
    visa("4000000032200000").does(Frictionless),
    // Kinds of challenge of a telephone's own forms; a browser sees an ordinary one.
    visa("4000582600000094")
        .does(ChallengedAlways)
        .of("GB")
        .debit(),
    visa("4000582600000045")
        .does(ChallengedAlways)
        .of("GB")
        .debit(),
    visa("4000582600000102")
        .does(ChallengedAlways)
        .of("GB")
        .debit(),
    visa("4000582600000110")
        .does(ChallengedAlways)
        .of("GB")
        .debit(),
    // A captcha on Stripe's own page, which the sandbox shows none of: as if it were answered.
    visa("4000000000001208"),
    visa("4000000000003725"),
];
