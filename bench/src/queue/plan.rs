//! The gateway calls of one saved card, in their order. Used by the simulation. The test `gateway_calls` compares them
//! with the calls that the sandbox receives: they must never differ.

/// One call of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedCall {
    /// Which endpoint it calls: an index below [`ENDPOINTS`].
    pub endpoint: usize,
    /// The time since the end of the call before.
    pub pause_micros: u64,
    /// Whether the wallet server makes it. The others are the browser's own.
    pub by_server: bool,
}

/// The number of different endpoints.
pub const ENDPOINTS: usize = 6;

/// An assumption: how long the gateway takes to answer a call.
pub const ANSWER_MICROS: u64 = 300_000;

/// An assumption: how long a person types the card. It moves the save away from its own begin.
const TYPING_MICROS: u64 = 30_000_000;

/// A card saved by an owner without a customer: the most calls that a save has without a challenge.
pub const NEW_OWNER: &[PlannedCall] = &[
    by_server(0, 0),
    by_server(1, 0),
    by_browser(2, TYPING_MICROS),
    by_browser(3, 0),
    by_server(4, 0),
    by_server(5, 0),
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

const fn by_server(endpoint: usize, pause_micros: u64) -> PlannedCall {
    PlannedCall {
        endpoint,
        pause_micros,
        by_server: true,
    }
}

const fn by_browser(endpoint: usize, pause_micros: u64) -> PlannedCall {
    PlannedCall {
        endpoint,
        pause_micros,
        by_server: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_has_each_call_once() {
        let by_server = BEGIN_CALLS.len() + SAVE_CALLS.len();
        assert_eq!(NEW_OWNER.len(), by_server + BROWSER_CALLS.len());
        assert_eq!(
            NEW_OWNER.iter().filter(|call| call.by_server).count(),
            by_server
        );
        let endpoints: Vec<usize> = NEW_OWNER.iter().map(|call| call.endpoint).collect();
        assert_eq!(endpoints, Vec::from_iter(0..ENDPOINTS));
    }
}
