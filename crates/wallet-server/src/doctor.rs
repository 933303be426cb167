//! `wallet-server doctor`: checks what the server needs, from the settings to the page as browsers get it.
//!
//! Called by the command, while the server runs or not. It reads only: the calls at the gateway name objects that cannot
//! exist. It must never print a secret, and never change anything.

mod braintree;
mod clock;
mod database;
mod differences;
mod form;
mod gateway_call;
mod outside;
mod reconcile;
mod report;
mod stripe;
mod webhooks;

use crate::config::{Provider, ServerConfig, Settings};
use clock::GatewayClock;
use database::DatabaseFacts;
use gateway_call::GatewayClient;

pub use report::{CheckResult, CheckStatus, DoctorReport};

/// Whether the wallets are compared with the gateway, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reconcile {
    /// They are not.
    Skip,
    /// They are compared, and nothing is changed.
    Compare,
    /// They are compared, and what can be repaired is.
    Repair,
}

/// Runs all checks. Settings that cannot be used end them, because nothing else can be known then.
pub async fn examine(settings: Settings, reconcile: Reconcile) -> DoctorReport {
    let mut report = DoctorReport::default();
    let config = match ServerConfig::load(settings) {
        Ok(config) => config,
        Err(error) => {
            let advice = "correct the setting; the other checks need it";
            report.problem("settings", error.to_string(), advice);
            return report;
        }
    };
    let accounts = config.accounts.iter().count();
    let count = match accounts {
        1 => "1 account".to_owned(),
        more => format!("{more} accounts"),
    };
    report.ok("settings", format!("valid, with {count}"));
    for warning in &config.warnings {
        report.warning("settings", warning.to_string(), "");
    }
    let facts = database::check(&config, &mut report).await;
    check_accounts(&config, &facts, &mut report).await;
    form::check(&config, &mut report);
    outside::check(&config, &mut report).await;
    if reconcile != Reconcile::Skip && facts.can_be_read() {
        reconcile::check(&config, reconcile, &mut report).await;
    }
    report
}

async fn check_accounts(config: &ServerConfig, facts: &DatabaseFacts, report: &mut DoctorReport) {
    let client = match GatewayClient::new(config) {
        Ok(client) => client,
        Err(error) => {
            let advice = "check the certificates of this machine";
            report.problem("gateway", error.to_string(), advice);
            return;
        }
    };
    let mut clock = GatewayClock::default();
    for account in config.accounts.iter() {
        match account.provider {
            Provider::Stripe => {
                if stripe::check(&client, &account, &mut clock, report).await {
                    webhooks::check(config, &client, &account, facts, report).await;
                }
            }
            Provider::Braintree { .. } => {
                braintree::check(&client, &account, &mut clock, report).await;
            }
        }
    }
    clock.report(report);
}
