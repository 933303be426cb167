//! `/v1/checkout/sessions`, but for making one, which is `checkout_create.rs`.

use super::{Desk, inner, payment_intents};
use crate::error::ApiError;
use crate::object::checkout_session::{CheckoutStatus, Purpose};
use crate::object::payment_intent::PaymentStatus;
use crate::object::{CheckoutSession, LineItem, now};
use crate::shelf::Shelf;
use serde_json::{Value, json};

/// How many line items an expanded session holds; the rest is behind `/line_items`.
const ITEMS_SHOWN: usize = 10;

pub fn retrieve(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    show(desk, id)
}

pub fn list(desk: &mut Desk<'_>) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&[
        "customer",
        "customer_details[email]",
        "payment_intent",
        "status",
        "limit",
        "starting_after",
        "ending_before",
    ])?;
    end_overdue(desk);
    let email = params.text("customer_details[email]");
    let fits = |session: &CheckoutSession| {
        params
            .text("customer")
            .is_none_or(|id| session.customer.as_deref() == Some(id))
            && params
                .text("payment_intent")
                .is_none_or(|id| session.purpose.intent() == Some(id))
            && params
                .text("status")
                .is_none_or(|status| session.status.as_str() == status)
            && email.is_none_or(|email| {
                let told = session
                    .buyer
                    .as_ref()
                    .and_then(|buyer| buyer.email.as_deref());
                told.or(session.customer_email.as_deref()) == Some(email)
            })
    };
    let id_only = |session: &CheckoutSession| Value::from(session.id.as_str());
    let mut page = desk
        .account()
        .checkouts
        .page(params, "/v1/checkout/sessions", fits, id_only)?;
    for item in page
        .get_mut("data")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        if let Some(id) = item.as_str().map(str::to_owned) {
            *item = show(desk, &id)?;
        }
    }
    Ok(page)
}

pub fn line_items(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    let params = desk.params();
    params.allow(&["limit", "starting_after", "ending_before"])?;
    let mut items = Shelf::default();
    // Shelves list the newest first, line items the first.
    for item in known(desk, id)?.items.iter().rev() {
        items.put(&item.id, item.clone());
    }
    items.page(params, &items_url(id), |_| true, LineItem::to_json)
}

pub fn expire(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    desk.params().allow(&[])?;
    end_overdue(desk);
    let status = known(desk, id)?.status;
    if status != CheckoutStatus::Open {
        return Err(ApiError::invalid(&format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {}.",
            status.as_str()
        )));
    }
    end(desk, id);
    show(desk, id)
}

/// Expires every session whose time is over. Asked before anything is told about sessions: nobody can
/// see that it did not happen by itself.
pub fn end_overdue(desk: &mut Desk<'_>) {
    let overdue: Vec<String> = desk
        .account()
        .checkouts
        .newest_first()
        .filter(|(_, session)| session.is_overdue(now()))
        .map(|(id, _)| id.to_owned())
        .collect();
    for id in overdue {
        end(desk, &id);
    }
}

/// Expires an open session; its intent, which nobody can confirm any more, is cancelled.
fn end(desk: &mut Desk<'_>, id: &str) {
    let Ok(session) = known(desk, id) else {
        return;
    };
    session.status = CheckoutStatus::Expired;
    let path = match &session.purpose {
        Purpose::Setup { intent } => Some(format!("/v1/setup_intents/{intent}/cancel")),
        Purpose::Payment { intent } => intent
            .as_ref()
            .map(|intent| format!("/v1/payment_intents/{intent}/cancel")),
    };
    if let Some(path) = path {
        // An intent that cannot be cancelled has been by its merchant.
        let _ = inner::post(desk, &path, &[("cancellation_reason", "abandoned")]);
    }
    announce(desk, "checkout.session.expired", id);
}

/// Records an event about the session.
pub fn announce(desk: &mut Desk<'_>, kind: &str, id: &str) {
    let own = desk.switches().version();
    if let Ok(object) = describe(desk, id, own.as_str()) {
        desk.record(kind, object);
    }
}

pub fn known<'d>(desk: &'d mut Desk<'_>, id: &str) -> Result<&'d mut CheckoutSession, ApiError> {
    desk.account()
        .checkouts
        .get_mut(id)
        .ok_or_else(|| ApiError::missing("checkout.session", id, "session"))
}

/// The session `id` as a server sees it, with its line items when the call asks to expand them.
pub fn show(desk: &mut Desk<'_>, id: &str) -> Result<Value, ApiError> {
    end_overdue(desk);
    let with_items = desk.params().list("expand").iter().any(|path| {
        path.strip_prefix("data.").unwrap_or(path).split('.').next() == Some("line_items")
    });
    let mut shown = describe(desk, id, desk.version().as_str())?;
    if let (true, Some(members)) = (with_items, shown.as_object_mut()) {
        let items = &known(desk, id)?.items;
        let data: Vec<Value> = items
            .iter()
            .take(ITEMS_SHOWN)
            .map(LineItem::to_json)
            .collect();
        let more = items.len() > data.len();
        let list =
            json!({ "object": "list", "data": data, "has_more": more, "url": items_url(id) });
        members.insert("line_items".to_owned(), list);
    }
    Ok(shown)
}

fn describe(desk: &mut Desk<'_>, id: &str, version: &str) -> Result<Value, ApiError> {
    let session = known(desk, id)?.clone();
    let paid = match &session.purpose {
        Purpose::Payment {
            intent: Some(intent),
        } => payment_intents::known(desk, intent)?.status == PaymentStatus::Succeeded,
        _ => false,
    };
    let email = session.customer.as_ref().and_then(|id| {
        let customer = desk.account().customers.get(id)?;
        Some(customer.texts.get("email")?.as_str()?.to_owned())
    });
    let page = &desk.origins().checkout;
    Ok(session.to_json(version, paid, email.as_deref(), page))
}

fn items_url(id: &str) -> String {
    format!("/v1/checkout/sessions/{id}/line_items")
}
