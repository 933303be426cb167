//! One account at Braintree: whether its pair of keys is accepted.
//!
//! Called once for each account. Braintree answers GraphQL with 200, errors too: see
//! <https://developer.paypal.com/braintree/graphql/guides/making_api_calls/>.

use serde_json::Value;

use super::clock::GatewayClock;
use super::gateway_call::GatewayClient;
use super::report::DoctorReport;
use crate::config::Account;

pub(super) async fn check(
    client: &GatewayClient,
    account: &Account,
    clock: &mut GatewayClock,
    report: &mut DoctorReport,
) {
    let name = format!("account {} gateway", account.id);
    let response = match client.braintree_ping(account).await {
        Ok(response) => response,
        Err(error) => {
            let advice = "check braintree_url, the name service and the firewall of this machine";
            report.problem(
                name,
                format!("Braintree cannot be reached: {error}"),
                advice,
            );
            return;
        }
    };
    clock.observe(response.clock_ahead);
    let mode = if account.livemode() {
        "production"
    } else {
        "sandbox"
    };
    let class = response.body.pointer("/errors/0/extensions/errorClass");
    match (response.status, class.and_then(Value::as_str)) {
        (200, None) if response.body.pointer("/data/ping").is_some() => {
            report.ok(name, format!("Braintree accepts the keys, in {mode}"));
        }
        (401, _) | (_, Some("AUTHENTICATION" | "AUTHORIZATION")) => {
            let advice = "give public_key and private_key of one merchant, and the braintree_url of their mode";
            report.problem(name, "Braintree refuses the keys", advice);
        }
        (429 | 500.., _) | (_, Some("INTERNAL" | "SERVICE_AVAILABILITY" | "RESOURCE_LIMIT")) => {
            let advice = "run the doctor again in some minutes; see https://status.paypal.com";
            report.warning(name, "Braintree has a failure of its own", advice);
        }
        (status, class) => {
            let detail = format!(
                "Braintree answers status {status} {}",
                class.unwrap_or_default()
            );
            report.problem(
                name,
                detail,
                "check that braintree_url is Braintree's GraphQL",
            );
        }
    }
}
