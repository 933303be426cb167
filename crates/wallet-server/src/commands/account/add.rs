//! `wallet-server account add`: writes a new `[[accounts]]` table to the end of the accounts.
//!
//! It must never take a secret from an argument, and never write what the server would refuse.

use std::path::{Path, PathBuf};

use clap::Args;
use toml_edit::{Array, Item, Table, Value, value};

use super::secret_setting::{check_name, holds_secret, is_secret_name, set, to_item};
use crate::commands::command_failure::CommandFailure;
use crate::commands::secret_input::read_secret;
use crate::commands::settings_document::SettingsDocument;
use crate::config::Settings;

/// The arguments of `account add`.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// The number of the account, to MyTime also the company's. It can never be changed.
    #[arg(long, value_name = "N")]
    id: i64,

    /// The wallet system: mytime, mikrocloud, quilt, ticket_evolution or bokamera.
    #[arg(long, default_value = "mytime")]
    system: String,

    /// The name that people read.
    #[arg(long)]
    name: String,

    /// The ISO 4217 code, such as usd.
    #[arg(long)]
    currency: String,

    /// The ISO 3166 code, such as US.
    #[arg(long)]
    country: String,

    /// Stripe's publishable key, pk_test_… or pk_live_…. For Braintree: --set braintree.tokenization_key=….
    #[arg(long, value_name = "KEY")]
    publishable_key: Option<String>,

    /// The id of a connected account, acct_….
    #[arg(long, value_name = "ID")]
    gateway_account: Option<String>,

    /// The exact origin of a page that may embed the form and call the API. Repeat it for each page.
    #[arg(long = "parent", value_name = "ORIGIN", required = true)]
    parents: Vec<String>,

    /// The exact origin of a page that embeds one of those. Repeat it for each page.
    #[arg(long = "ancestor", value_name = "ORIGIN")]
    ancestors: Vec<String>,

    /// A secret and the file that holds it, such as secret_key=/run/keys/stripe; - is the standard input.
    #[arg(long = "secret-file", value_name = "SETTING=FILE")]
    secret_files: Vec<String>,

    /// A secret and the variable of the server's environment that holds it, such as secret_key=STRIPE_SECRET_KEY.
    #[arg(long = "secret-env", value_name = "SETTING=VARIABLE")]
    secret_variables: Vec<String>,

    /// Another setting of the account, as docs/wallet-server.md names it, such as quilt.external_account_id=roasters or
    /// accept.brands=["visa"]. A value that is no TOML is a text.
    #[arg(long = "set", value_name = "SETTING=VALUE")]
    others: Vec<String>,
}

pub(super) fn run(arguments: AddArguments, settings: Settings) -> Result<String, CommandFailure> {
    let id = arguments.id;
    let mut document = SettingsDocument::open(settings)?;
    document.accounts()?.push(table_of(arguments)?);
    let (path, _) = document.save()?;
    let path = path.display();
    Ok(format!(
        "account {id} was added to {path}; send the server SIGHUP, or restart it\n"
    ))
}

fn table_of(arguments: AddArguments) -> Result<Table, CommandFailure> {
    let mut table = Table::new();
    let list = |all: Vec<String>| value(all.into_iter().collect::<Array>());
    table.insert("id", value(arguments.id));
    table.insert("system", value(arguments.system));
    table.insert("name", value(arguments.name));
    table.insert("currency", value(arguments.currency));
    table.insert("country", value(arguments.country));
    if let Some(key) = arguments.publishable_key {
        table.insert("publishable_key", value(key));
    }
    if let Some(connected) = arguments.gateway_account {
        table.insert("gateway_account", value(connected));
    }
    table.insert("parents", list(arguments.parents));
    if !arguments.ancestors.is_empty() {
        table.insert("ancestors", list(arguments.ancestors));
    }
    for pair in &arguments.secret_variables {
        let (name, variable) = split(pair)?;
        check_name(name)?;
        set(&mut table, &format!("{name}_env"), value(variable))?;
    }
    for pair in &arguments.secret_files {
        let (name, file) = split(pair)?;
        check_name(name)?;
        let file: PathBuf = file.into();
        let secret = read_secret(Some(Path::new(&file)))?;
        set(&mut table, name, to_item(name, &secret))?;
    }
    for pair in &arguments.others {
        let (name, text) = split(pair)?;
        let parsed = text.parse::<Value>().unwrap_or_else(|_| Value::from(text));
        let last = name.rsplit('.').next().unwrap_or(name);
        if is_secret_name(last) || holds_secret(&parsed) {
            let problem = format!(
                "`{name}` holds a secret, which other users would see in an argument; use --secret-file or --secret-env"
            );
            return Err(CommandFailure::Argument(problem));
        }
        set(&mut table, name, Item::Value(parsed))?;
    }
    Ok(table)
}

fn split(pair: &str) -> Result<(&str, &str), CommandFailure> {
    let parts = pair.split_once('=').filter(|(name, _)| !name.is_empty());
    // The argument is not quoted: it may be a secret in the wrong place.
    parts.ok_or_else(|| {
        CommandFailure::Argument(
            "write --set, --secret-file and --secret-env as SETTING=VALUE".to_owned(),
        )
    })
}
