//! `/v1/disputes` and `/v1/radar/early_fraud_warnings`: retrieve, list, submit evidence, close. `charge_follow_up.rs`
//! creates them.
//!
//! The evidence decides the dispute as Stripe's testing page describes: `uncategorized_text` is `winning_evidence`,
//! `losing_evidence` or `escalate_inquiry_evidence`. With any other text the dispute stays under review.

use super::RequestContext;
use crate::error::ApiError;
use crate::metadata;
use crate::object::Dispute;
use crate::object::dispute::{DisputeStatus, EVIDENCE};
use crate::time_range::TimeRange;
use serde_json::Value;

pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    find(ctx, id).map(|dispute| dispute.to_json())
}

pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
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
    let created = TimeRange::parse(params, "created")?;
    let matches = |dispute: &Dispute| {
        charge.is_none_or(|id| dispute.charge == id)
            && intent.is_none_or(|id| dispute.payment_intent == id)
            && created.contains(dispute.created)
    };
    ctx.account()
        .disputes
        .page(params, "/v1/disputes", matches, Dispute::to_json)
}

/// `POST /v1/disputes/:id`: adds evidence, and submits it to the bank unless `submit` is false.
pub fn update(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&["evidence[*]", "metadata[*]", "submit"])?;
    let submit = params.text("submit").is_none() || params.boolean("submit")?;
    let evidence = params.map("evidence");
    if let Some(invalid) = evidence
        .keys()
        .find(|name| !EVIDENCE.contains(&name.as_str()))
    {
        return Err(ApiError::parameter_unknown(&format!("evidence[{invalid}]")));
    }
    let dispute = find(ctx, id)?;
    if dispute.status.is_final() {
        return Err(already_closed());
    }
    let before = dispute.to_json();
    dispute.metadata = metadata::merged(&dispute.metadata, params, "metadata")?;
    let submitted = submit && !evidence.is_empty();
    crate::form::merge(&mut dispute.evidence, evidence);
    if submitted {
        dispute.submissions += 1;
        dispute.status = status_by_evidence(dispute);
    }
    let dispute = dispute.clone();
    let after = dispute.to_json();
    ctx.record_change("charge.dispute.updated", &before, after.clone());
    if dispute.status.is_final() {
        record_closed(ctx, &dispute);
    }
    Ok(after)
}

/// `POST /v1/disputes/:id/close`: the merchant accepts the dispute.
pub fn close(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    let dispute = find(ctx, id)?;
    if dispute.status.is_final() {
        return Err(already_closed());
    }
    dispute.status = status_after_close(dispute.status);
    let dispute = dispute.clone();
    record_closed(ctx, &dispute);
    Ok(dispute.to_json())
}

pub fn retrieve_warning(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    ctx.account()
        .early_fraud_warnings
        .get(id)
        .cloned()
        .ok_or_else(|| ApiError::resource_missing("early fraud warning", id, "early_fraud_warning"))
}

pub fn list_warnings(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "charge",
        "payment_intent",
        "limit",
        "starting_after",
        "ending_before",
    ])?;
    let matches = |warning: &Value| {
        ["charge", "payment_intent"].iter().all(|name| {
            let own = warning.get(*name).and_then(Value::as_str);
            params.text(name).is_none_or(|id| own == Some(id))
        })
    };
    let url = "/v1/radar/early_fraud_warnings";
    ctx.account()
        .early_fraud_warnings
        .page(params, url, matches, Value::clone)
}

fn status_by_evidence(dispute: &Dispute) -> DisputeStatus {
    let text = dispute
        .evidence
        .get("uncategorized_text")
        .and_then(Value::as_str);
    match (text, dispute.status.is_inquiry()) {
        (Some("winning_evidence" | "losing_evidence"), true) => DisputeStatus::WarningClosed,
        (Some("escalate_inquiry_evidence"), true) => DisputeStatus::NeedsResponse,
        (Some("winning_evidence"), false) => DisputeStatus::Won,
        (Some("losing_evidence"), false) => DisputeStatus::Lost,
        (_, true) => DisputeStatus::WarningUnderReview,
        (_, false) => DisputeStatus::UnderReview,
    }
}

fn status_after_close(status: DisputeStatus) -> DisputeStatus {
    match status.is_inquiry() {
        true => DisputeStatus::WarningClosed,
        false => DisputeStatus::Lost,
    }
}

fn record_closed(ctx: &mut RequestContext<'_>, dispute: &Dispute) {
    ctx.record("charge.dispute.closed", dispute.to_json());
    if dispute.status == DisputeStatus::Won {
        ctx.record("charge.dispute.funds_reinstated", dispute.to_json());
    }
}

fn already_closed() -> ApiError {
    ApiError::invalid("This dispute is already closed.")
}

fn find<'d>(ctx: &'d mut RequestContext<'_>, id: &str) -> Result<&'d mut Dispute, ApiError> {
    ctx.account()
        .disputes
        .get_mut(id)
        .ok_or_else(|| ApiError::resource_missing("dispute", id, "dispute"))
}
