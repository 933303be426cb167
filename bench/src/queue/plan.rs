//! The gateway calls of one saved card, in their order. Used by the simulation. The test `gateway_calls` compares those of
//! the requests with the calls that the sandbox receives: they must never differ.

/// One call of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedCall {
    /// Which endpoint it calls: an index below [`ENDPOINTS`].
    pub endpoint: usize,
    /// The time since the end of the call before.
    pub pause_micros: u64,
    /// Whether a request to the wallet server waits for it. The others use the limits all the same.
    pub in_request: bool,
}

/// The number of different endpoints.
pub const ENDPOINTS: usize = 6;

/// An assumption: how long the gateway takes to answer a call.
pub const ANSWER_MICROS: u64 = 300_000;

/// An assumption: how long a person types the card. It moves the save away from its own begin.
const TYPING_MICROS: u64 = 30_000_000;

/// An assumption: when the webhook event of the confirmed intent arrives, after the save.
const WEBHOOK_MICROS: u64 = 1_000_000;

/// The index of `GET /v1/setup_intents/…`, which the save and the webhook event call.
const READ_INTENT: usize = 5;

/// A card saved by an owner without a customer, at an account with a webhook endpoint.
pub const NEW_OWNER: &[PlannedCall] = &[
    in_request(0),
    in_request(1),
    outside(2, TYPING_MICROS),
    outside(3, 0),
    in_request(4),
    in_request(READ_INTENT),
    outside(READ_INTENT, WEBHOOK_MICROS),
];

/// The calls of the wallet server that create the intent: method and path, with `*` for an id.
pub const BEGIN_CALLS: &[(&str, &str)] =
    &[("POST", "/v1/customers"), ("POST", "/v1/setup_intents")];

/// The calls of the browser between both requests.
pub const BROWSER_CALLS: &[(&str, &str)] = &[
    ("POST", "/v1/payment_methods"),
    ("POST", "/v1/setup_intents/*/confirm"),
];

/// The calls of the wallet server that save the card.
pub const SAVE_CALLS: &[(&str, &str)] = &[
    ("GET", "/v1/payment_methods/*"),
    ("GET", "/v1/setup_intents/*"),
];

/// The call of the wallet server when it receives `setup_intent.succeeded`: it believes no event without reading.
pub const WEBHOOK_CALLS: &[(&str, &str)] = &[("GET", "/v1/setup_intents/*")];

const fn in_request(endpoint: usize) -> PlannedCall {
    PlannedCall {
        endpoint,
        pause_micros: 0,
        in_request: true,
    }
}

const fn outside(endpoint: usize, pause_micros: u64) -> PlannedCall {
    PlannedCall {
        endpoint,
        pause_micros,
        in_request: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_has_every_call() {
        let in_requests = BEGIN_CALLS.len() + SAVE_CALLS.len();
        let all = in_requests + BROWSER_CALLS.len() + WEBHOOK_CALLS.len();
        assert_eq!(NEW_OWNER.len(), all);
        assert_eq!(
            NEW_OWNER.iter().filter(|call| call.in_request).count(),
            in_requests
        );
        let endpoints: Vec<usize> = NEW_OWNER.iter().map(|call| call.endpoint).collect();
        assert_eq!(endpoints, [0, 1, 2, 3, 4, READ_INTENT, READ_INTENT]);
        assert_eq!(SAVE_CALLS.last(), WEBHOOK_CALLS.last());
    }
}
