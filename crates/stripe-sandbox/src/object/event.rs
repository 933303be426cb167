//! An event: what happened, and the object as it then stood. Made by [`crate::state::Accounts::record`],
//! read through `/v1/events`, sent to webhook endpoints.

use serde_json::{Value, json};

/// The call that brought an event about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRequest {
    /// `req_…`; none when no call did it, but a person at the bank's page or the clock.
    pub id: Option<String>,
    pub idempotency_key: Option<String>,
}

/// One event. It never changes.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: String,
    pub created: i64,
    pub kind: String,
    /// The object as a server saw it at that moment.
    pub object: Value,
    /// With `….updated`: the members that changed, as they were.
    pub previous: Option<Value>,
    /// The connected account it happened on.
    pub account: Option<String>,
    /// The version `object` is shaped for.
    pub api_version: String,
    pub request: EventRequest,
}

impl Event {
    /// As a server sees it, with `pending` endpoints that have not taken it yet.
    #[must_use]
    pub fn to_json(&self, pending: usize) -> Value {
        let mut data = json!({ "object": self.object });
        if let (Some(previous), Some(members)) = (&self.previous, data.as_object_mut()) {
            members.insert("previous_attributes".to_owned(), previous.clone());
        }
        let mut shown = json!({
            "id": self.id,
            "object": "event",
            "api_version": self.api_version,
            "created": self.created,
            "data": data,
            "livemode": false,
            "pending_webhooks": pending,
            "request": { "id": self.request.id, "idempotency_key": self.request.idempotency_key },
            "type": self.kind,
        });
        if let (Some(account), Some(members)) = (&self.account, shown.as_object_mut()) {
            members.insert("account".to_owned(), account.as_str().into());
        }
        shown
    }
}

/// The members in which `after` differs from `before`, as they were.
#[must_use]
pub fn changes(before: &Value, after: &Value) -> Value {
    let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else {
        return json!({});
    };
    before
        .iter()
        .filter(|(name, was)| after.get(*name) != Some(was))
        .map(|(name, was)| match after.get(name) {
            Some(now) if was.is_object() && now.is_object() => (name.clone(), changes(was, now)),
            _ => (name.clone(), was.clone()),
        })
        .collect()
}
