//! `wallet-server account list`: one line for each account, or JSON.
//!
//! It must never print more of a key than its last four characters.

use clap::Args;
use serde_json::{Value, json};

use crate::commands::command_failure::CommandFailure;
use crate::config::{Account, Provider, ServerConfig, Settings};
use crate::secret::Secret;

/// The last characters of a key that tell it from others in Stripe's dashboard.
const SHOWN_CHARS: usize = 4;

/// Of a shorter key nothing is shown.
const MIN_KEY_CHARS: usize = 16;

/// The arguments of `account list`.
#[derive(Debug, Clone, Copy, Args)]
pub struct ListArguments {
    /// Print one JSON object, for programs.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: ListArguments, settings: Settings) -> Result<String, CommandFailure> {
    let config = ServerConfig::load(settings)?;
    let accounts: Vec<_> = config
        .accounts
        .iter()
        .map(|account| describe(&account))
        .collect();
    if arguments.json {
        return Ok(format!("{}\n", json!({"accounts": accounts})));
    }
    let columns = [
        "id",
        "system",
        "provider",
        "mode",
        "secret_key",
        "name",
        "parents",
    ];
    let mut rows = vec![columns.map(str::to_owned).to_vec()];
    let row = |account: &Value| columns.map(|column| cell(account.get(column))).to_vec();
    rows.extend(accounts.iter().map(row));
    Ok(table(&rows))
}

fn describe(account: &Account) -> Value {
    let provider = match account.provider {
        Provider::Stripe => "stripe",
        Provider::Braintree { .. } => "braintree",
    };
    let secrets = account.webhook_secrets.iter();
    json!({
        "id": account.id,
        "name": account.name,
        "system": account.system.kind().as_str(),
        "provider": provider,
        "mode": if account.livemode() { "live" } else { "test" },
        "gateway_account": account.gateway_account.as_ref().map(|connected| connected.as_str()),
        "publishable_key": end_of(account.publishable_key.as_str()),
        "secret_key": end_of(account.secret_key.reveal()),
        "webhook_secrets": secrets.map(|secret: &Secret| end_of(secret.reveal())).collect::<Vec<_>>(),
        "holds_key": account.holds_key.is_some(),
        "parents": account.parents.iter().map(|parent| parent.as_str()).collect::<Vec<_>>(),
    })
}

/// The last four characters of a key. Of a short one they would be too much.
fn end_of(key: &str) -> String {
    let count = key.chars().count();
    if count < MIN_KEY_CHARS {
        return "…".to_owned();
    }
    let end: String = key.chars().skip(count - SHOWN_CHARS).collect();
    format!("…{end}")
}

fn cell(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(all)) => {
            let texts: Vec<_> = all.iter().filter_map(Value::as_str).collect();
            texts.join(" ")
        }
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

fn table(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate();
        let cells = cells.map(|(column, cell)| format!("{cell:<0$}", width(column)));
        let line = cells.collect::<Vec<_>>().join("  ");
        format!("{}\n", line.trim_end())
    };
    rows.iter().map(line).collect()
}
