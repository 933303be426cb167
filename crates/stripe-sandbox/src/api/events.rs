//! `/v1/events`: what happened, for servers that missed a webhook.

use super::Desk;
use crate::error::ApiError;
use crate::object::Event;
use crate::span::Span;
use serde_json::Value;

pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    let pending = desk.pending_webhooks().get(id).copied().unwrap_or(0);
    desk.account()
        .events
        .get(id)
        .map(|event| event.to_json(pending))
        .ok_or_else(|| ApiError::missing("event", id, "id"))
}

pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
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
    let created = Span::read(params, "created")?;
    let delivered = match params.text("delivery_success") {
        Some(_) => Some(params.flag("delivery_success")?),
        None => None,
    };
    let pending = desk.pending_webhooks();
    let waits = |event: &Event| pending.get(&event.id).copied().unwrap_or(0);
    desk.account().events.page(
        params,
        "/v1/events",
        |event| {
            kind.is_none_or(|kind| kind_fits(kind, &event.kind))
                && (kinds.is_empty() || kinds.iter().any(|kind| kind_fits(kind, &event.kind)))
                && created.holds(event.created)
                && delivered.is_none_or(|delivered| delivered == (waits(event) == 0))
        },
        |event| event.to_json(waits(event)),
    )
}

/// Whether an event's kind is the one asked for; `customer.*` asks for a family.
fn kind_fits(asked: &str, kind: &str) -> bool {
    match asked.strip_suffix('*') {
        Some(family) => kind.starts_with(family),
        None => asked == kind,
    }
}
