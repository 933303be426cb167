//! The webhooks of one account at Stripe: whether an endpoint leads here, and when the last event came.
//!
//! Called once for each account. It must never ask Stripe for an endpoint's secret, which only its creation shows.

use serde_json::Value;

use super::database::DatabaseFacts;
use super::gateway_call::GatewayClient;
use super::report::DoctorReport;
use crate::clock::{DAY, HOUR, MINUTE, Seconds, now};
use crate::config::{Account, ServerConfig};

/// What the server handles: see `docs/wallet-server.md`.
const EVENTS: [&str; 7] = [
    "payment_method.updated",
    "payment_method.automatically_updated",
    "payment_method.detached",
    "customer.deleted",
    "setup_intent.succeeded",
    "setup_intent.canceled",
    "setup_intent.setup_failed",
];

pub(super) async fn check(
    config: &ServerConfig,
    client: &GatewayClient,
    account: &Account,
    facts: &DatabaseFacts,
    report: &mut DoctorReport,
) {
    let name = format!("account {} webhooks", account.id);
    let path = format!("/webhooks/stripe/{}", account.id);
    if account.webhook_secrets.is_empty() {
        let detail = "no webhook_secrets are set, so that events are refused";
        let advice =
            format!("create an endpoint for {path} in Stripe's dashboard, and set its secret");
        report.warning(name, detail, &advice);
        return;
    }
    let listed = client
        .stripe_platform(account, "/v1/webhook_endpoints?limit=100")
        .await;
    let endpoints = match listed {
        Ok(response) if response.status == 200 => response.body,
        _ => {
            let advice = "let the key read webhook endpoints, or look at Stripe's dashboard";
            report.warning(name, "the key may not read the endpoints", advice);
            return;
        }
    };
    let all = endpoints.get("data").and_then(Value::as_array);
    let url_of = |one: &Value| one.get("url").and_then(Value::as_str).map(str::to_owned);
    let leads_here = |one: &&Value| url_of(one).is_some_and(|url| url.ends_with(&path));
    let Some(endpoint) = all.into_iter().flatten().find(leads_here) else {
        let advice = format!("create an endpoint with this server's address and {path}");
        report.warning(name, "Stripe has no endpoint that leads here", &advice);
        return;
    };
    let url = url_of(endpoint).unwrap_or_default();
    let age = facts.last_event(account.id).map(|at| now() - at);
    let last = age.map_or("no event arrived in the last 30 days".to_owned(), |age| {
        format!("the last event arrived {} ago", duration(age))
    });
    let missing = missing_events(endpoint);
    let own = config.public_url.as_ref().map(|own| format!("{own}{path}"));
    if endpoint.get("status").and_then(Value::as_str) != Some("enabled") {
        report.problem(
            name,
            format!("the endpoint {url} is disabled"),
            "enable it in Stripe's dashboard",
        );
    } else if !missing.is_empty() {
        let detail = format!("the endpoint {url} does not send {}", missing.join(", "));
        report.warning(name, detail, "select these events in Stripe's dashboard");
    } else if own.is_some_and(|own| own != url) {
        let detail = format!("the endpoint {url} is not at public_url; {last}");
        report.warning(
            name,
            detail,
            "make sure that this address leads to the server",
        );
    } else if age.is_none() && facts.can_be_read() {
        let advice = "send a test event, and look for its delivery in Stripe's dashboard";
        report.warning(
            name,
            format!("the endpoint {url} is enabled, and {last}"),
            advice,
        );
    } else {
        let last = if facts.can_be_read() {
            last
        } else {
            "the database was not read".to_owned()
        };
        report.ok(name, format!("the endpoint {url} is enabled; {last}"));
    }
}

/// The events that the server handles and the endpoint does not send.
fn missing_events(endpoint: &Value) -> Vec<&'static str> {
    let enabled = endpoint.get("enabled_events").and_then(Value::as_array);
    let enabled: Vec<&str> = enabled
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let sends = |event: &&str| enabled.contains(event) || enabled.contains(&"*");
    EVENTS.into_iter().filter(|event| !sends(event)).collect()
}

fn duration(age: Seconds) -> String {
    let (count, unit) = match age {
        ..MINUTE => (age.max(0), "second"),
        MINUTE..HOUR => (age / MINUTE, "minute"),
        HOUR..DAY => (age / HOUR, "hour"),
        _ => (age / DAY, "day"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_has_one_unit() {
        let all = [-1, 1, 59, 60, 7_199, 86_400, 30 * 86_400].map(duration);
        let words = [
            "0 seconds",
            "1 second",
            "59 seconds",
            "1 minute",
            "1 hour",
            "1 day",
            "30 days",
        ];
        assert_eq!(all, words);
    }
}
