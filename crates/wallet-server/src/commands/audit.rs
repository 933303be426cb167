//! The command `audit`: prints events of the audit trail, newest last.
//!
//! Run by the operator, while the server runs or not. It must never print an address of a network: only its fingerprint is
//! stored.

use clap::Args;
use serde_json::json;
use wallet_store::audit_events::{self, AuditEvent, AuditFilter};
use wallet_store::owners::OwnerId;

use super::opened_store::{OpenedStore, StoreCommandError};
use crate::clock::{self, Seconds, rfc3339};
use crate::config::Settings;

/// How many hexadecimal digits of a network's fingerprint a line shows: enough to see that two are the same.
const SHOWN_NETWORK_DIGITS: usize = 12;

/// The arguments of `audit`.
#[derive(Debug, Clone, Args)]
pub struct AuditArguments {
    /// Only the events of this account.
    #[arg(long, value_name = "ID")]
    account: Option<i64>,
    /// Only the events of the person with this number.
    #[arg(long, value_name = "ID")]
    owner: Option<i64>,
    /// Only events from this time on, such as 2026-11-24T10:00:00Z.
    #[arg(long, value_name = "RFC3339", value_parser = parse_time)]
    since: Option<Seconds>,
    /// At most so many events: the newest ones.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,
    /// Print one JSON object a line, for programs.
    #[arg(long)]
    json: bool,
}

fn parse_time(text: &str) -> Result<Seconds, String> {
    let time = clock::parse(text).map(|time| time.unix_timestamp());
    time.ok_or_else(|| "is not a time such as 2026-11-24T10:00:00Z".to_owned())
}

impl AuditArguments {
    /// The events as text, one a line.
    pub(super) async fn run(self, settings: Settings) -> Result<String, StoreCommandError> {
        let opened = OpenedStore::open(settings).await?;
        let filter = AuditFilter {
            account_id: self.account,
            owner: self.owner.map(OwnerId),
            since: self.since,
            limit: self.limit,
        };
        let events = audit_events::list(opened.store.pool(), &filter).await;
        opened.store.close().await;
        let line = if self.json { json_line } else { text_line };
        Ok(events?.iter().map(line).collect())
    }
}

fn network(event: &AuditEvent) -> Option<String> {
    let bytes = event.client_network.as_ref()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn json_line(event: &AuditEvent) -> String {
    let event = json!({
        "at": rfc3339(event.created_at), "account": event.account_id, "owner": event.owner_id,
        "action": event.action.as_str(), "reason": event.reason(), "actor": event.actor.as_str(),
        "card": event.card_id, "last4": event.last4, "request_id": event.request_id, "network": network(event),
    });
    format!("{event}\n")
}

fn text_line(event: &AuditEvent) -> String {
    let mut line = format!(
        "{} {} by {} account={}",
        rfc3339(event.created_at),
        event.action.as_str(),
        event.actor.as_str(),
        event.account_id
    );
    let network = network(event).map(|hex| hex.chars().take(SHOWN_NETWORK_DIGITS).collect());
    let members: [(&str, Option<String>); 6] = [
        ("owner", event.owner_id.map(|id| id.to_string())),
        ("reason", event.reason().map(str::to_owned)),
        ("card", event.card_id.map(|id| id.to_string())),
        ("last4", event.last4.clone()),
        ("request", event.request_id.clone()),
        ("network", network),
    ];
    for (name, value) in members {
        if let Some(value) = value {
            line.push_str(&format!(" {name}={value}"));
        }
    }
    line.push('\n');
    line
}
