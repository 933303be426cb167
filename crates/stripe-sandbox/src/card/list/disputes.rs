//! Test cards by what happens after a charge: disputes, refunds, and the available balance.
//! Source: Stripe's testing page, <https://docs.stripe.com/testing>.

use crate::card::TestCard;
use crate::card::build::{mastercard, visa};
use crate::card::follow_up::{DisputeReason, FollowUp};

/// Cards whose charge passes, and then leads to something else.
pub const DISPUTES: &[TestCard] = &[
    visa("4000000000000259")
        .follow_up(FollowUp::Disputed(DisputeReason::Fraudulent))
        .names(&["createDispute"]),
    visa("4000000000002685")
        .follow_up(FollowUp::Disputed(DisputeReason::ProductNotReceived))
        .names(&["createDisputeProductNotReceived"]),
    visa("4000000000001976")
        .follow_up(FollowUp::Inquiry)
        .names(&["createDisputeInquiry"]),
    visa("4000000000005423")
        .follow_up(FollowUp::EarlyFraudWarning)
        .names(&["createIssuerFraudRecord"]),
    visa("4000000404000079")
        .follow_up(FollowUp::DisputedTwice(DisputeReason::Fraudulent))
        .names(&["createMultipleDisputes"]),
    visa("4000000404000038")
        .follow_up(FollowUp::Disputed(DisputeReason::Fraudulent))
        .names(&["createCe3EligibleDispute"]),
    visa("4000008400000779")
        .follow_up(FollowUp::Disputed(DisputeReason::Noncompliant))
        .names(&["createComplianceDispute"]),
    mastercard("5105008400000002")
        .follow_up(FollowUp::Disputed(DisputeReason::Noncompliant))
        .names(&["createMastercardComplianceDispute"]),
    visa("4000000001000043")
        .follow_up(FollowUp::Disputed(DisputeReason::Fraudulent))
        .names(&["createAutoRepresentmentEligibleDispute"]),
    // An account that is enrolled in dispute prevention gets no dispute. The sandbox's accounts are not enrolled.
    visa("4000000404004816")
        .follow_up(FollowUp::Disputed(DisputeReason::Fraudulent))
        .names(&["createRapidDisputeResolutionDispute"]),
    visa("4000000404005649")
        .follow_up(FollowUp::Disputed(DisputeReason::Fraudulent))
        .names(&["createCe3BlockDispute"]),
    mastercard("5105000300000018")
        .follow_up(FollowUp::Disputed(DisputeReason::Fraudulent))
        .names(&["createEthocaAlert"]),
    // Refunds that change their status later.
    visa("4000000000007726")
        .follow_up(FollowUp::PendingRefund)
        .names(&["pendingRefund"]),
    visa("4000000000005126")
        .follow_up(FollowUp::FailedRefund)
        .names(&["refundFail"]),
    // The charge goes to the available balance at once. The sandbox has no balances.
    visa("4000000000000077").names(&["bypassPending"]),
    visa("4000003720000278")
        .country("IE")
        .names(&["bypassPendingInternational"]),
];
