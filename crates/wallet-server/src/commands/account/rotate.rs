//! `wallet-server account rotate`: replaces one secret of an account in the settings file.
//!
//! It must never drop an old secret by itself where two may be valid at a time: requests that were signed with it are on
//! their way.

use std::path::PathBuf;

use clap::Args;
use toml_edit::{Array, ArrayOfTables, Item, Table, value};

use super::secret_setting::{check_name, set, to_item};
use crate::commands::command_failure::CommandFailure;
use crate::commands::secret_input::read_secret;
use crate::commands::settings_document::SettingsDocument;
use crate::config::Settings;
use crate::secret::Secret;

const TOKEN_KEYS: &str = "mikrocloud.keys";
const WEBHOOKS: &str = "webhook_secrets";

/// The arguments of `account rotate`.
#[derive(Debug, Args)]
pub struct RotateArguments {
    /// The number of the account.
    id: i64,

    /// What to replace: secret_key, holds_key, webhook_secrets, quilt.key, bokamera.api_key, ticket_evolution.secret,
    /// braintree.private_key or mikrocloud.keys.
    setting: String,

    /// The file that holds the new secret; without it, or with -, the standard input.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,

    /// Where several are valid at a time: keep the newest alone, and read no new one.
    #[arg(long, conflicts_with = "file")]
    drop_old: bool,

    /// For braintree.private_key: the public key of the new pair.
    #[arg(long, value_name = "KEY")]
    public_key: Option<String>,

    /// For mikrocloud.keys: the tokens' kid that belongs to the new key.
    #[arg(long, value_name = "KID")]
    key_id: Option<String>,

    /// For mikrocloud.keys: HS256 with a shared secret in base64, or RS256, ES256 or EdDSA with a public key in PEM.
    #[arg(long, default_value = "HS256")]
    algorithm: String,
}

pub(super) fn run(
    arguments: &RotateArguments,
    settings: Settings,
) -> Result<String, CommandFailure> {
    let (id, setting) = (arguments.id, arguments.setting.as_str());
    if setting != TOKEN_KEYS {
        check_name(setting)?;
    }
    let is_list = [TOKEN_KEYS, WEBHOOKS].contains(&setting);
    if arguments.drop_old && !is_list {
        let problem = format!(
            "`{setting}` has one value; --drop-old is for webhook_secrets and mikrocloud.keys"
        );
        return Err(CommandFailure::Argument(problem));
    }
    let mut document = SettingsDocument::open(settings)?;
    let account = document.account(id)?;
    refuse_variable(account, setting)?;
    let done = if arguments.drop_old {
        drop_old(account, setting)?;
        "has the newest value alone"
    } else {
        let secret = read_secret(arguments.file.as_deref())?;
        match setting {
            TOKEN_KEYS => add_token_key(account, arguments, &secret)?,
            WEBHOOKS => add_webhook_secret(account, &secret)?,
            _ => replace(account, arguments, &secret)?,
        }
        if is_list {
            "has a new value beside the old one; drop the old one with --drop-old"
        } else {
            "has a new value"
        }
    };
    let (path, _) = document.save()?;
    let path = path.display();
    Ok(format!(
        "{setting} of account {id} {done} in {path}; send the server SIGHUP, or restart it\n"
    ))
}

/// A secret of the environment is changed there.
fn refuse_variable(account: &Table, setting: &str) -> Result<(), CommandFailure> {
    let variable = match setting.split_once('.') {
        Some((section, field)) => account
            .get(section)
            .and_then(|at| at.get(format!("{field}_env"))),
        None => account.get(&format!("{setting}_env")),
    };
    let Some(variable) = variable.and_then(Item::as_str) else {
        return Ok(());
    };
    let problem = format!(
        "`{setting}` is in the variable {variable}; change it there, and restart the server"
    );
    Err(CommandFailure::Argument(problem))
}

fn replace(
    account: &mut Table,
    arguments: &RotateArguments,
    secret: &Secret,
) -> Result<(), CommandFailure> {
    let setting = arguments.setting.as_str();
    if let Some(public) = &arguments.public_key {
        if setting != "braintree.private_key" {
            let problem = "--public-key is for braintree.private_key";
            return Err(CommandFailure::Argument(problem.to_owned()));
        }
        set(account, "braintree.public_key", value(public))?;
    }
    set(account, setting, to_item(setting, secret))
}

/// Puts the new secret before the others, of which the newest stays.
fn add_webhook_secret(account: &mut Table, secret: &Secret) -> Result<(), CommandFailure> {
    let old = account.get(WEBHOOKS).and_then(Item::as_array);
    let old = old.and_then(|all| all.get(0)).and_then(|one| one.as_str());
    let all = std::iter::once(secret.reveal()).chain(old);
    let item = value(all.collect::<Array>());
    set(account, WEBHOOKS, item)
}

fn token_keys(account: &mut Table) -> Result<&mut ArrayOfTables, CommandFailure> {
    let section = account.get_mut("mikrocloud");
    let keys = section.and_then(|section| section.get_mut("keys"));
    keys.and_then(Item::as_array_of_tables_mut).ok_or_else(|| {
        let problem = "the account has no [[accounts.mikrocloud.keys]] tables";
        CommandFailure::Document(problem.to_owned())
    })
}

fn add_token_key(
    account: &mut Table,
    arguments: &RotateArguments,
    secret: &Secret,
) -> Result<(), CommandFailure> {
    let mut table = Table::new();
    if let Some(id) = &arguments.key_id {
        table.insert("id", value(id));
    }
    table.insert("algorithm", value(&arguments.algorithm));
    let field = if arguments.algorithm == "HS256" {
        "secret"
    } else {
        "public_key"
    };
    table.insert(field, value(secret.reveal()));
    token_keys(account)?.push(table);
    Ok(())
}

/// Keeps the newest: the first webhook secret, the last key of tokens.
fn drop_old(account: &mut Table, setting: &str) -> Result<(), CommandFailure> {
    if setting == TOKEN_KEYS {
        let keys = token_keys(account)?;
        while keys.len() > 1 {
            keys.remove(0);
        }
        return Ok(());
    }
    if let Some(all) = account.get_mut(WEBHOOKS).and_then(Item::as_array_mut) {
        while all.len() > 1 {
            all.remove(all.len() - 1);
        }
    }
    Ok(())
}
