//! Test cards by what follows a charge: disputes, refunds, and the available balance.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use super::super::TestCard;
use super::super::build::{mastercard, visa};
use super::super::later::{Later, Reason};

/// Cards that pass, and of which more is heard.
pub const DISPUTES: &[TestCard] = &[
    visa("4000000000000259")
        .then(Later::Disputed(Reason::Fraudulent))
        .named(&["createDispute"]),
    visa("4000000000002685")
        .then(Later::Disputed(Reason::ProductNotReceived))
        .named(&["createDisputeProductNotReceived"]),
    visa("4000000000001976")
        .then(Later::Inquired)
        .named(&["createDisputeInquiry"]),
    visa("4000000000005423")
        .then(Later::FraudWarning)
        .named(&["createIssuerFraudRecord"]),
    visa("4000000404000079")
        .then(Later::DisputedTwice(Reason::Fraudulent))
        .named(&["createMultipleDisputes"]),
    visa("4000000404000038")
        .then(Later::Disputed(Reason::Fraudulent))
        .named(&["createCe3EligibleDispute"]),
    visa("4000008400000779")
        .then(Later::Disputed(Reason::Noncompliant))
        .named(&["createComplianceDispute"]),
    mastercard("5105008400000002")
        .then(Later::Disputed(Reason::Noncompliant))
        .named(&["createMastercardComplianceDispute"]),
    visa("4000000001000043")
        .then(Later::Disputed(Reason::Fraudulent))
        .named(&["createAutoRepresentmentEligibleDispute"]),
    // Prevented for an account that is enrolled for it; the sandbox's is not, so they are disputed.
    visa("4000000404004816")
        .then(Later::Disputed(Reason::Fraudulent))
        .named(&["createRapidDisputeResolutionDispute"]),
    visa("4000000404005649")
        .then(Later::Disputed(Reason::Fraudulent))
        .named(&["createCe3BlockDispute"]),
    mastercard("5105000300000018")
        .then(Later::Disputed(Reason::Fraudulent))
        .named(&["createEthocaAlert"]),
    // Refunds that are not over at once.
    visa("4000000000007726")
        .then(Later::RefundPends)
        .named(&["pendingRefund"]),
    visa("4000000000005126")
        .then(Later::RefundFails)
        .named(&["refundFail"]),
    // Straight to the available balance; there are no balances here.
    visa("4000000000000077").named(&["bypassPending"]),
    visa("4000003720000278")
        .of("IE")
        .named(&["bypassPendingInternational"]),
];
