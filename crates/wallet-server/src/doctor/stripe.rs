//! One account at Stripe: whether its key is accepted, is of its mode, and may do what the server does.
//!
//! Called once for each account. The calls that would write name an object that cannot exist, so that Stripe answers 404
//! when the key may write, and 403 when it may not: see <https://docs.stripe.com/keys/restricted-api-keys>.

use reqwest::Method;
use serde_json::Value;

use super::clock::GatewayClock;
use super::gateway_call::{GatewayClient, GatewayResponse};
use super::report::DoctorReport;
use crate::config::{Account, WalletSystem};

/// What every wallet needs, as Stripe's dashboard names it, with a call that needs it.
const PERMISSIONS: [(&str, &str); 3] = [
    ("Customers: write", "/v1/customers/cus_cardentrydoctor"),
    (
        "SetupIntents: write",
        "/v1/setup_intents/seti_cardentrydoctor/cancel",
    ),
    (
        "PaymentMethods: write",
        "/v1/payment_methods/pm_cardentrydoctor/detach",
    ),
];
const PAYMENTS: (&str, &str) = (
    "PaymentIntents: write",
    "/v1/payment_intents/pi_cardentrydoctor/cancel",
);
const CHECKOUTS: (&str, &str) = (
    "Checkout Sessions: write",
    "/v1/checkout/sessions/cs_test_cardentrydoctor/expire",
);

/// Checks the account, and returns whether its key was accepted.
pub(super) async fn check(
    client: &GatewayClient,
    account: &Account,
    clock: &mut GatewayClock,
    report: &mut DoctorReport,
) -> bool {
    let name = format!("account {} gateway", account.id);
    let first = client
        .stripe(account, Method::GET, "/v1/setup_intents?limit=1")
        .await;
    let response = match first {
        Ok(response) => response,
        Err(error) => {
            let advice = "check gateway_url, the name service and the firewall of this machine";
            report.problem(name, format!("Stripe cannot be reached: {error}"), advice);
            return false;
        }
    };
    clock.observe(response.clock_ahead);
    if !key_is_accepted(&name, &response, report) {
        return false;
    }
    let missing = missing_permissions(client, account).await;
    let mode = if account.livemode() { "live" } else { "test" };
    if is_of_other_mode(&response, account) {
        let advice = "give the keys of the mode that you mean; nothing is read across modes";
        report.problem(&name, format!("the key is not a {mode} key"), advice);
    } else if missing.is_empty() {
        report.ok(&name, format!("Stripe accepts the key, in {mode} mode"));
    } else {
        let advice = "give the restricted key these permissions in Stripe's dashboard";
        let detail = format!("the key lacks permissions: {}", missing.join(", "));
        report.problem(&name, detail, advice);
    }
    check_charges(client, account, report).await;
    true
}

fn key_is_accepted(name: &str, response: &GatewayResponse, report: &mut DoctorReport) -> bool {
    let code = response.error_code();
    match response.status {
        200 => return true,
        401 => {
            let advice = "give a valid secret_key (wallet-server account rotate)";
            report.problem(
                name,
                "Stripe refuses the key: it is wrong, expired or revoked",
                advice,
            );
        }
        403 => {
            let advice = "give the key the permission SetupIntents: write; with gateway_account, connect that account to the platform";
            report.problem(
                name,
                format!("the key may not read setup intents {code}"),
                advice,
            );
        }
        429 | 500.. => {
            let advice = "run the doctor again in some minutes; see https://status.stripe.com";
            report.warning(
                name,
                format!("Stripe answers status {}", response.status),
                advice,
            );
        }
        status => {
            let advice = "check that gateway_url is Stripe's API";
            report.problem(
                name,
                format!("Stripe answers status {status} {code}"),
                advice,
            );
        }
    }
    false
}

/// Whether an object that the key reads is of the other mode. Without an object the key's own prefix was compared already.
fn is_of_other_mode(response: &GatewayResponse, account: &Account) -> bool {
    let livemode = response.body.pointer("/data/0/livemode");
    livemode
        .and_then(Value::as_bool)
        .is_some_and(|live| live != account.livemode())
}

async fn missing_permissions(client: &GatewayClient, account: &Account) -> Vec<&'static str> {
    let more = match account.system.kind() {
        WalletSystem::Quilt => Some(PAYMENTS),
        WalletSystem::BokaMera => Some(CHECKOUTS),
        WalletSystem::MyTime | WalletSystem::MikroCloud | WalletSystem::TicketEvolution => None,
    };
    let mut missing = Vec::new();
    for (permission, path) in PERMISSIONS.into_iter().chain(more) {
        let response = client.stripe(account, Method::POST, path).await;
        if response.is_ok_and(|response| response.status == 403) {
            missing.push(permission);
        }
    }
    missing
}

/// Reads whether the account can take payments. A restricted key may be unable to; that is no finding.
async fn check_charges(client: &GatewayClient, account: &Account, report: &mut DoctorReport) {
    let path = match &account.gateway_account {
        Some(connected) => format!("/v1/accounts/{}", connected.as_str()),
        None => "/v1/account".to_owned(),
    };
    let Ok(response) = client.stripe_platform(account, &path).await else {
        return;
    };
    let enabled = response
        .body
        .get("charges_enabled")
        .and_then(Value::as_bool);
    if enabled == Some(false) {
        let name = format!("account {} charges", account.id);
        let advice = "complete the account in Stripe's dashboard";
        report.warning(
            name,
            "Stripe does not let this account take payments yet",
            advice,
        );
    }
}
