//! An event: its type, and the object at that moment. Created by [`crate::state::Accounts::record`], retrieved through
//! `/v1/events`, sent to webhook endpoints. An event must never change.

use serde_json::{Value, json};

/// The API call that caused an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRequest {
    /// `req_…`; `None` when a person on the bank's page, or the clock, caused the event.
    pub id: Option<String>,
    pub idempotency_key: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Event {
    pub id: String,
    pub created: i64,
    pub kind: String,
    /// The object as a server saw it at that moment.
    pub object: Value,
    /// For `….updated`: the previous values of the members that changed.
    pub previous: Option<Value>,
    /// The connected account, if it is an event of one.
    pub account: Option<String>,
    /// The API version of `object`.
    pub api_version: String,
    pub request: EventRequest,
}

impl Event {
    /// The JSON object. `pending` is the number of endpoints that have not accepted it yet.
    #[must_use]
    pub fn to_json(&self, pending: usize) -> Value {
        let mut data = json!({ "object": self.object });
        if let (Some(previous), Some(members)) = (&self.previous, data.as_object_mut()) {
            members.insert("previous_attributes".to_owned(), previous.clone());
        }
        let mut object = json!({
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
        if let (Some(account), Some(members)) = (&self.account, object.as_object_mut()) {
            members.insert("account".to_owned(), account.as_str().into());
        }
        object
    }
}

/// The members of `before` whose values differ in `after`.
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
