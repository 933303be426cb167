//! `/v1/checkout/sessions`: retrieve, list and expire. `checkout_create.rs` creates them.

use super::{RequestContext, internal_call, payment_intents};
use crate::collection::Collection;
use crate::error::ApiError;
use crate::object::checkout_session::{CheckoutMode, CheckoutStatus};
use crate::object::payment_intent::PaymentStatus;
use crate::object::{CheckoutSession, LineItem, now};
use serde_json::{Value, json};

/// How many line items an expanded session shows. `/line_items` lists them all.
const MAX_EXPANDED_LINE_ITEMS: usize = 10;

pub fn retrieve(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    object_of(ctx, id)
}

pub fn list(ctx: &mut RequestContext<'_>) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&[
        "customer",
        "customer_details[email]",
        "payment_intent",
        "status",
        "limit",
        "starting_after",
        "ending_before",
    ])?;
    expire_overdue(ctx);
    let email = params.text("customer_details[email]");
    let matches = |session: &CheckoutSession| {
        params
            .text("customer")
            .is_none_or(|id| session.customer.as_deref() == Some(id))
            && params
                .text("payment_intent")
                .is_none_or(|id| session.mode.intent() == Some(id))
            && params
                .text("status")
                .is_none_or(|status| session.status.as_str() == status)
            && email.is_none_or(|email| {
                let given = session
                    .customer_details
                    .as_ref()
                    .and_then(|details| details.email.as_deref());
                given.or(session.customer_email.as_deref()) == Some(email)
            })
    };
    let id_only = |session: &CheckoutSession| Value::from(session.id.as_str());
    let mut page =
        ctx.account()
            .checkout_sessions
            .page(params, "/v1/checkout/sessions", matches, id_only)?;
    for item in page
        .get_mut("data")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        if let Some(id) = item.as_str().map(str::to_owned) {
            *item = object_of(ctx, &id)?;
        }
    }
    Ok(page)
}

pub fn line_items(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    let params = ctx.params();
    params.allow(&["limit", "starting_after", "ending_before"])?;
    let mut items = Collection::default();
    // A collection lists the newest item first, but line items keep their order.
    for item in find(ctx, id)?.line_items.iter().rev() {
        items.put(&item.id, item.clone());
    }
    items.page(params, &items_url(id), |_| true, LineItem::to_json)
}

pub fn expire(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    ctx.params().allow(&[])?;
    expire_overdue(ctx);
    let status = find(ctx, id)?.status;
    if status != CheckoutStatus::Open {
        return Err(ApiError::invalid(&format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {}.",
            status.as_str()
        )));
    }
    expire_session(ctx, id);
    object_of(ctx, id)
}

/// Expires every session that is past `expires_at`. Called before sessions are read, so that they appear to expire on
/// time.
pub fn expire_overdue(ctx: &mut RequestContext<'_>) {
    let overdue: Vec<String> = ctx
        .account()
        .checkout_sessions
        .newest_first()
        .filter(|(_, session)| session.is_overdue(now()))
        .map(|(id, _)| id.to_owned())
        .collect();
    for id in overdue {
        expire_session(ctx, &id);
    }
}

/// Expires an open session and cancels its intent.
fn expire_session(ctx: &mut RequestContext<'_>, id: &str) {
    let Ok(session) = find(ctx, id) else {
        return;
    };
    session.status = CheckoutStatus::Expired;
    let path = match &session.mode {
        CheckoutMode::Setup { intent } => Some(format!("/v1/setup_intents/{intent}/cancel")),
        CheckoutMode::Payment { intent } => intent
            .as_ref()
            .map(|intent| format!("/v1/payment_intents/{intent}/cancel")),
    };
    if let Some(path) = path {
        // This fails when the merchant has cancelled the intent already.
        let _ = internal_call::post(ctx, &path, &[("cancellation_reason", "abandoned")]);
    }
    record_event(ctx, "checkout.session.expired", id);
}

/// Records an event about the session.
pub fn record_event(ctx: &mut RequestContext<'_>, kind: &str, id: &str) {
    let own = ctx.behaviour().version();
    if let Ok(object) = describe(ctx, id, own.as_str()) {
        ctx.record(kind, object);
    }
}

pub fn find<'d>(
    ctx: &'d mut RequestContext<'_>,
    id: &str,
) -> Result<&'d mut CheckoutSession, ApiError> {
    ctx.account()
        .checkout_sessions
        .get_mut(id)
        .ok_or_else(|| ApiError::resource_missing("checkout.session", id, "session"))
}

/// The JSON object of the session `id`, with its line items when `expand` names them.
pub fn object_of(ctx: &mut RequestContext<'_>, id: &str) -> Result<Value, ApiError> {
    expire_overdue(ctx);
    let with_items = ctx.params().list("expand").iter().any(|path| {
        path.strip_prefix("data.").unwrap_or(path).split('.').next() == Some("line_items")
    });
    let mut object = describe(ctx, id, ctx.version().as_str())?;
    if let (true, Some(members)) = (with_items, object.as_object_mut()) {
        let items = &find(ctx, id)?.line_items;
        let data: Vec<Value> = items
            .iter()
            .take(MAX_EXPANDED_LINE_ITEMS)
            .map(LineItem::to_json)
            .collect();
        let more = items.len() > data.len();
        let list =
            json!({ "object": "list", "data": data, "has_more": more, "url": items_url(id) });
        members.insert("line_items".to_owned(), list);
    }
    Ok(object)
}

fn describe(ctx: &mut RequestContext<'_>, id: &str, version: &str) -> Result<Value, ApiError> {
    let session = find(ctx, id)?.clone();
    let paid = match &session.mode {
        CheckoutMode::Payment {
            intent: Some(intent),
        } => payment_intents::find(ctx, intent)?.status == PaymentStatus::Succeeded,
        _ => false,
    };
    let email = session.customer.as_ref().and_then(|id| {
        let customer = ctx.account().customers.get(id)?;
        Some(customer.texts.get("email")?.as_str()?.to_owned())
    });
    let page = &ctx.origins().checkout;
    Ok(session.to_json(version, paid, email.as_deref(), page))
}

fn items_url(id: &str) -> String {
    format!("/v1/checkout/sessions/{id}/line_items")
}
