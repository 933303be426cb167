//! The metrics of calls to one gateway: how many, how they ended, and how long they took.
//!
//! Called by the HTTP clients, once for a call with all of its attempts. An operation must never contain an id.

use std::time::Duration;

use prometheus::Registry;

use super::GatewayError;
use crate::monitor::{Counter, Durations, MetricName};

/// The words of Stripe's paths. Every other part is an id.
const PATH_WORDS: [&str; 15] = [
    "v1",
    "customers",
    "payment_methods",
    "setup_intents",
    "payment_intents",
    "checkout",
    "sessions",
    "terminal",
    "connection_tokens",
    "confirm",
    "cancel",
    "detach",
    "attach",
    "capture",
    "expire",
];

#[derive(Debug, Clone)]
pub(crate) struct GatewayMetrics {
    calls: Counter,
    durations: Durations,
}

impl GatewayMetrics {
    /// The metrics of a gateway: `stripe` or `braintree`.
    pub fn new(provider: &'static str) -> Self {
        let name = |name, help| MetricName {
            constant: Some(("provider", provider)),
            ..MetricName::new(name, help)
        };
        Self {
            calls: Counter::new(
                name(
                    "card_entry_gateway_calls_total",
                    "Calls to a gateway, all attempts of one call counted once.",
                ),
                &["operation", "outcome"],
            ),
            durations: Durations::new(
                name(
                    "card_entry_gateway_call_duration_seconds",
                    "The time of a call to a gateway with all of its attempts.",
                ),
                &["operation"],
            ),
        }
    }

    pub fn count<T>(&self, operation: &str, result: &Result<T, GatewayError>, duration: Duration) {
        let outcome = match result {
            Ok(_) => "ok",
            Err(GatewayError::Declined(_)) => "declined",
            Err(error) if error.is_indeterminate() => "indeterminate",
            Err(GatewayError::Internal(_)) => "internal",
            Err(_) => "refused",
        };
        self.calls.increment(&[operation, outcome]);
        self.durations.observe(&[operation], duration);
    }

    pub fn register(&self, registry: &Registry) {
        self.calls.register(registry);
        self.durations.register(registry);
    }
}

/// The operation of a call to Stripe: the method, and the path with `{id}` for each id and without the query.
pub(super) fn stripe_operation(method: &str, path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let parts = path.split('/').map(|part| match part {
        "" => "",
        word if PATH_WORDS.contains(&word) => word,
        _ => "{id}",
    });
    format!("{method} {}", parts.collect::<Vec<_>>().join("/"))
}

/// The operation of a GraphQL document: its first field, such as `vaultCreditCard`.
pub(super) fn graphql_operation(document: &'static str) -> &'static str {
    let fields = document.split_once('{').map_or("", |(_, fields)| fields);
    let fields = fields.trim_start();
    let end = fields.find(|c: char| !c.is_ascii_alphanumeric());
    fields
        .get(..end.unwrap_or(fields.len()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_has_no_id() {
        for (path, operation) in [
            ("/v1/setup_intents", "GET /v1/setup_intents"),
            (
                "/v1/setup_intents/seti_1/confirm",
                "GET /v1/setup_intents/{id}/confirm",
            ),
            (
                "/v1/payment_methods?customer=cus_1&limit=100",
                "GET /v1/payment_methods",
            ),
            (
                "/v1/checkout/sessions/cs_test_1/expire",
                "GET /v1/checkout/sessions/{id}/expire",
            ),
        ] {
            assert_eq!(stripe_operation("GET", path), operation);
        }
        let document = "mutation($input: CreateCustomerInput) { createCustomer(input: $input) { customer { id } } }";
        assert_eq!(graphql_operation(document), "createCustomer");
    }
}
