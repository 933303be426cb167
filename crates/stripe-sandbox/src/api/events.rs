//! `/v1/events`: retrieve and list, for servers that missed a webhook.

use super::RequestContext;
use crate::error::ApiError;
use crate::object::Event;
use crate::time_range::TimeRange;
use serde_json::Value;

pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    let pending = ctx.pending_webhooks().get(id).copied().unwrap_or(0);
    ctx.account()
        .events
        .get(id)
        .map(|event| event.to_json(pending))
        .ok_or_else(|| ApiError::resource_missing("event", id, "id"))
}

pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "type",
        "types[]",
        "created",
        "created[*]",
        "delivery_success",
        "limit",
        "starting_after",
        "ending_before",
    ])?;
    let (kind, kinds) = (params.text("type"), params.list("types"));
    if kind.is_some() && !kinds.is_empty() {
        return Err(ApiError::invalid(
            "You may only specify one of these parameters: type, types.",
        )
        .code("parameters_exclusive")
        .param("types"));
    }
    let created = TimeRange::parse(params, "created")?;
    let delivered = match params.text("delivery_success") {
        Some(_) => Some(params.boolean("delivery_success")?),
        None => None,
    };
    let pending = ctx.pending_webhooks();
    let pending_of = |event: &Event| pending.get(&event.id).copied().unwrap_or(0);
    ctx.account().events.page(
        params,
        "/v1/events",
        |event| {
            kind.is_none_or(|kind| matches_kind(kind, &event.kind))
                && (kinds.is_empty() || kinds.iter().any(|kind| matches_kind(kind, &event.kind)))
                && created.contains(event.created)
                && delivered.is_none_or(|delivered| delivered == (pending_of(event) == 0))
        },
        |event| event.to_json(pending_of(event)),
    )
}

/// Whether the event type `kind` matches `pattern`; `customer.*` matches every type that starts with `customer.`.
fn matches_kind(pattern: &str, kind: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(family) => kind.starts_with(family),
        None => pattern == kind,
    }
}
