//! `/v1/disputes` and `/v1/radar/early_fraud_warnings`: read, answer, give up. They are opened by `sequel.rs`.
//!
//! An answer decides by its words, as Stripe's testing page has it: `uncategorized_text` of `winning_evidence`,
//! `losing_evidence` or `escalate_inquiry_evidence`. Any other is under review, and stays so.

use super::Desk;
use crate::error::ApiError;
use crate::metadata;
use crate::object::Dispute;
use crate::object::dispute::{DisputeStatus, EVIDENCE};
use crate::span::Span;
use serde_json::Value;

pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    known(desk, id).map(|dispute| dispute.to_json())
}

pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "charge",
        "payment_intent",
        "limit",
        "starting_after",
        "ending_before",
        "created",
        "created[*]",
    ])?;
    let (charge, intent) = (params.text("charge"), params.text("payment_intent"));
    let created = Span::read(params, "created")?;
    let fits = |dispute: &Dispute| {
        charge.is_none_or(|id| dispute.charge == id)
            && intent.is_none_or(|id| dispute.payment_intent == id)
            && created.holds(dispute.created)
    };
    desk.account()
        .disputes
        .page(params, "/v1/disputes", fits, Dispute::to_json)
}

/// `POST /v1/disputes/:id`: evidence, which is sent to the bank unless `submit` is false.
pub fn update(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["evidence[*]", "metadata[*]", "submit"])?;
    let submit = params.text("submit").is_none() || params.flag("submit")?;
    let evidence = params.map("evidence");
    if let Some(odd) = evidence
        .keys()
        .find(|name| !EVIDENCE.contains(&name.as_str()))
    {
        return Err(ApiError::parameter_unknown(&format!("evidence[{odd}]")));
    }
    let dispute = known(desk, id)?;
    if dispute.status.is_over() {
        return Err(over());
    }
    let before = dispute.to_json();
    dispute.metadata = metadata::written(&dispute.metadata, params, "metadata")?;
    let answered = submit && !evidence.is_empty();
    crate::form::merge(&mut dispute.evidence, evidence);
    if answered {
        dispute.submissions += 1;
        dispute.status = decided(dispute);
    }
    let dispute = dispute.clone();
    let after = dispute.to_json();
    desk.record_change("charge.dispute.updated", &before, after.clone());
    if dispute.status.is_over() {
        close_with(desk, &dispute);
    }
    Ok(after)
}

/// `POST /v1/disputes/:id/close`: the merchant gives up.
pub fn close(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let dispute = known(desk, id)?;
    if dispute.status.is_over() {
        return Err(over());
    }
    dispute.status = lost(dispute.status);
    let dispute = dispute.clone();
    close_with(desk, &dispute);
    Ok(dispute.to_json())
}

pub fn retrieve_warning(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    desk.account()
        .fraud_warnings
        .get(id)
        .cloned()
        .ok_or_else(|| ApiError::missing("early fraud warning", id, "early_fraud_warning"))
}

pub fn list_warnings(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "charge",
        "payment_intent",
        "limit",
        "starting_after",
        "ending_before",
    ])?;
    let fits = |warning: &Value| {
        ["charge", "payment_intent"].iter().all(|name| {
            let own = warning.get(*name).and_then(Value::as_str);
            params.text(name).is_none_or(|id| own == Some(id))
        })
    };
    let url = "/v1/radar/early_fraud_warnings";
    desk.account()
        .fraud_warnings
        .page(params, url, fits, Value::clone)
}

fn decided(dispute: &Dispute) -> DisputeStatus {
    let words = dispute
        .evidence
        .get("uncategorized_text")
        .and_then(Value::as_str);
    match (words, dispute.status.is_inquiry()) {
        (Some("winning_evidence" | "losing_evidence"), true) => DisputeStatus::WarningClosed,
        (Some("escalate_inquiry_evidence"), true) => DisputeStatus::NeedsResponse,
        (Some("winning_evidence"), false) => DisputeStatus::Won,
        (Some("losing_evidence"), false) => DisputeStatus::Lost,
        (_, true) => DisputeStatus::WarningUnderReview,
        (_, false) => DisputeStatus::UnderReview,
    }
}

fn lost(status: DisputeStatus) -> DisputeStatus {
    match status.is_inquiry() {
        true => DisputeStatus::WarningClosed,
        false => DisputeStatus::Lost,
    }
}

fn close_with(desk: &mut Desk<'_>, dispute: &Dispute) {
    desk.record("charge.dispute.closed", dispute.to_json());
    if dispute.status == DisputeStatus::Won {
        desk.record("charge.dispute.funds_reinstated", dispute.to_json());
    }
}

fn over() -> ApiError {
    ApiError::invalid("This dispute is already closed.")
}

fn known<'d>(desk: &'d mut Desk<'_>, id: &str) -> Result<&'d mut Dispute, ApiError> {
    desk.account()
        .disputes
        .get_mut(id)
        .ok_or_else(|| ApiError::missing("dispute", id, "dispute"))
}
